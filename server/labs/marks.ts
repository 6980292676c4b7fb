import type { MarkEntry, MarkKind } from '#contract/grading.ts';
import type { Mark } from '#contract/lab-view.ts';
import type { StepProgress } from './attempt-store.ts';
import type { Check } from './judge/check.ts';

/** Points that a person gave for a check or an item of the rubric, as they are kept: the newest one counts. */
export type KeptMark = MarkEntry;

/** What counts of a check or an item; undefined if nobody gave points, or they were taken back. */
export function findMark(
  marks: readonly KeptMark[],
  kind: MarkKind,
  step: string,
  item: string,
): (Mark & { readonly by: string }) | undefined {
  const newest = marks.findLast((one) => one.kind === kind && one.step === step && one.item === item);
  if (newest?.points === undefined || newest.points === null) return undefined;
  const { points, reason, atMs, by } = newest;
  return { points, reason, atMs, by };
}

/** Checks that have passed, as `step.check`: by the judge, or because a person gave all of their points. */
export function passedChecks(
  steps: readonly { readonly id: string; readonly checks: readonly Pick<Check, 'id' | 'points'>[] }[],
  progress: Readonly<Record<string, StepProgress>>,
  marks: readonly KeptMark[],
): string[] {
  return steps.flatMap(({ id: step, checks }) =>
    checks
      .filter(({ id, points }) => {
        const mark = findMark(marks, 'check', step, id);
        if (mark) return mark.points >= points;
        return progress[step]?.outcomes.some(({ check, status }) => check === id && status === 'passed');
      })
      .map(({ id }) => `${step}.${id}`),
  );
}
