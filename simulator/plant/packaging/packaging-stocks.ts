import { Refusal } from '#simulator/kernel/refusal.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import type { Station } from '#simulator/plant/station.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';

/** The packaging machine, to those who fill it up. */
interface Packer {
  blanks: number;
  filmM: number;
  labels: number;
  readonly blankStock: number;
  readonly filmRoll: number;
  readonly labelRoll: number;
  readonly refilled: { cancel(): void };
  readonly cycle: WorkCycle;
  readonly station: Station;
}

interface Stock {
  readonly name: string;
  /** It lies behind the guard, which opens only while the machine does not move. */
  readonly isGuarded: boolean;
  readonly left: (s: Packer) => number;
  readonly full: (s: Packer) => number;
  readonly fill: (s: Packer) => void;
}

/** What is used up. */
export const STOCKS: readonly Stock[] = [
  {
    name: 'cartons',
    isGuarded: false,
    left: (s) => s.blanks,
    full: (s) => s.blankStock,
    fill: (s) => (s.blanks = s.blankStock),
  },
  { name: 'film', isGuarded: true, left: (s) => s.filmM, full: (s) => s.filmRoll, fill: (s) => (s.filmM = s.filmRoll) },
  {
    name: 'labels',
    isGuarded: true,
    left: (s) => s.labels,
    full: (s) => s.labelRoll,
    fill: (s) => (s.labels = s.labelRoll),
  },
];

/** Fills up what the value names; throws a Refusal while it cannot be reached or is full. */
export function refill(s: Packer, t: number, value: unknown): void {
  const { path } = s.station;
  const stock = STOCKS.find(({ name }) => name === value);
  if (stock === undefined) {
    const hint = `Give ${STOCKS.map(({ name }) => name).join(', ')}.`;
    throw new Refusal(`${path} cannot fill up ${JSON.stringify(value) ?? 'nothing'}.`, hint, 'out_of_range');
  }
  if (stock.isGuarded && s.cycle.isWorking) {
    const hint = 'Hold the machine first: call Hold, wait for Held.';
    throw new Refusal(`${path} cannot change ${stock.name} in state Execute: the guard is locked.`, hint);
  }
  if (stock.left(s) >= stock.full(s))
    throw new Refusal(`${path} is full of ${stock.name}.`, 'Refill when less is left.');
  stock.fill(s);
  if (s.cycle.control.reason !== Reason.NoMaterial) return;
  s.refilled.cancel();
  s.cycle.retry(t);
}
