import { expect, test } from 'vitest';
import { Cycles } from '#web/scene/cycles.ts';

test('between two samples a cycle goes on as fast as it went last', () => {
  const cycles = new Cycles();
  cycles.segment('ST07', { tUs: 1e6, progress: 0.1 });
  const segment = cycles.segment('ST07', { tUs: 2e6, progress: 0.14 });
  expect(segment).toMatchObject({ id: 'ST07', path: 'ST07.cycle', s0: 0.14, t0: 2e6 });
  expect(segment.v).toBeCloseTo(0.04, 9);
  expect(segment.t1 - segment.t0).toBeLessThan(2e6);
});

test('a new cycle begins with the pace of the one before, and none passes its end', () => {
  const cycles = new Cycles();
  cycles.segment('ST07', { tUs: 1e6, progress: 0.9 });
  const last = cycles.segment('ST07', { tUs: 2e6, progress: 0.98 });
  expect(last.s0 + (last.v * (last.t1 - last.t0)) / 1e6).toBeCloseTo(1, 9);
  const next = cycles.segment('ST07', { tUs: 3e6, progress: 0.03 });
  expect(next.v).toBeCloseTo(0.08, 9);
});

test('a station without a part stands still', () => {
  const cycles = new Cycles();
  cycles.segment('ST07', { tUs: 1e6, progress: 0.5 });
  cycles.segment('ST07', { tUs: 2e6, progress: 0.6 });
  expect(cycles.segment('ST07', { tUs: 3e6, progress: 0 })).toMatchObject({ v: 0, t0: 3e6, t1: 3e6 });
});
