import type { Facts } from '#contract/facts.ts';
import type { StepProgress } from './attempt-store.ts';
import { type Circumstances, judgeStep } from './judge/judge-step.ts';
import type { Outcome } from './judge/outcome.ts';
import type { Lab, LabStep } from './lab.ts';
import { stepsInLine } from './line-order.ts';

/**
 * Judges a step in the course of an attempt: what has passed stays passed, a wrong answer costs a try, and when the tries
 * are used up the step's secrets are due to be drawn anew.
 */
export function judgeAttempt(
  lab: Pick<Lab, 'freeTries' | 'vars' | 'scenario' | 'cell'>,
  step: LabStep,
  facts: Facts,
  progress: Readonly<Record<string, StepProgress>>,
  around: Omit<Circumstances, 'passed'>,
): StepProgress {
  const before = progress[step.id];
  const passed = new Set(
    Object.entries(progress).flatMap(([id, { outcomes }]) =>
      outcomes.filter(isPassed).map(({ check }) => `${id}.${check}`),
    ),
  );
  const outcomes = judgeStep(step, facts, { ...around, passed }).map(
    (outcome) => before?.outcomes.find((old) => old.check === outcome.check && isPassed(old)) ?? outcome,
  );

  const failed = new Set(outcomes.filter(({ status }) => status === 'failed').map(({ check }) => check));
  const hasWrongAnswer = step.checks.some(
    ({ source, id }) => (source === 'answers' || source === 'sample') && failed.has(id),
  );
  const failedTries = (before?.failedTries ?? 0) + Number(hasWrongAnswer);
  const canRedraw = Object.values(lab.vars).some(({ redraw }) => redraw === step.id);
  const isRedrawn = hasWrongAnswer && canRedraw && failedTries >= lab.freeTries;
  return {
    draw: (before?.draw ?? 0) + Number(isRedrawn),
    failedTries: isRedrawn ? 0 : Math.min(failedTries, lab.freeTries),
    fails: (before?.fails ?? 0) + Number(failed.size > 0),
    hintsShown: before?.hintsShown ?? 0,
    outcomes,
    ...(isRedrawn && { redrawn: stepsInLine(lab).has(step.id) ? 'line' : 'step' }),
  };
}

const isPassed = ({ status }: Outcome): boolean => status === 'passed';
