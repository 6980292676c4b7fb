import type { Fields } from '#simulator/kernel/fields.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { cycleStation } from '#simulator/plant/cycle-station.ts';
import { feature } from '#simulator/plant/parts/parts.ts';
import type { Profile } from '#simulator/plant/profile.ts';
import type { Fault } from '#simulator/plant/reasons.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';
import type { Self, StationSpec, StationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import { controlSignals } from '#simulator/plant/unit-signals.ts';
import { type CycleHooks, ofCycle, workCycle } from '#simulator/plant/work-cycle.ts';
import type { LoopLink } from './loop.ts';

const NONE = 0;

const common = (hooks: CycleHooks) => ({
  cycle: workCycle({ ...hooks, onLoop: true }),
  drive: ofCycle(({ drive }) => drive),
  loop: ofCycle(({ loop }) => loop as LoopLink),
  variant: feature('variant'),
  verdict: feature('verdict'),
});
type Common = ReturnType<typeof common>;
type LoopSelf<F extends Fields> = Self<F & Common>;

/** What a kind of station on a loop adds to the cycle that all of them share. A carrier stays at its stop while it works. */
export interface LoopSpec<F extends Fields> extends Omit<StationSpec<F & Common>, 'fields' | 'offer' | 'room'> {
  readonly fields: F;
  readonly faults: readonly Fault[];
  /** Power over a cycle, as a share of the rated power. */
  readonly load: Profile;
  /** Whether it has anything to do for a carrier; without it, for every part that is not scrap. */
  readonly wants?: (self: LoopSelf<F>, part: number, carrier: number) => boolean;
  /** `Reason.Executing`, or what it waits for before it begins. */
  readonly ready?: (self: LoopSelf<F>, part: number, t: number) => number;
  /** `Reason.Executing`, or what it waits for before it goes on after a stop. */
  readonly awaits?: (self: LoopSelf<F>) => number;
  readonly workUs?: (self: LoopSelf<F>, part: number, drawnUs: number) => number;
  readonly begun?: (self: LoopSelf<F>, part: number, t: number) => void;
  readonly effort?: (self: LoopSelf<F>, part: number) => number;
  readonly completed?: (self: LoopSelf<F>, part: number, t: number, carrier: number) => void;
}

export function loopStation<F extends Fields>(name: string, spec: LoopSpec<F>): StationType {
  const given = spec as unknown as LoopSpec<Fields>;
  const trace: typeof given.trace = (s, part, t) => ({ carrier: s.cycle.part, ...given.trace?.(s, part, t) });
  return cycleStation(name, common(spec), { ...given, trace } as unknown as StationSpec<Fields>, stopSignals);
}

function stopSignals({ cycle, loop, station }: Self<Common>): Signal[] {
  const part = () => loop.partOn(cycle.part);
  return [
    ...controlSignals(cycle.control, station),
    held('Counter.Parts', '1', () => cycle.made, {
      ...text('Parts worked on since the start', 'Bearbetade detaljer sedan start'),
      range: [0, 1e7],
    }),
    held('Cycle.Time', 's', () => cycle.lastCycleUs / SECOND, {
      ...text('Last cycle, from arrival to done', 'Senaste cykel, från ankomst till klar'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 86_400],
    }),
    signal('Cycle.Progress', '%', (t) => 100 * cycle.progress(t), {
      ...text('How much of the cycle is done', 'Hur stor del av cykeln som är klar'),
      range: [0, 100],
      resolution: 0.1,
      restarts: true,
    }),
    held('Carrier.Id', '1', () => cycle.part, {
      ...text('Carrier at the stop, read by RFID; 0 is none', 'Bärare vid stoppet, läst med RFID; 0 är ingen'),
      range: [0, 250],
    }),
    held('Part.Serial', '1', () => (part() === NONE ? 0 : cycle.parts.serial(part())), {
      ...text('Serial number of the part at the stop; 0 is none', 'Serienummer för detaljen vid stoppet; 0 är ingen'),
      range: [0, 4e9],
    }),
  ];
}
