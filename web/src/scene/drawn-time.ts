import type { ClockState } from '#contract/clock.ts';

/** Pictures lag this much (wall time), so that the segment that explains a movement has arrived when it is drawn. */
export const LAG_MS = 300;
const KEPT = 8;

/** The plant time (us) that `clock` shows at a wall time of the server. Before the clock was read it stood at its reading. */
export function plantTimeUs(clock: ClockState, wallMs: number): number {
  if (clock.paused) return clock.simUs;
  return clock.simUs + Math.max(0, wallMs - clock.wallMs) * clock.speed * 1000;
}

/** The clocks of the last moments, oldest first. A lagging picture needs the clock that ruled then, not the newest. */
export type Clocks = readonly ClockState[];

export function withClock(clocks: Clocks, clock: ClockState): Clocks {
  const ofThisRun = clocks.filter((known) => known.run === clock.run && known.wallMs < clock.wallMs);
  return [...ofThisRun, clock].slice(-KEPT);
}

/** Plant time (us) to draw at a wall time, `LAG_MS` behind; undefined while no clock is known. */
export function drawnTimeUs(clocks: Clocks, wallMs: number): number | undefined {
  const then = wallMs - LAG_MS;
  const ruling = clocks.findLast((clock) => clock.wallMs <= then) ?? clocks[0];
  if (!ruling) return undefined;
  const reached = plantTimeUs(ruling, then);
  const next = clocks[clocks.indexOf(ruling) + 1];
  return next ? Math.min(reached, next.simUs) : reached;
}

/** The wall time at which the picture reaches `tUs`, if the newest clock keeps going; undefined if it stands still. */
export function wallTimeOf(clocks: Clocks, tUs: number): number | undefined {
  const clock = clocks.at(-1);
  if (!clock || clock.paused) return undefined;
  return clock.wallMs + Math.max(0, tUs - clock.simUs) / (clock.speed * 1000) + LAG_MS;
}
