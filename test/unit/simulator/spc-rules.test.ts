import { expect, test } from 'vitest';
import { keptPlaces } from '#simulator/cell/thin.ts';
import { SPC_RULES, type SpcRule, violations } from '#simulator/cell/spc-rules.ts';

/** Sigma is 1: zones are whole numbers. */
const limits = { centre: 0, lower: -3, upper: 3 };
const broken = (points: readonly number[], rules: readonly SpcRule[] = SPC_RULES) =>
  violations(points, limits, rules).map(({ rule, place }) => `${rule} at ${place}`);
const filled = (n: number, at: (k: number) => number) => Array.from({ length: n }, (_, k) => at(k));

test.each<[string, readonly number[], SpcRule, string[]]>([
  ['a point beyond a limit', [0, 3.1, 3, -3.2], 1, ['1 at 1', '1 at 3']],
  ['nine on one side, the eighth is not yet one', filled(10, () => 0.5), 2, ['2 at 8', '2 at 9']],
  ['a point on the centre ends a run', [...filled(8, () => 0.5), 0, 0.5], 2, []],
  ['six that rise', [-0.5, -0.4, -0.2, 0, 0.1, 0.2], 3, ['3 at 5']],
  ['six of which two are alike do not rise', [-0.5, -0.4, -0.4, 0, 0.1, 0.2], 3, []],
  ['fourteen up and down', filled(14, (k) => (k % 2 ? 0.3 : -0.3)), 4, ['4 at 13']],
  ['two of three beyond two sigma', [2.1, 0, 2.2, 0], 5, ['5 at 2']],
  ['two of three on both sides are none', [2.1, 0, -2.2], 5, []],
  ['four of five beyond one sigma', [1.1, 1.2, 0, 1.3, 1.4], 6, ['6 at 4']],
  ['fifteen close to the centre', filled(15, (k) => (k % 3) * 0.3 - 0.3), 7, ['7 at 14']],
  ['eight that avoid the centre', filled(8, (k) => (k % 2 ? 1.5 : -1.5)), 8, ['8 at 7']],
])('%s', (_, points, rule, expected) => {
  expect(broken(points, [rule])).toEqual(expected);
});

test('zones follow limits that are not symmetric, and a chart without spread has only its centre', () => {
  expect(violations([2.1, 0, 2.2], { centre: 0, lower: -1, upper: 6 }, [5])).toEqual([]);
  expect(violations([1, 1, 1.1], { centre: 1, lower: 1, upper: 1 }, [1])).toEqual([{ rule: 1, place: 2 }]);
});

test('a curve keeps first, lowest, highest and last of each stretch, and both sides of a seam', () => {
  const times = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  const values = [5, 9, 1, 5, 5, 5, 5, NaN, 5, 5, 2, 7];
  const kept = keptPlaces({ times, values }, 10);
  expect(kept).toEqual([0, 1, 2, 9, 10, 11]);
  expect(keptPlaces({ times: kept.map((k) => times[k]), values: kept.map((k) => values[k]) }, 10)).toEqual([
    0, 1, 2, 3, 4, 5,
  ]);
  expect(keptPlaces({ times, values }, 10, (k) => k === 7)).toEqual([0, 1, 2, 6, 7, 9, 10, 11]);
});
