import type { StepProgress } from './attempt-store.ts';
import type { Outcome } from './judge/outcome.ts';
import { isAnswered, isRedrawable, type Lab, type LabStep } from './lab.ts';
import { stepsInLine } from './line-order.ts';

/**
 * What a judgement of a step means for its attempt: what has passed stays passed, a wrong answer costs a try, and when the
 * tries are used up the step's secrets are due to be drawn anew. A rule that failed on hidden lines gets fresh ones then.
 */
export function judgeAttempt(
  lab: Pick<Lab, 'freeTries' | 'vars' | 'scenario' | 'cell'>,
  step: LabStep,
  judged: readonly Outcome[],
  before: StepProgress | undefined,
): StepProgress {
  const outcomes = judged.map(
    (outcome) => before?.outcomes.find((old) => old.check === outcome.check && isPassed(old)) ?? outcome,
  );
  const failed = new Set(outcomes.filter(({ status }) => status === 'failed').map(({ check }) => check));
  const hasWrongAnswer = step.checks.some((check) => isAnswered(check) && failed.has(check.id));
  const failedTries = (before?.failedTries ?? 0) + Number(hasWrongAnswer);
  const isRedrawn = hasWrongAnswer && isRedrawable(lab, step.id) && failedTries >= lab.freeTries;
  const hidden = hiddenTries(step, outcomes, before);
  return {
    draw: (before?.draw ?? 0) + Number(isRedrawn),
    failedTries: isRedrawn ? 0 : Math.min(failedTries, lab.freeTries),
    fails: (before?.fails ?? 0) + Number(failed.size > 0),
    hintsShown: before?.hintsShown ?? 0,
    outcomes,
    ...(hidden && { hidden }),
    ...(isRedrawn && { redrawn: stepsInLine(lab).has(step.id) ? 'line' : 'step' }),
  };
}

const isPassed = ({ status }: Outcome): boolean => status === 'passed';

function hiddenTries(
  step: LabStep,
  outcomes: readonly Outcome[],
  before: StepProgress | undefined,
): StepProgress['hidden'] {
  const rules = step.checks.flatMap((check) => (check.source === 'rule' ? [check] : []));
  if (rules.length === 0) return undefined;
  return Object.fromEntries(
    rules.map(({ id, hidden: { freeTries } }) => {
      const { tries, draw } = before?.hidden?.[id] ?? { tries: 0, draw: 0 };
      const wasTried = outcomes.some(
        ({ check, status, cause }) => check === id && status === 'failed' && cause === 'other',
      );
      const now = tries + Number(wasTried);
      return [id, now >= freeTries ? { tries: 0, draw: draw + 1 } : { tries: now, draw }];
    }),
  );
}
