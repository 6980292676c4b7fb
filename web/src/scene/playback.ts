import type { MotionSegment } from '#contract/cell-view.ts';
import type { ClockState } from '#contract/clock.ts';
import { type Clocks, drawnTimeUs, plantTimeUs, wallTimeOf, withClock } from './drawn-time.ts';
import { type Tracks, addSegments, nextChangeUs } from './track.ts';

/** What moves and how late it is, as a picture is told. Asked with the server's wall time (ms). */
export interface Playback {
  readonly tracks: Tracks;
  setMotion(segments: readonly MotionSegment[], wallMs: number): void;
  setClock(clock: ClockState): void;
  /** Plant time to draw (us); undefined while no clock is known. */
  timeUs(wallMs: number): number | undefined;
  /** How long the picture stays as it is (ms): 0 while anything moves, Infinity when all stands still. */
  stillForMs(wallMs: number): number;
}

export function createPlayback(): Playback {
  const tracks: Tracks = new Map();
  let clocks: Clocks = [];
  return {
    tracks,
    setMotion(segments, wallMs) {
      const clock = clocks.at(-1);
      addSegments(tracks, segments, clock ? plantTimeUs(clock, wallMs) : -Infinity);
    },
    setClock(clock) {
      const known = clocks.at(-1);
      if (known && known.run !== clock.run) tracks.clear();
      clocks = withClock(clocks, clock);
    },
    timeUs: (wallMs) => drawnTimeUs(clocks, wallMs),
    stillForMs(wallMs) {
      const drawn = drawnTimeUs(clocks, wallMs);
      const clock = clocks.at(-1);
      if (drawn === undefined || !clock) return Infinity;
      // A paused line comes to rest in the picture once the lag has passed.
      if (clock.paused) return drawn < clock.simUs ? 0 : Infinity;
      const change = nextChangeUs(tracks, drawn);
      const at = change === Infinity ? undefined : wallTimeOf(clocks, change);
      return at === undefined ? Infinity : Math.max(0, at - wallMs);
    },
  };
}
