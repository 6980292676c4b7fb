import type { ClockState } from '#contract/clock.ts';
import { LAG_MS } from '#web/scene/drawn-time.ts';
import { createPlayback } from '#web/scene/playback.ts';
import { describe, expect, test } from 'vitest';

const S = 1e6;
const clock = (part: Partial<ClockState>): ClockState => ({
  simUs: 0,
  wallMs: 0,
  speed: 1,
  paused: false,
  anchorMs: 0,
  run: 1,
  ...part,
});

describe('the drawn time', () => {
  test('follows the clock a lag behind, at its speed', () => {
    const playback = createPlayback();
    playback.setClock(clock({ simUs: 100 * S, wallMs: 1000, speed: 10 }));
    expect(playback.timeUs(1000 + LAG_MS)).toBe(100 * S);
    expect(playback.timeUs(2000 + LAG_MS)).toBe(110 * S);
  });

  test('never goes back when the speed changes, though the lag then means more plant time', () => {
    const playback = createPlayback();
    playback.setClock(clock({ simUs: 0, wallMs: 0 }));
    playback.setClock(clock({ simUs: 10 * S, wallMs: 10_000, speed: 100 }));
    const times = Array.from({ length: 60 }, (_, i) => playback.timeUs(9500 + i * 20) ?? NaN);
    expect(times.every((t, i) => i === 0 || t >= times[i - 1])).toBe(true);
    expect(times.at(-1)).toBeCloseTo(10 * S + (9500 + 59 * 20 - LAG_MS - 10_000) * 100 * 1000);
  });

  test('stops at the paused time', () => {
    const playback = createPlayback();
    playback.setClock(clock({ simUs: 0, wallMs: 0 }));
    playback.setClock(clock({ simUs: 10 * S, wallMs: 10_000, paused: true }));
    expect(playback.timeUs(10_100)).toBe(9.8 * S);
    expect(playback.timeUs(60_000)).toBe(10 * S);
  });

  test('is unknown without a clock', () => {
    expect(createPlayback().timeUs(5)).toBeUndefined();
    expect(createPlayback().stillForMs(5)).toBe(Infinity);
  });
});

describe('a picture', () => {
  const moving = { id: 'C01', path: 'loop', s0: 0, v: 1, t0: 20 * S, t1: 30 * S };

  test('stays still until the next movement is drawn, then moves, then stays for good', () => {
    const playback = createPlayback();
    playback.setClock(clock({}));
    playback.setMotion([moving], 0);
    expect(playback.stillForMs(10_000)).toBe(10_000 + LAG_MS);
    expect(playback.stillForMs(25_000)).toBe(0);
    expect(playback.stillForMs(30_001 + LAG_MS)).toBe(Infinity);
  });

  test('comes to rest a lag after a pause', () => {
    const playback = createPlayback();
    playback.setClock(clock({}));
    playback.setMotion([moving], 0);
    playback.setClock(clock({ simUs: 25 * S, wallMs: 25_000, paused: true }));
    expect(playback.stillForMs(25_100)).toBe(0);
    expect(playback.stillForMs(25_000 + LAG_MS)).toBe(Infinity);
  });

  test('forgets a run that was reset', () => {
    const playback = createPlayback();
    playback.setClock(clock({}));
    playback.setMotion([moving], 0);
    playback.setClock(clock({ run: 2, wallMs: 5 }));
    expect(playback.tracks.size).toBe(0);
  });
});
