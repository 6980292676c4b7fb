import { AppError } from '#server/errors.ts';

/** Where the plant's clock stands: plant instant `simUs` belongs to wall instant `wallMs`, and goes on with `speed`. */
export interface ClockBase {
  readonly simUs: number;
  readonly wallMs: number;
  readonly speed: number;
  readonly paused: boolean;
}

/** The latest plant time there may be at a wall time: the plant is never in the future. Whole microseconds. */
export const latestUs = (anchorMs: number, wallMs: number): number => Math.floor((wallMs - anchorMs) * 1000);

/** Plant time at a wall time, as the clock runs on from its base; it never goes back when the wall clock does. */
export function plantUs({ simUs, wallMs, speed, paused }: ClockBase, atMs: number): number {
  return paused ? simUs : simUs + Math.max(0, Math.floor((atMs - wallMs) * 1000 * speed));
}

const DAY_MS = 24 * 3_600_000;
/**
 * The anchor of the next run: whatever it publishes, from `openMs` after its start on, is later than `publishedMs`, the
 * last instant of the run before. It keeps weekday and time of day if the past has room for that, else the time of day,
 * else it begins right after.
 */
export function anchorAfter(anchorMs: number, publishedMs: number, openMs: number, wallMs: number): number {
  const earliest = publishedMs + 1 - openMs;
  for (const step of [7 * DAY_MS, DAY_MS]) {
    const aligned = anchorMs + Math.max(1, Math.ceil((earliest - anchorMs) / step)) * step;
    if (aligned + openMs <= wallMs) return aligned;
  }
  return Math.max(earliest, anchorMs + 1);
}

/** Throws if a cell may not go at a speed. */
export function refuseSpeed(speed: number | undefined, [slowest, fastest]: readonly [number, number] = [1, 100]): void {
  if (speed === undefined || (speed >= slowest && speed <= fastest)) return;
  const hint = `Choose a speed from ${slowest} to ${fastest}.`;
  throw new AppError('speed_not_allowed', `This cell cannot go at x${speed}.`, hint);
}
