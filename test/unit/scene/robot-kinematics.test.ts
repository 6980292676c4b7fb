import { ARM, reach, tipBetween, tipOf } from '#web/scene/models/robot-kinematics.ts';
import { describe, expect, test } from 'vitest';

describe('the robot arm', () => {
  test.each([
    { x: 0.85, y: 1.0, z: -0.55 },
    { x: 0, y: 1.22, z: 1.75 },
    { x: -0.9, y: 1.5, z: 0.6 },
  ])('brings its tip to $x, $y, $z', (point) => {
    const tip = tipOf(reach(point));
    expect(tip.x).toBeCloseTo(point.x, 6);
    expect(tip.y).toBeCloseTo(point.y, 6);
    expect(tip.z).toBeCloseTo(point.z, 6);
  });

  test('keeps its tool upright', () => {
    const { a2, a3, a5 } = reach({ x: 0.6, y: 1.1, z: 0.9 });
    expect(a2 + a3 + a5).toBeCloseTo(-Math.PI / 2, 9);
  });

  test('stretches towards what is out of reach instead of breaking', () => {
    const tip = tipOf(reach({ x: 9, y: 1.1, z: 0 }));
    expect(tip.x).toBeGreaterThan(ARM.upper + ARM.fore);
    expect(Object.values(tip).every(Number.isFinite)).toBe(true);
  });

  test('swings around its own pedestal on the way between two points', () => {
    const frames = [
      { at: 0, x: 1, y: 1, z: 0 },
      { at: 1, x: 0, y: 1, z: 1 },
    ];
    const { x, z } = tipBetween(frames, 0.5);
    expect(Math.hypot(x, z)).toBeCloseTo(1, 9);
    expect(tipBetween(frames, 1).z).toBeCloseTo(1, 9);
    expect(tipBetween(frames, 0).x).toBeCloseTo(1, 9);
  });
});
