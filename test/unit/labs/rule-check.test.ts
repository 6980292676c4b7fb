import { expect, test } from 'vitest';
import type { Facts } from '#contract/facts.ts';
import type { RuleCheck } from '#server/labs/judge/check.ts';
import { judgeStep } from '#server/labs/judge/judge-step.ts';

const window = { fromUs: 0, toUs: 1e6 };
const basis = { nowMs: 0, nowUs: 1e6, anchorMs: 0, evidence: [], answers: () => ({}) };
const nothing = (): never => {
  throw new Error('Nobody should ask.');
};
const hidden = (of: number, atLeast: number): RuleCheck => ({
  ...{ id: 'rule', points: 2, needs: [], source: 'rule', rule: 'hot' },
  hidden: { seeds: of, set: {}, scenario: [], run: { us: 1e6 }, each: 'luck > 0.5', atLeast, freeTries: 3 },
});

/** Each seed is one hidden line, on which the rule did well (1) or not (0). */
function judge(lines: readonly (0 | 1)[], atLeast: number, stopsWhenDecided: boolean) {
  const lived: string[] = [];
  const facts: Facts = {
    ...{ ...basis, drawn: { '#rule hot': 1 } },
    ...{ signal: nothing, events: nothing, config: nothing, truth: nothing, totals: nothing, capture: nothing },
    fork({ seed }) {
      lived.push(seed);
      return { ...facts, drawn: { '#shift': 0, luck: lines[Number(seed)] } };
    },
    keep: (_, find) => find(),
  };
  const step = { id: 'step', asks: [], checks: [hidden(lines.length, atLeast)] };
  const seeds = { rule: lines.map((_, k) => String(k)) };
  const [{ status, seen }] = judgeStep(step, facts, {
    ...{ passed: new Set<string>(), window, unitOf: () => '', seeds, stopsWhenDecided },
  });
  return { status, seen, lived: lived.length };
}

test('who checks is told of every hidden line', () => {
  expect(judge([0, 0, 1, 1, 0], 4, false)).toEqual({
    ...{ status: 'failed', lived: 5 },
    seen: { rule: 'hot', passed: 2, of: 5 },
  });
});

test.each([
  ['passed as soon as enough are', [1, 1, 0, 1, 1, 0], 4, 'passed', 5],
  ['failed as soon as too many are', [1, 0, 0, 1, 1, 1], 5, 'failed', 3],
  ['the same where the last one decides', [1, 0, 1, 1, 0, 1], 4, 'passed', 6],
] as const)('where nothing but the verdict is wanted it is %s', (_, lines, atLeast, status, lived) => {
  expect(judge(lines, atLeast, true)).toMatchObject({ status, lived });
  expect(judge(lines, atLeast, false)).toMatchObject({ status, lived: lines.length });
});
