import { EventSource } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import { type Distortion, DISTORT, DISTORTIONS, RESTORE } from '#simulator/plant/faults/signal-faults.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import type { Distortions } from './distortions.ts';
import type { CellSignal } from './sampling.ts';
import type { Target } from './targets.ts';

/** Says aloud that a fault has begun or ended, for one that is not hidden. */
export const ANNOUNCE = 'Line.Announce';
export interface Announcement {
  readonly fault: string;
  readonly isOver: boolean;
}

/** What only a scenario may address, and what belongs to no station: faults of signals, and that a fault is told of. */
export function faultTargets(plant: Plant, signals: readonly CellSignal[], distortions: Distortions): Target[] {
  const { journal } = plant.kernel;
  const began = new EventSource(journal, 'Line.FaultBegan');
  const ended = new EventSource(journal, 'Line.FaultEnded');
  const ids = [...FAULTS.keys()];
  const find = (value: unknown): CellSignal => {
    const { signal, what, amount = 0 } = (value ?? {}) as Partial<Distortion>;
    const found = signals.find(({ path }) => path === signal);
    if (found === undefined) throw new Refusal(`There is no signal "${signal}".`, 'Give a path.', 'unknown_target');
    if (DISTORTIONS.some((each) => each === what && each !== 'none') && typeof amount === 'number') return found;
    throw new Refusal(
      `${JSON.stringify(value)} is no fault of a signal.`,
      'Give {signal, what, amount}.',
      'wrong_type',
    );
  };
  const target = (path: string, obey: (t: number, value: unknown) => void): Target => ({
    ...{ path, station: 'Line', text: { en: path, sv: path }, hidden: true },
    obey,
  });
  /** All that the station shows is sampled at that instant, so that no earlier sample changes. */
  const touch = ({ station }: CellSignal, t: number) => plant.stations.get(station)?.touch.mark(t);
  return [
    target(DISTORT, (t, value) => {
      const signal = find(value);
      distortions.begin(signal, value as Distortion, t);
      touch(signal, t);
    }),
    target(RESTORE, (t, value) => {
      const signal = find(value);
      distortions.end(signal, (value as Distortion).what);
      touch(signal, t);
    }),
    target(ANNOUNCE, (t, value) => {
      const { fault, isOver } = value as Announcement;
      (isOver ? ended : began).raise(t, 1 + ids.indexOf(fault));
    }),
  ];
}
