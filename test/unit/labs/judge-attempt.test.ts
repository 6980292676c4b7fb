import { expect, test } from 'vitest';
import { compileChecks } from '#server/labs/compile-checks.ts';
import { CheckFile } from '#server/labs/format/checks.ts';
import { judgeAttempt } from '#server/labs/judge-attempt.ts';
import type { Check } from '#server/labs/judge/check.ts';
import type { Outcome } from '#server/labs/judge/outcome.ts';
import type { StepProgress } from '#server/labs/attempt-store.ts';

const rule = (tries: object): Check[] =>
  compileChecks(
    'tell',
    [
      CheckFile.parse({
        ...{ id: 'rule', points: 4, rule: 'xbar' },
        hidden: { seeds: 3, run: '8 h', each: 'true', atLeast: 2, ...tries },
      }),
    ],
    { startUs: 0 },
  );
const failed: Outcome = { check: 'rule', status: 'failed', cause: 'other', points: 0, seen: {} };

/** On how many judgements other hidden lines are drawn, if all fail. */
function freshAfter(checks: readonly Check[]): number {
  const step = { id: 'tell', minutes: 5, asks: [], checks, rubric: [] };
  const lab = { freeTries: 3, vars: {}, scenario: [], cell: { set: {} } } as never;
  let progress: StepProgress | undefined;
  for (let n = 1; ; n++) {
    progress = judgeAttempt(lab, step, [failed], progress);
    if (progress.hidden?.rule.draw === 1) return n;
  }
}

test('a rule is judged on the same hidden lines as often as its lab says, and three times where it says nothing', () => {
  expect(freshAfter(rule({ tries: { free: 1, then: 'fresh seeds' } }))).toBe(1);
  expect(freshAfter(rule({ tries: { free: 5, then: 'fresh seeds' } }))).toBe(5);
  expect(freshAfter(rule({}))).toBe(3);
});
