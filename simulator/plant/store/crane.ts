import type { MotionSource } from '#simulator/plant/motion.ts';
import { profile } from '#simulator/plant/profile.ts';
import { type Signal, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';

const AISLE_M = 4.8;
const RACK_M = 3.4;
/** The crane goes out to the bay, takes the casting, comes back and puts it onto the carrier. */
const WAY = profile([0, 0], [0.42, 1], [0.52, 1], [0.94, 0], [1, 0]);
export const CRANE_LOAD = profile(
  ...([
    [0, 0],
    [0.05, 1],
    [0.36, 0.55],
    [0.46, 0.1],
  ] as const),
  ...([
    [0.5, 0.4],
    [0.56, 1],
    [0.88, 0.55],
    [1, 0],
  ] as const),
);
/** Where in the cycle it moves. */
const STRETCHES = [
  [0, 0.42],
  [0.52, 0.94],
] as const;

/** Where the crane of a store goes to, as a share of the aisle and of the height of the rack. */
interface Crane {
  readonly cycle: WorkCycle;
  readonly bay: number;
  readonly level: number;
}

export const craneSignals = (s: Crane): Signal[] => [
  signal('Crane.Position', 'm', (t) => AISLE_M * s.bay * WAY.easedAt(s.cycle.progress(t)), {
    ...text('Crane along the aisle', 'Kranens läge i gången'),
    range: [0, 5],
    resolution: 0.001,
  }),
  signal('Crane.Height', 'm', (t) => RACK_M * s.level * WAY.easedAt(s.cycle.progress(t)), {
    ...text('Height of the fork', 'Gaffelns höjd'),
    range: [0, 4],
    resolution: 0.001,
  }),
];

export const craneMotion = (s: Crane): MotionSource => ({
  id: 'ST01',
  segment(t) {
    const { cycle, bay } = s;
    const progress = cycle.progress(t);
    const at = (p: number) => bay * WAY.at(p);
    const stretch = STRETCHES.find(([from, to]) => progress >= from && progress < to);
    const here = { path: 'ST01.crane', ...(progress > 0.52 && { load: 'casting' }) };
    const resting = (sinceUs: number) => ({ ...here, s0: at(progress), v: 0, t0: sinceUs, t1: sinceUs });
    if (!cycle.isWorking) return resting(cycle.resumedUs);
    // From the last event on, so that the same movement is the same segment whenever it is asked for.
    const begunUs = cycle.resumedUs + cycle.remainingUs - cycle.processUs;
    const timeOf = (p: number) => Math.round(begunUs + p * cycle.processUs);
    if (stretch === undefined) return resting(timeOf(progress < STRETCHES[1][0] ? STRETCHES[0][1] : STRETCHES[1][1]));
    const [from, to] = stretch;
    const v = ((at(to) - at(from)) / ((to - from) * cycle.processUs)) * 1e6;
    return { ...here, s0: at(from), v, t0: timeOf(from), t1: timeOf(to) };
  },
});
