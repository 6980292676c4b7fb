import { expect, test } from 'vitest';
import type { Outcome } from '#server/labs/judge/outcome.ts';
import type { StoredFacts } from '#server/labs/judge/judge-order.ts';
import { applyRegrade, regrade } from '#server/labs/judge/regrade.ts';
import { readFacts, writeFacts } from '#server/labs/judge/stored-facts.ts';
import type { Check } from '#server/labs/judge/check.ts';

const stored: StoredFacts = {
  ...{ nowMs: 0, nowUs: 9e9, anchorMs: 0, evidence: [], drawn: {}, units: {}, seeds: {} },
  answers: { night: { kw: '10,4' } },
  window: { fromUs: 0, toUs: 9e9 },
  kept: { 'truth.energy line 0-3600000000': 10, 'rule x': NaN },
};
const common = { points: 2, needs: [] };
const check = (percent: number): Check => ({
  ...{ ...common, id: 'base', source: 'answers', tells: [] },
  wanted: [{ ask: 'kw', is: { cel: 'truth.energy("line", hour)' }, within: { percent } }],
});
const asks = [{ id: 'kw', type: 'number', unit: 'kW' } as const];
const names = { windows: { hour: { from: 0, to: 3600 } }, derive: {} };
const again = (checks: readonly Check[], before: readonly Outcome[], facts = stored) =>
  regrade({ step: { id: 'night', asks, checks }, names, asks: { night: asks }, passed: [] }, facts, before);
const outcome = (points: number): Outcome => ({
  check: 'base',
  status: points ? 'passed' : 'failed',
  points,
  seen: {},
});

test('the same judge comes to the same result from what was stored, as JSON too', () => {
  expect(again([check(5)], [outcome(2)])).toMatchObject({ from: 'stored facts', differences: [] });
  const read = readFacts(writeFacts(stored));
  expect(read.kept['rule x']).toBeNaN();
  expect(again([check(5)], [outcome(2)], read)).toMatchObject({ differences: [] });
});

test('a wider tolerance raises, a narrower one takes nothing away', () => {
  const wider = again([check(5)], [outcome(0)]);
  expect(wider.differences).toEqual([{ check: 'base', before: 0, after: 2 }]);
  expect(applyRegrade([outcome(0)], wider)).toMatchObject([{ points: 2 }]);
  const narrower = again([check(1)], [outcome(2)]);
  expect(narrower.differences).toEqual([{ check: 'base', before: 2, after: 0 }]);
  expect(applyRegrade([outcome(2)], narrower)).toEqual([outcome(2)]);
});

test('what was never asked cannot be judged from what was stored, and nothing changes', () => {
  const other: Check = {
    ...common,
    id: 'base',
    source: 'value',
    expression: 'mean(Line.Power, hour)',
    above: { value: 1 },
    unit: 'kW',
  };
  expect(again([other], [outcome(2)])).toMatchObject({ missing: 'signal', differences: [], outcomes: [outcome(2)] });
});

test('what was derived is taken as it was stored with the judgement, whatever the engine would derive now', () => {
  const derived = { ...names, derive: { base: 'truth.energy("line", hour)' } };
  const wanted = [{ ask: 'kw', is: { cel: 'base' }, within: { percent: 5 } }];
  const own: Check = { ...common, id: 'base', source: 'answers', tells: [], wanted };
  const facts = { ...stored, kept: { 'derive base': 10 } };
  const step = { id: 'night', asks, checks: [own] };
  const judged = regrade({ step, names: derived, asks: { night: asks }, passed: [] }, readFacts(writeFacts(facts)), []);
  expect(judged).toMatchObject({ outcomes: [{ status: 'passed', points: 2 }] });
});
