import { expect, test } from 'vitest';
import type { Facts } from '#contract/facts.ts';
import type { Check } from '#server/labs/judge/check.ts';
import { judgeStep } from '#server/labs/judge/judge-step.ts';
import { parseTolerance } from '#server/labs/judge/tolerance.ts';
import { SECOND } from '#simulator/kernel/time.ts';

const window = { fromUs: 0, toUs: 100 * SECOND };
const nothing = (): never => {
  throw new Error('Nobody should ask.');
};
/** Facts that outlive a judgement, as those of a cell do. */
const known = new Map<string, unknown>();
const facts: Facts = {
  ...{ nowMs: 0, nowUs: window.toUs, anchorMs: 0, evidence: [], drawn: {}, answers: () => ({}) },
  signal: (_, { fromUs }) => [{ tUs: fromUs, value: 88 }],
  ...{ events: nothing, config: nothing, truth: nothing, totals: nothing, capture: nothing, fork: nothing },
  keep<T>(question: string, find: () => T): T {
    if (!known.has(question)) known.set(question, find());
    return known.get(question) as T;
  },
};
const held = (within: string): Check => ({
  ...{
    id: 'held',
    points: 1,
    needs: [],
    source: 'signal',
    signal: { value: 'ST03.Feed' },
    is: { value: 90 },
    forS: 20,
  },
  within: parseTolerance(within)!,
});
const judge = (step: string, check: Check, from = 0) =>
  judgeStep({ id: step, asks: [], checks: [check] }, facts, {
    ...{ passed: new Set<string>(), window: { ...window, fromUs: from }, unitOf: () => '%' },
  })[0];

test('two checks of one name are told apart by how near a value must be, and over which window', () => {
  expect(judge('one', held('3 %')).status).toBe('passed');
  expect(judge('other', held('1 %'))).toMatchObject({ status: 'failed', cause: 'never' });
  expect(judge('late', held('3 %'), 90 * SECOND)).toMatchObject({ status: 'failed', cause: 'short' });
});
