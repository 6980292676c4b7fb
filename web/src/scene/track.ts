import type { MotionSegment } from '#contract/cell-view.ts';

/** A segment and the plant time (us) from which it tells the truth. */
interface Chapter {
  from: number;
  segment: MotionSegment;
}

/** What one thing did and will do, oldest first. */
export type Track = readonly Chapter[];
export type Tracks = Map<string, Track>;

/** Where a thing is at one instant. */
export interface Spot {
  path: string;
  s: number;
  load: string | undefined;
}

/** Enough for the lag at x100, where 0.3 s of wall time are 30 s of plant time. */
const KEPT = 32;

/**
 * Adds news, heard at plant time `heardUs`. News overrules whatever was foreseen. A segment counts from its beginning;
 * one that began no later than what is already known (a carrier that stands still gets a load) counts from when it was
 * heard, so that the lagging picture does not run ahead.
 */
export function addSegments(tracks: Tracks, segments: readonly MotionSegment[], heardUs: number): void {
  for (const segment of segments) {
    const known = (tracks.get(segment.id) ?? []).filter(({ from }) => from <= heardUs);
    const last = known.at(-1);
    if (last && isSame(last.segment, segment)) {
      tracks.set(segment.id, known);
      continue;
    }
    const from = !last || segment.t0 > last.from ? segment.t0 : heardUs;
    tracks.set(segment.id, [...known, { from, segment }].slice(-KEPT));
  }
}

/** Where the thing is at plant time t (us); before all that is known, where it was first. */
export function spotAt(track: Track, t: number): Spot | undefined {
  const segment = chapterAt(track, t)?.segment;
  if (!segment) return undefined;
  const { path, s0, v, t0, t1, load } = segment;
  const until = Math.min(Math.max(t, t0), t1);
  return { path, s: s0 + (v * (until - t0)) / 1e6, load };
}

/**
 * When, from plant time t (us) on, something is next seen to change: t itself while anything moves, the beginning of what
 * comes next otherwise, Infinity when all is at rest for good.
 */
export function nextChangeUs(tracks: Tracks, t: number): number {
  let next = Infinity;
  for (const track of tracks.values()) {
    const now = chapterAt(track, t);
    if (!now) continue;
    const { v, t0, t1 } = now.segment;
    if (v !== 0 && t < t1) next = Math.min(next, Math.max(t, t0));
    for (const { from } of track) if (from > t) next = Math.min(next, from);
  }
  return next;
}

function chapterAt(track: Track, t: number): Chapter | undefined {
  return track.findLast(({ from }) => from <= t) ?? track[0];
}

/** Said again; or still at rest where it was, whenever that is said to have begun. */
function isSame(a: MotionSegment, b: MotionSegment): boolean {
  const areAtRest = a.v === 0 && b.v === 0;
  const isSameTime = areAtRest || (a.t0 === b.t0 && a.t1 === b.t1);
  return isSameTime && a.path === b.path && a.s0 === b.s0 && a.v === b.v && a.load === b.load;
}
