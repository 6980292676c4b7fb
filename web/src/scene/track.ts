import type { MotionSegment } from '#contract/cell-view.ts';

/** What one thing did and will do: its segments by beginning, oldest first. */
export type Track = readonly MotionSegment[];
export type Tracks = Map<string, Track>;

/** Where a thing is at one instant. */
export interface Spot {
  path: string;
  s: number;
  /** m/s now; 0 at rest. */
  v: number;
  load: string | undefined;
}

/** Enough for the lag at x100, where 0.3 s of wall time are 30 s of plant time. */
const KEPT = 32;

/** Adds news to the tracks. A segment replaces what was said before about the time from its beginning. */
export function addSegments(tracks: Tracks, segments: readonly MotionSegment[]): void {
  for (const segment of segments) {
    const earlier = (tracks.get(segment.id) ?? []).filter((known) => known.t0 < segment.t0);
    tracks.set(segment.id, [...earlier, segment].slice(-KEPT));
  }
}

/** Where the thing is at plant time t (us); before its first segment, at that one's beginning. */
export function spotAt(track: Track, t: number): Spot | undefined {
  const segment = track.findLast(({ t0 }) => t0 <= t) ?? track[0];
  if (!segment) return undefined;
  const { path, s0, v, t0, t1, load } = segment;
  const until = Math.min(Math.max(t, t0), t1);
  return { path, s: s0 + (v * (until - t0)) / 1e6, v: t >= t0 && t < t1 ? v : 0, load };
}

/**
 * When, from plant time t (us) on, something is next seen to change: t itself while anything moves, the beginning of the
 * next segment otherwise, Infinity when all is at rest for good.
 */
export function nextChangeUs(tracks: Tracks, t: number): number {
  let next = Infinity;
  for (const track of tracks.values()) {
    for (const { t0, t1, v } of track) {
      if (t0 > t) next = Math.min(next, t0);
      else if (v !== 0 && t < t1 && track.findLast((known) => known.t0 <= t)?.t0 === t0) return t;
    }
  }
  return next;
}
