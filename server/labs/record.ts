import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { Text } from '#contract/text.ts';
import type { JudgedStep } from './attempt-store.ts';
import { type Reader, resultOf } from './explain.ts';
import { pointsOf } from './lab.ts';
import { fill } from './texts.ts';
import { type AttemptState, isPassed, rubricOf, summaryOf } from './view.ts';

/** An attempt as it stands in the record: every step with what each of its checks came to. */
export function recordOf(
  reader: Reader,
  areas: ReadonlyMap<string, Text>,
  { attempt, progress, marks }: Pick<AttemptState, 'attempt' | 'progress' | 'marks'>,
  judged: readonly JudgedStep[],
): RecordedAttempt {
  const { lab, language, shown } = reader;
  const steps = lab.steps.map((step) => {
    const texts = lab.texts[language].steps[step.id];
    const result = progress[step.id] && resultOf(reader, step.id, progress[step.id], marks);
    const times = judged.filter((one) => one.step === step.id);
    const judgedMs = times.at(-1)?.wallMs;
    const passedMs = times.find(({ passed }) => passed)?.wallMs;
    return {
      id: step.id,
      title: texts.title,
      passed: result?.passed ?? false,
      points: result?.points ?? 0,
      outOf: pointsOf([step]),
      judged: times.length,
      ...(judgedMs !== undefined && { judgedMs }),
      ...(passedMs !== undefined && { passedMs }),
      checks: step.checks.map(({ id, points }) => {
        const verdict = result?.verdicts.find(({ check }) => check === id);
        return {
          id,
          aim: fill(texts.checks?.[id].aim ?? '', shown),
          status: verdict?.status ?? ('open' as const),
          points: verdict?.points ?? 0,
          outOf: points,
          explanation: verdict?.explanation ?? '',
          ...(verdict?.mark && { mark: verdict.mark }),
        };
      }),
      ...(step.rubric.length > 0 && {
        rubric: rubricOf(reader, step, marks).map(({ points: outOf, ...rest }) => ({ ...rest, outOf })),
      }),
    };
  });
  const points = steps.reduce((sum, step) => sum + step.points, 0);
  const { id, cell, number, startedMs } = attempt;
  return {
    ...{ id, cell, number, startedMs, points, steps },
    lab: summaryOf(lab, areas, language),
    passed: isPassed(lab, steps, points),
    outOf: pointsOf(lab.steps),
  };
}
