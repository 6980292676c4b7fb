import type { AskView, StepView } from '#contract/lab-view.ts';
import { useId } from 'react';
import { printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { AnswerInput } from './answer-input.tsx';
import { AskHint } from './ask-inputs.tsx';
import type { Field, StepAnswers } from './use-answers.ts';

/** The fields of a step, each with what was understood of it. */
export function Answers({ step, answers }: { readonly step: StepView; readonly answers: StepAnswers }) {
  const { t } = useWords();
  if (step.asks.length === 0) return null;
  return (
    <fieldset className="answers">
      <legend className="sr">{t('lab.answers')}</legend>
      {step.asks.map((ask) => (
        <Answer key={ask.id} ask={ask} field={answers.field(ask.id)} />
      ))}
    </fieldset>
  );
}

function Answer({ ask, field }: { readonly ask: AskView; readonly field: Field }) {
  const id = useId();
  const { echo } = field;
  const isGroup = ask.type === 'choices';
  const unit = printedUnit(ask.unit ?? '1');
  const label = (
    <>
      {ask.label}
      {unit && <span className="muted"> [{unit}]</span>}
      <AskHint ask={ask} />
    </>
  );
  return (
    <div className="field">
      {isGroup ? <span id={`${id}-label`}>{label}</span> : <label htmlFor={id}>{label}</label>}
      <AnswerInput id={id} ask={ask} field={field} isWrong={echo?.problem !== undefined} />
      <Echo id={`${id}-echo`} ask={ask} field={field} />
    </div>
  );
}

/** What was understood of an answer, or why not; while it is on its way, where it is. */
function Echo({ id, ask, field: { echo, state, text } }: { id: string; ask: AskView; field: Field }) {
  const { t, n } = useWords();
  const words = text.trim() === '' ? 0 : text.trim().split(/\s+/).length;
  return (
    <span id={id} className={echo?.problem ? 'echo problem' : 'echo'} aria-live="polite">
      {state === 'kept' && t('lab.kept')}
      {state === 'saving' && t('lab.saving')}
      {state === 'saved' && (echo?.problem ?? understood())}
      {ask.words && state !== 'saved' && ` · ${t('lab.wordCount', { count: n(words) })}`}
    </span>
  );

  function understood(): string | undefined {
    if (ask.type === 'file' && text !== '') return t('lab.fileTaken', { count: n(text.length) });
    return echo?.understood === undefined ? undefined : t('lab.understood', { value: echo.understood });
  }
}
