import type { Timer } from '#simulator/kernel/calendar.ts';
import { integral } from '#simulator/kernel/closed-form.ts';
import type { ObjectField } from '#simulator/kernel/fields.ts';
import { queue } from '#simulator/kernel/queue.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { distribution } from './distribution.ts';
import { findName } from './names.ts';
import { count } from './parameters.ts';
import { held, signal } from './signal.ts';
import { plantField } from './station.ts';
import { type Self, stationType } from './station-type.ts';

const fields = {
  people: count({ fallback: 1, min: 1 }),
  /** From a call, or from the job before, to the machine. */
  walkTime: distribution(0),
  busy: integral(),
  calls: queue(32),
};
type Crew = Self<typeof fields>;

/** People who repair machines, first come, first served. */
export const crew = stationType('crew', {
  fields,
  signals: (s) => [
    held('People.Busy', '1', () => s.busy.rate, {
      text: { en: 'People at work on a repair', sv: 'Personer som reparerar' },
      range: [0, 100],
    }),
    held('Calls.Waiting', '1', () => s.calls.length, {
      text: { en: 'Failures that wait for somebody', sv: 'Fel som väntar på någon' },
      range: [0, 32],
    }),
    signal('Work.Total', 'h', (t) => s.busy.at(t) / HOUR, {
      text: { en: 'Working hours on repairs since the start', sv: 'Arbetstimmar på reparationer sedan start' },
      range: [0, 1e6],
      scanS: 10,
    }),
  ],
});

/** The crew that a station names in its definition; without one, help is always there. */
export class CrewLink {
  target: Crew | undefined;

  /** Calls somebody. `arrival` is when they come: after their walk, or after that of whoever becomes free. */
  call(arrival: Timer, t: number): void {
    const crew = this.target;
    crew?.station.touch.mark(t);
    if (crew !== undefined && crew.busy.rate >= crew.people) {
      crew.calls.push(arrival.slot);
      return;
    }
    crew?.busy.flow(crew.busy.rate + 1, t);
    arrival.at(t + (crew?.walkTime.draw() ?? 0));
  }

  /** Lets them go, to the next call if there is one. */
  release(t: number): void {
    const crew = this.target;
    if (crew === undefined) return;
    crew.station.touch.mark(t);
    if (crew.calls.length > 0) crew.plant.kernel.calendar.set(crew.calls.shift(), t + crew.walkTime.draw());
    else crew.busy.flow(crew.busy.rate - 1, t);
  }
}

export const crewLink = (): ObjectField<CrewLink> =>
  plantField(({ plant, settings, name }) => {
    const link = new CrewLink();
    const wanted = findName(settings, name);
    if (wanted !== undefined) plant.whenComplete(() => (link.target = plant.getStation(wanted, 'crew').self));
    return link;
  });
