import { expect, test } from 'vitest';
import type { ParameterView } from '#contract/cell-view.ts';
import { WhatIfRequest } from '#contract/what-if.ts';
import { FIRST_PLAN, type Plan, requestOf, wrongChange } from '#web/workspace/what-if/plan.ts';
import { decimalsFor, reachOf, shareOf, verdictOf } from '#web/workspace/what-if/reading.ts';
import '#web/workspace/what-if/what-if-words.ts';

const text = { en: 'Speed', sv: 'Fart' };
const speed: ParameterView = { path: 'ST02.Belt.Speed', unit: 'm/s', type: 'number', range: [0.1, 0.5], text };
const limit: ParameterView = { path: 'ST02.Zone.ST03.Limit', unit: '1', type: 'count', range: [3, 11], text };
const rule: ParameterView = { path: 'Orders.Rule', unit: '1', type: 'choice', choices: ['fifo', 'spt'], text };
const parameters = new Map([speed, limit, rule].map((each) => [each.path, each]));

test('what is typed becomes the question, with a comma or a point', () => {
  const plan: Plan = {
    ...FIRST_PLAN,
    hours: '2,5',
    variants: [
      { name: 'A', changes: [{ path: speed.path, text: ' 0,3 ' }] },
      {
        name: 'B',
        changes: [
          { path: limit.path, text: '5' },
          { path: rule.path, text: 'spt' },
        ],
      },
    ],
  };
  const request = requestOf(plan, parameters, 'As it is');
  expect(request).toEqual({
    variants: [
      { name: 'As it is', changes: [] },
      { name: 'A', changes: [{ target: speed.path, value: 0.3 }] },
      {
        name: 'B',
        changes: [
          { target: limit.path, value: 5 },
          { target: rule.path, value: 'spt' },
        ],
      },
    ],
    ...{ hours: 2.5, forks: 32, commonNumbers: true },
  });
  expect(WhatIfRequest.safeParse(request).success).toBe(true);
});

test.each([
  [speed, '', 'whatIf.missing'],
  [speed, 'fast', 'whatIf.notNumber'],
  [speed, '0,6', 'whatIf.outside'],
  [speed, '0.5', undefined],
  [limit, '4.5', 'whatIf.notWhole'],
  [rule, '', 'whatIf.missing'],
  [rule, 'fifo', undefined],
] as const)('a value for %o of "%s" is told as %s', (parameter, typed, key) => {
  expect(wrongChange(parameter, typed)?.key).toBe(key);
});

test('as long as anything is wrong there is no question', () => {
  const change = (typed: string): Plan => ({
    ...FIRST_PLAN,
    variants: [{ name: 'A', changes: [{ path: speed.path, text: typed }] }],
  });
  expect(requestOf(change('9'), parameters, 'x')).toBeUndefined();
  expect(requestOf({ ...change('0.3'), hours: '25' }, parameters, 'x')).toBeUndefined();
  expect(requestOf({ ...change('0.3'), forks: '1' }, parameters, 'x')).toBeUndefined();
  expect(requestOf(change('0.3'), parameters, 'x')).toBeDefined();
});

test('an interval that holds 0 tells nothing apart', () => {
  const verdict = (low: number, high: number) => verdictOf({ n: 8, mean: 0, low, high, isSame: false });
  expect([verdict(1, 2), verdict(-2, -1), verdict(-1, 1), verdict(0, 1)]).toEqual(['higher', 'lower', 'open', 'open']);
  expect(verdictOf({ n: 8, mean: 0, low: 0, high: 0, isSame: true })).toBe('same');
  expect(verdictOf({ n: 1, mean: 3, isSame: false })).toBe('unknown');
});

test('an uncertainty is shown with two digits', () => {
  expect([0.088, 0.88, 8.8, 88, 0.000003].map((u) => decimalsFor(u, 2))).toEqual([3, 2, 1, 0, 6]);
  expect(decimalsFor(0, 2)).toBe(2);
});

test('the axis fits what can be read together, and is no wider for one that is far off', () => {
  const estimate = (mean: number) => ({ n: 8, mean, low: mean - 1, high: mean + 1 });
  const variant = (more: object) => ({ name: '', changes: [], means: {}, ...more });
  const base = variant({ means: { a: estimate(100), b: estimate(100), c: estimate(100), d: estimate(0) } });
  const other = variant({
    differences: {
      a: { ...estimate(2), isSame: false },
      b: { ...estimate(-2), isSame: false },
      c: { ...estimate(300), isSame: false },
      d: { ...estimate(4), isSame: false },
    },
  });
  expect(reachOf(base, other)).toBe(5);
  expect(shareOf({ n: 8, mean: 2, low: 1, high: 3, isSame: false }, { n: 8, mean: -50 })).toEqual({
    ...{ low: 2, mean: 4, high: 6 },
  });
  expect(shareOf({ n: 8, mean: 2, low: 1, high: 3, isSame: false }, { n: 8, mean: 0 })).toBeUndefined();
});
