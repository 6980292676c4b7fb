import { type Timer, timer } from '#simulator/kernel/calendar.ts';
import { integral } from '#simulator/kernel/closed-form.ts';
import { u32 } from '#simulator/kernel/fields.ts';
import { queue } from '#simulator/kernel/queue.ts';
import { stream } from '#simulator/kernel/random.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { count, duration, quantity } from '#simulator/plant/parameters.ts';
import type { Self } from '#simulator/plant/station-type.ts';
import { plantField } from '#simulator/plant/station.ts';
import type { CrewLink } from './crew-link.ts';
import { shiftLink } from './shifts.ts';
import { spares } from './spares.ts';
import { workOrders } from './work-orders.ts';

export const MOST_PEOPLE = 32;

/** What a crew looks after: something that fails, is repaired and serviced. Times of its work belong to its own timers. */
export interface Maintained {
  readonly path: string;
  readonly attended: Timer;
  readonly faultCode: number;
  readonly isDown: boolean;
  /** People may have their hands in it: it runs, or its operator has a break. */
  readonly isServiceable: boolean;
  /** It has nothing to do. */
  readonly isIdle: boolean;
  isServiceDue(t: number): boolean;
  beginService(forUs: number, t: number): boolean;
  beginLook(forUs: number, t: number): void;
}

export const crewFields = {
  people: count({ fallback: 1, min: 1, max: MOST_PEOPLE }),
  /** From a call, or from the job before, to the machine. */
  walkTime: distribution(0),
  serviceTime: distribution({ triangular: [600, 840, 1500] }),
  inspectionTime: distribution({ uniform: [180, 420] }),
  /** How often somebody looks whether a service is due; 0 is never. */
  rounds: duration({ fallback: 0 }),
  /** How far the fastest and the slowest differ from the mean time of a job. */
  skillSpread: quantity('%', { fallback: 0, max: 50 }),
  busy: integral(),
  /** A bit for each person who is at work. */
  atWork: u32(),
  calls: queue(32),
  skills: stream(),
  orders: workOrders(),
  spares: spares(),
  look: timer(),
  shifts: shiftLink((s: { readonly look: Timer }, t) => s.look.at(t)),
  links: plantField((): CrewLink[] => []),
};
export type Crew = Self<typeof crewFields>;

/** How many are there by the shifts. */
export function present({ people, shifts: { target } }: Crew): number {
  if (target === undefined) return people;
  return target.shift === 0 ? 0 : Math.min(people, target.calendar.shifts[target.shift - 1].crew ?? people);
}

export const isShort = (crew: Crew): boolean => crew.busy.rate >= present(crew);

export function freePerson({ atWork }: Crew): number {
  let person = 0;
  while (person < MOST_PEOPLE - 1 && (atWork >>> person) & 1) person += 1;
  return person + 1;
}

/** A person is free: for the next call, if there is one and the shift is not over. */
export function letGo(crew: Crew, person: number, t: number): void {
  crew.atWork &= ~(1 << (person - 1));
  if (crew.calls.length > 0 && crew.busy.rate <= present(crew)) crew.links[crew.calls.shift()].send(person, t);
  else crew.busy.flow(crew.busy.rate - 1, t);
}
