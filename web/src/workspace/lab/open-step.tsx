import type { StepResult, StepView } from '#contract/lab-view.ts';
import { useCallback, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Answers } from './answers.tsx';
import { MarkNote } from './mark-note.tsx';
import { ResetStepDialog } from './reset-step-dialog.tsx';
import type { StepProps } from './step.tsx';
import { AskButton } from './ticket-dialog.tsx';
import { TicketNote } from './ticket-note.tsx';
import { useAnswers } from './use-answers.ts';
import { Verdicts } from './verdicts.tsx';
import { comingToCheck } from './whereabouts.ts';

/** Prose, fields, checks and what can be done in the step. */
export function OpenStep({ attempt, step, result, taken, tickets, onNext }: StepProps) {
  const { t } = useWords();
  const answers = useAnswers(attempt, step);
  const [isResetting, setResetting] = useState(false);
  const hintList = useRef<HTMLOListElement>(null);
  const check = useDeed(
    useCallback(async () => {
      await answers.flush();
      announce(told(await taken.check(step.id), t));
    }, [answers, taken, step.id, t]),
  );
  const hint = useDeed(
    useCallback(async () => {
      const { hints } = await taken.hint(step.id);
      announce(hints.at(-1) ?? '');
      // The button goes with the last hint; the keyboard stays at what it brought.
      if (hints.length >= step.hints) hintList.current?.focus();
    }, [taken, step]),
  );
  const come = useCallback(() => comingToCheck(attempt, step.id), [attempt, step.id]);
  const hints = result?.hints ?? [];
  const help = { kind: 'help', step: step.id } as const;
  const helpTicket = tickets.find(help);
  const isHelpPending = helpTicket !== undefined && helpTicket.state !== 'answered';
  return (
    <>
      <Markdown tree={step.guide} headingLevel={4} />
      <Answers step={step} answers={answers} />
      {step.checks.length > 0 && (
        <Verdicts step={step.id} checks={step.checks} verdicts={result?.verdicts ?? []} tickets={tickets} />
      )}
      {step.rubric.length > 0 && <Rubric points={step.rubric} />}
      <ol className="hints" ref={hintList} tabIndex={-1} aria-label={t('lab.hints')} hidden={hints.length === 0}>
        {hints.map((text, k) => (
          <li key={k}>
            <strong>{t('lab.hintNumber', { number: k + 1 })}:</strong> {text}
          </li>
        ))}
      </ol>
      <ProblemNote problem={check.problem ?? hint.problem} />
      <div className="row acts">
        {step.checks.length > 0 && (
          <DeedButton
            className="btn primary"
            isRunning={check.isRunning}
            onHoverStart={come}
            onFocus={come}
            onPress={() => void check.run()}
          >
            {check.isRunning ? t('lab.checking') : t('lab.check')}
          </DeedButton>
        )}
        {result?.passed && onNext && (
          <Button className="btn" onPress={onNext}>
            {t('lab.next')}
          </Button>
        )}
        {hints.length < step.hints && (
          <DeedButton className="btn" isRunning={hint.isRunning} onPress={() => void hint.run()}>
            {hints.length ? t('lab.hintsShown', { shown: hints.length, all: step.hints }) : t('lab.hint')}
          </DeedButton>
        )}
        {!isHelpPending && <AskButton place={help} about={step.title} tickets={tickets} className="btn" />}
        <Button className="btn ghost" onPress={() => setResetting(true)}>
          {t('lab.reset')}
        </Button>
      </div>
      {result?.triesLeft !== undefined && result.triesLeft > 0 && !result.passed && (
        <p className="muted small">{t('lab.triesLeft', { tries: result.triesLeft })}</p>
      )}
      <TicketNote place={help} about={step.title} tickets={tickets} />
      {isResetting && (
        <ResetStepDialog title={step.title} reset={() => taken.reset(step.id)} onClose={() => setResetting(false)} />
      )}
    </>
  );
}

/** What a person looks at, told beforehand. */
function Rubric({ points }: { readonly points: StepView['rubric'] }) {
  const { t } = useWords();
  return (
    <section className="rubric">
      <h4 className="checks-title">{t('lab.rubric')}</h4>
      <ul className="plain-list small">
        {points.map(({ id, text, points: worth, mark }) => (
          <li key={id}>
            {text} <span className="muted">{t('lab.rubricPoints', { points: worth })}</span>
            {mark && <MarkNote mark={mark} outOf={worth} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The result in a sentence, and of each check that did not pass what was seen. */
function told({ passed, points, outOf, verdicts }: StepResult, t: ReturnType<typeof useWords>['t']): string {
  if (passed) return t('lab.stepPassed', { points, outOf });
  const count = verdicts.filter(({ status }) => status === 'passed').length;
  const others = verdicts.filter(({ status }) => status !== 'passed').map(({ explanation }) => explanation);
  return [t('lab.stepFailed', { passed: count, all: verdicts.length }), ...others].join(' ');
}
