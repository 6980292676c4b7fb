import type { Fields } from '#simulator/kernel/fields.ts';
import { cycleStation } from '#simulator/plant/cycle-station.ts';
import type { Outlet } from '#simulator/plant/flow.ts';
import type { Self, StationSpec, StationType } from '#simulator/plant/station-type.ts';
import { type CycleHooks, workCycle } from '#simulator/plant/work-cycle.ts';
import { cycleSignals, sensors } from './cycle-signals.ts';

const common = ({ begun, completed, route }: CycleHooks) => ({
  cycle: workCycle({ begun, completed, route }),
  ...sensors,
});
type Common = ReturnType<typeof common>;

/** What a kind of work station adds to the work cycle that all of them share. */
export interface WorkSpec<F extends Fields> extends Omit<StationSpec<F & Common>, 'fields' | 'offer' | 'room'> {
  readonly fields: F;
  begun?(self: Self<F & Common>, part: number, t: number): void;
  completed?(self: Self<F & Common>, part: number, t: number): void;
  /** Where a finished part goes; `cycle.out` if not said. It is asked again for a part that had to wait. */
  route?(self: Self<F & Common>, part: number): Outlet;
}

export const workStation = <F extends Fields>(name: string, spec: WorkSpec<F>): StationType =>
  cycleStation(name, common(spec), spec as unknown as StationSpec<Fields>, (s) => cycleSignals(s, s.cycle, s));
