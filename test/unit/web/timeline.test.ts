import { expect, test } from 'vitest';
import { shares, stretches } from '#web/workspace/timeline/state-shares.ts';

test('a lane is cut to its window, and stretches of one state are joined', () => {
  // Execute, suspended, resetting (waiting too), aborted.
  const strip = { tMs: [0, 40, 60, 80], values: [6, 5, 15, 9] };
  expect(stretches(strip, 20, 100)).toEqual([
    { state: 'running', fromMs: 20, toMs: 40 },
    { state: 'waiting', fromMs: 40, toMs: 80 },
    { state: 'fault', fromMs: 80, toMs: 100 },
  ]);
});

test('the shares of a lane add up to the whole', () => {
  const found = shares(stretches({ tMs: [0, 40, 60], values: [6, 5, 6] }, 0, 100));
  expect(found).toEqual([
    ['running', 0.8],
    ['waiting', 0.2],
  ]);
});
