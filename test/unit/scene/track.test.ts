import type { MotionSegment } from '#contract/cell-view.ts';
import { type Tracks, addSegments, nextChangeUs, spotAt } from '#web/scene/track.ts';
import { describe, expect, test } from 'vitest';

const S = 1e6;

function segment(part: Partial<MotionSegment>): MotionSegment {
  return { id: 'C01', path: 'loop', s0: 0, v: 0, t0: 0, t1: 0, ...part };
}

function tracksOf(...news: [heardUs: number, segment: MotionSegment][]): Tracks {
  const tracks: Tracks = new Map();
  for (const [heardUs, one] of news) addSegments(tracks, [one], heardUs);
  return tracks;
}

const at = (tracks: Tracks, t: number) => spotAt(tracks.get('C01') ?? [], t);

describe('a track', () => {
  test('moves evenly from the beginning of a segment to its end, and rests before and after', () => {
    const tracks = tracksOf([0, segment({ s0: 2, v: 0.25, t0: 10 * S, t1: 14 * S, load: 'P1' })]);
    expect([0, 10, 12, 14, 99].map((t) => at(tracks, t * S)?.s)).toEqual([2, 2, 2.5, 3, 3]);
    expect(at(tracks, 12 * S)?.load).toBe('P1');
  });

  test('still shows the earlier segment at a time before the newer one begins', () => {
    const tracks = tracksOf(
      [0, segment({ s0: 0, v: 1, t0: 0, t1: 10 * S })],
      [4 * S, segment({ s0: 4, v: 0.5, t0: 4 * S, t1: 12 * S })],
    );
    expect(at(tracks, 3.7 * S)?.s).toBeCloseTo(3.7);
    expect(at(tracks, 6 * S)?.s).toBeCloseTo(5);
  });

  test('lets news overrule what was foreseen but has not begun', () => {
    const tracks = tracksOf(
      [0, segment({ s0: 1 })],
      [1 * S, segment({ s0: 1, v: 1, t0: 5 * S, t1: 9 * S })],
      [3 * S, segment({ s0: 1, t0: 3 * S, t1: 3 * S })],
    );
    expect(at(tracks, 8 * S)?.s).toBe(1);
    expect(nextChangeUs(tracks, 4 * S)).toBe(Infinity);
  });

  test('gives a standing carrier its load only from when that was heard', () => {
    const tracks = tracksOf([0, segment({ s0: 7, t0: 2 * S, t1: 2 * S })], [9 * S, segment({ s0: 7, load: 'P2' })]);
    expect(at(tracks, 8.9 * S)?.load).toBeUndefined();
    expect(at(tracks, 9 * S)?.load).toBe('P2');
  });

  test('does not run ahead when a carrier that arrived is said to have stood there all along', () => {
    const tracks = tracksOf(
      [0, segment({ s0: 0, v: 1, t0: 5 * S, t1: 8 * S })],
      [8 * S, segment({ s0: 3, v: 0, t0: 1 * S, t1: 1 * S })],
    );
    expect(at(tracks, 7 * S)?.s).toBe(2);
    expect(at(tracks, 9 * S)?.s).toBe(3);
  });

  test('ignores a repetition, such as a retained snapshot', () => {
    const same = segment({ s0: 0, v: 1, t0: 0, t1: 10 * S });
    const tracks = tracksOf([0, same], [2 * S, same], [3 * S, { ...same }]);
    expect(tracks.get('C01')).toHaveLength(1);
  });

  test('keeps a bounded past', () => {
    const tracks: Tracks = new Map();
    for (let i = 0; i < 500; i++) addSegments(tracks, [segment({ t0: i * S, t1: i * S })], i * S);
    expect(tracks.get('C01')?.length).toBeLessThan(50);
  });
});

describe('the next change', () => {
  test('is now while anything moves', () => {
    const tracks = tracksOf([0, segment({ v: 1, t0: 0, t1: 10 * S })]);
    expect(nextChangeUs(tracks, 3 * S)).toBe(3 * S);
  });

  test('is the beginning of the next movement while all is at rest', () => {
    const tracks = tracksOf([0, segment({ v: 1, t0: 7 * S, t1: 9 * S })]);
    expect(nextChangeUs(tracks, 3 * S)).toBe(7 * S);
    expect(nextChangeUs(tracks, 9 * S)).toBe(Infinity);
  });

  test('is never for an empty line', () => {
    expect(nextChangeUs(new Map(), 0)).toBe(Infinity);
  });
});
