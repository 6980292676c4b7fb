import { expect, test } from 'vitest';
import { last, series } from './expression-world.ts';

/** The window functions again, from the samples themselves. */
const REFERENCES: Record<string, (v: readonly number[]) => number> = {
  mean: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  min: (v) => Math.min(...v),
  max: (v) => Math.max(...v),
  std: (v) => {
    const mean = REFERENCES.mean(v);
    return Math.sqrt(v.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (v.length - 1));
  },
  zscore: (v) => (v.at(-1)! - REFERENCES.mean(v)) / REFERENCES.std(v),
  slope: (v) => {
    const [t, x] = [(v.length - 1) / 2, REFERENCES.mean(v)];
    const up = v.reduce((sum, y, k) => sum + (k - t) * (y - x), 0);
    return up / v.reduce((sum, _, k) => sum + (k - t) * (k - t), 0);
  },
  integral: (v) => v.reduce((a, b) => a + b, 0),
};
const wave = Array.from({ length: 200 }, (_, k) => 1e6 + ((k * 7919) % 101) + k / 10);

test.each(Object.keys(REFERENCES))('%s is exact while each sample has a bucket', (name) => {
  const found = series(`${name}(ST03.Load, "12 s")`, wave);
  for (let k = 0; k < wave.length; k++) {
    if (k < 11) expect(found[k]).toBe(NaN);
    else expect(found[k]).toBeCloseTo(REFERENCES[name](wave.slice(k - 11, k + 1)), 6);
  }
});

test('a long window keeps 32 numbers and is right to within a bucket', () => {
  const values = Array.from({ length: 2000 }, (_, k) => k);
  const mean = series('mean(ST03.Load, "1000 s")', values);
  for (const k of [999, 1234, 1999]) expect(Math.abs(mean[k] - (k - 499.5))).toBeLessThanOrEqual(16);
  expect(last('slope(ST03.Load, "1000 s")', values)).toBeCloseTo(1, 9);
  // 15 buckets of 63 samples and 47 in the newest; of n whole numbers in a row the deviation is sqrt(n(n + 1) / 12).
  expect(last('std(ST03.Load, "1000 s")', values)).toBeCloseTo(Math.sqrt((992 * 993) / 12), 6);
  expect(mean[1999]).toBe(1999 - 1007 / 2);
});

test('slopes are per second and integrals in seconds, however seldom the rule looks', () => {
  const of = (text: string) => series(text, [2, 4, 6, 8], 'number', () => 0, 5).at(-1);
  expect(of('slope(ST03.Load, "20 s")')).toBeCloseTo(2 / 5, 9);
  expect(of('integral(ST03.Load, "20 s")')).toBe((2 + 4 + 6 + 8) * 5);
  expect(of('mean(ST03.Load, "20 s")')).toBe(5);
});

test('delta, ewma, share and count', () => {
  expect(last('delta(ST03.Load, "3 s")', [1, 2, 4, 8, 16])).toBe(14);
  expect(series('delta(ST03.Load, "3 s")', [1, 2, 4])).toEqual([NaN, NaN, NaN]);
  expect(last('share(ST03.Load > 3, "4 s")', [1, 2, 4, 8, 16])).toBe(0.75);
  expect(last('count(ST03.Load > 3, "4 s")', [1, 2, 4, 8, 16])).toBe(3);
  const ewma = last('ewma(ST03.Load, "10 s")', [0, ...Array.from({ length: 10 }, () => 1)]);
  expect(ewma).toBeCloseTo(1 - Math.exp(-1), 9);
});

/** Two seconds a part, from the fourth second on; the value of part n is that of its second. */
const everyOther = (second: number): number => Math.max(0, Math.floor((second - 2) / 2));
const ofParts = (values: readonly number[]): number[] => values.filter((_, k) => k >= 3 && (k + 1) % 2 === 0);

test.each(Object.keys(REFERENCES).filter((name) => name !== 'integral'))('%s looks at the last parts', (name) => {
  const found = series(`${name}(ST03.Load, "5 parts")`, wave, 'number', everyOther);
  for (let second = 1; second <= wave.length; second++) {
    const parts = ofParts(wave.slice(0, second));
    if (parts.length < 5) expect(found[second - 1]).toBe(NaN);
    else expect(found[second - 1]).toBeCloseTo(REFERENCES[name](parts.slice(-5)), 6);
  }
});

test.each([
  ['last(ST03.Load, "2 parts")', (parts: readonly number[]) => parts.at(-3)!],
  ['delta(ST03.Load, "2 parts")', (parts: readonly number[]) => parts.at(-1)! - parts.at(-3)!],
  [
    'count(ST03.Load > 1000050, "10 parts at ST03")',
    (p: readonly number[]) => p.slice(-10).filter((x) => x > 1000050).length,
  ],
  [
    'share(ST03.Load > 1000050, "10 parts")',
    (p: readonly number[]) => p.slice(-10).filter((x) => x > 1000050).length / 10,
  ],
  ['spc.range(ST03.Load, "5 parts")', (p: readonly number[]) => Math.max(...p.slice(-5)) - Math.min(...p.slice(-5))],
])('%s is of parts', (text, reference) => {
  const found = series(text, wave, 'number', everyOther);
  expect(found.slice(0, 7)).toEqual(Array(7).fill(NaN));
  for (const second of [60, 101, 200]) {
    expect(found[second - 1]).toBeCloseTo(reference(ofParts(wave.slice(0, second))), 6);
  }
});

test('last is the value a window ago, in time too', () => {
  expect(series('last(ST03.Load, "2 s")', [1, 2, 4, 8, 16])).toEqual([NaN, NaN, 1, 2, 4]);
});

test('spc.outside finds the value that leaves the limits of those before it, and only that one', () => {
  const noise = [3, -1, 2, -2, 1, 0, -3, 2, -1, 1, -2, 3, 0, -1, 2];
  const values = [...noise, ...noise, 25, ...noise.slice(0, 3)];
  const found = series('spc.outside(ST03.Load, "15 parts")', values, 'condition', (second) => second);
  expect(found.slice(0, 15)).toEqual(Array(15).fill(NaN));
  expect(found.slice(15)).toEqual(values.slice(15).map((value) => (value === 25 ? 1 : 0)));
});

test('the limits of spc.outside lie at three mean moving ranges over d2, worked out by hand', () => {
  // Fifteen values, mean 7/15, fourteen ranges of 1: 3 / 1.12838 = 2.6587 to either side.
  const calm = Array.from({ length: 15 }, (_, k) => k % 2);
  const isOut = (distance: number) =>
    series('spc.outside(ST03.Load, "15 parts")', [...calm, 7 / 15 + distance], 'condition', (second) => second).at(-1);
  expect([2.65, -2.65, 2.67, -2.67].map(isOut)).toEqual([0, 0, 1, 1]);
});

test('several parts at once count with the value that is seen then', () => {
  const found = series('mean(ST03.Load, "4 parts")', [1, 2, 3, 4], 'number', (second) => [0, 0, 1, 4, 9][second]);
  expect(found).toEqual([NaN, NaN, (2 + 3 * 3) / 4, 4]);
});

test('one unknown sample makes a window unknown until it has left it', () => {
  const found = series('mean(1 / ST03.Load, "2 s")', [1, 1, 0, 1, 1, 1]);
  expect(found.map(Number.isNaN)).toEqual([true, false, true, true, false, false]);
});
