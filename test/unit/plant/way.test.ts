import { describe, expect, test } from 'vitest';
import { Way } from '#simulator/plant/way.ts';

const loop = new Way({
  points: [
    [-8.2, -2.5],
    [8.2, -2.5],
    [8.2, 2.5],
    [-8.2, 2.5],
  ],
  radius: 1.25,
  closed: true,
});

describe('a way', () => {
  test('is as long as its straights and arcs', () => {
    expect(loop.length).toBeCloseTo(2 * 13.9 + 2 * 2.5 + 2 * Math.PI * 1.25, 12);
  });

  test('begins where the first straight begins and wraps around', () => {
    expect(loop.at(0)).toEqual({ x: -6.949999999999999, z: -2.5, turn: 0 });
    expect(loop.at(loop.length + 1).x).toBeCloseTo(-5.95, 9);
    expect(loop.at(-1)).toEqual(loop.at(loop.length - 1));
  });

  test('goes around its corners without a jump, one metre per metre, heading along', () => {
    const step = 1e-4;
    for (let s = 0; s < loop.length; s += 0.0371) {
      const a = loop.at(s);
      const b = loop.at(s + step);
      expect(Math.hypot(b.x - a.x, b.z - a.z)).toBeCloseTo(step, 7);
      const heading = (Math.atan2(-(b.z - a.z), b.x - a.x) * 180) / Math.PI;
      expect(Math.abs(((heading - a.turn + 540) % 360) - 180)).toBeLessThan(0.2);
    }
  });

  test('keeps to its ends when it is open, and turns either way by any angle', () => {
    const open = new Way({
      points: [
        [0, 0],
        [4, 0],
        [4, -3],
        [8, -6],
      ],
      radius: 0.5,
      closed: false,
    });
    expect(open.at(-1)).toMatchObject({ x: 0, z: 0, turn: 0 });
    expect(open.at(99).x).toBeCloseTo(8, 9);
    expect(open.at(99).z).toBeCloseTo(-6, 9);
    expect(open.at(5).turn).toBeGreaterThan(45);
  });

  test('refuses corners that do not fit', () => {
    const tight = {
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
      ] as const,
      radius: 3,
      closed: false,
    };
    expect(() => new Way(tight)).toThrow('needs more room');
  });
});
