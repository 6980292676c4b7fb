import type { AnswerEcho, StepResult, StepView } from '#contract/lab-view.ts';
import { useCallback, useId } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { announce } from '../../ui/announcer.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Answers } from './answers.tsx';
import type { TakenLab } from './use-attempt.ts';
import { useAnswers } from './use-answers.ts';
import { Verdicts } from './verdicts.tsx';

interface StepProps {
  readonly step: StepView;
  readonly number: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onNext: (() => void) | undefined;
  readonly result: StepResult | undefined;
  readonly echoes: readonly AnswerEcho[];
  readonly taken: TakenLab;
}

export function Step(props: StepProps) {
  const { step, number, isOpen, onToggle, result } = props;
  const { t } = useWords();
  const id = useId();
  const isDone = result?.passed === true;
  return (
    <li className={['step', isDone && 'done', isOpen && 'current'].filter(Boolean).join(' ')}>
      <h3>
        <Button className="step-head" aria-expanded={isOpen} aria-controls={id} onPress={onToggle}>
          <span className="step-number" aria-hidden="true">
            {isDone ? '✓' : number}
          </span>
          <span>
            <span className="sr">{number}. </span>
            {step.title}
            {isDone && <span className="sr"> ({t('lab.done')})</span>}
          </span>
          <span className="step-minutes">{t('lab.minutes', { minutes: step.minutes })}</span>
        </Button>
      </h3>
      <div id={id} className="step-body" hidden={!isOpen}>
        {isOpen && <OpenStep {...props} />}
      </div>
    </li>
  );
}

function OpenStep({ step, result, echoes, taken, onNext }: StepProps) {
  const { t } = useWords();
  const answers = useAnswers(step, echoes, taken);
  const check = useDeed(
    useCallback(async () => {
      await answers.flush();
      const judged = await taken.check(step.id);
      announce(told(judged, t));
    }, [answers, taken, step.id, t]),
  );
  const hint = useDeed(useCallback(() => taken.hint(step.id), [taken, step.id]));
  const hints = result?.hints ?? [];
  return (
    <>
      <Markdown tree={step.guide} headingLevel={4} />
      <Answers step={step} answers={answers} />
      <Verdicts checks={step.checks} verdicts={result?.verdicts ?? []} />
      {step.rubric.length > 0 && <Rubric points={step.rubric} />}
      {hints.length > 0 && (
        <ol className="hints">
          {hints.map((text, k) => (
            <li key={k}>
              <strong>{t('lab.hintNumber', { number: k + 1 })}:</strong> {text}
            </li>
          ))}
        </ol>
      )}
      <ProblemNote problem={check.problem ?? hint.problem ?? answers.problem} />
      <div className="row acts">
        {step.checks.length > 0 && (
          <Button className="btn primary" isDisabled={check.isRunning} onPress={() => void check.run()}>
            {check.isRunning ? t('lab.checking') : t('lab.check')}
          </Button>
        )}
        {hints.length < step.hints && (
          <Button className="btn" isDisabled={hint.isRunning} onPress={() => void hint.run()}>
            {hints.length ? t('lab.hintsShown', { shown: hints.length, all: step.hints }) : t('lab.hint')}
          </Button>
        )}
        {result?.passed && onNext && (
          <Button className="btn" onPress={onNext}>
            {t('lab.next')}
          </Button>
        )}
      </div>
      {result?.triesLeft !== undefined && !result.passed && (
        <p className="muted small">{t('lab.triesLeft', { tries: result.triesLeft })}</p>
      )}
    </>
  );
}

/** What a person looks at, told beforehand. */
function Rubric({ points }: { readonly points: StepView['rubric'] }) {
  const { t } = useWords();
  return (
    <section className="rubric">
      <h4>{t('lab.rubric')}</h4>
      <ul>
        {points.map(({ id, text, points: worth }) => (
          <li key={id}>
            {text} <span className="muted">{t('lab.rubricPoints', { points: worth })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function told({ passed, points, outOf, verdicts }: StepResult, t: ReturnType<typeof useWords>['t']): string {
  if (passed) return t('lab.stepPassed', { points, outOf });
  const count = verdicts.filter(({ status }) => status === 'passed').length;
  return t('lab.stepFailed', { passed: count, all: verdicts.length });
}
