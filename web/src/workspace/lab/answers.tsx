import type { AskView, StepView } from '#contract/lab-view.ts';
import { useId } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { AskHint, Choices, FileInput } from './ask-inputs.tsx';
import type { StepAnswers } from './use-answers.ts';

/** The fields of a step, each with what was understood of it. */
export function Answers({ step, answers }: { readonly step: StepView; readonly answers: StepAnswers }) {
  const { t } = useWords();
  if (step.asks.length === 0) return null;
  return (
    <fieldset className="answers">
      <legend className="sr">{t('lab.answers')}</legend>
      {step.asks.map((ask) => (
        <Answer key={ask.id} ask={ask} answers={answers} />
      ))}
    </fieldset>
  );
}

function Answer({ ask, answers }: { readonly ask: AskView; readonly answers: StepAnswers }) {
  const { t } = useWords();
  const id = useId();
  const echo = answers.echoOf(ask.id);
  return (
    <div className="field">
      <label htmlFor={id}>
        {ask.label}
        {ask.unit && <span className="muted"> [{ask.unit}]</span>}
        <AskHint ask={ask} />
      </label>
      <AnswerInput
        id={id}
        ask={ask}
        value={answers.typed[ask.id] ?? ''}
        isWrong={echo?.problem !== undefined}
        onType={(text) => answers.type(ask.id, text)}
      />
      <span id={`${id}-echo`} className={echo?.problem ? 'echo problem' : 'echo'} aria-live="polite">
        {echo?.problem ?? (echo?.understood !== undefined && t('lab.understood', { value: echo.understood }))}
        {!echo && answers.isSaving && t('lab.saving')}
      </span>
    </div>
  );
}

interface AnswerInputProps {
  readonly id: string;
  readonly ask: AskView;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onType: (text: string) => void;
}

function AnswerInput({ id, ask, value, isWrong, onType }: AnswerInputProps) {
  const { t, say } = useWords();
  const session = useSession();
  const common = {
    id,
    className: 'input',
    value,
    'aria-invalid': isWrong,
    'aria-describedby': `${id}-echo`,
    onChange: (event: { target: { value: string } }) => onType(event.target.value),
  };
  const choices =
    ask.choices ??
    (ask.type === 'station'
      ? session.stationsWithState.map(({ id: station, title }) => ({ id: station, label: `${station} ${say(title)}` }))
      : undefined);
  if ((ask.type === 'choice' || ask.type === 'station') && choices) {
    return (
      <select {...common}>
        <option value="">{t('lab.choose')}</option>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  if (ask.type === 'signal') {
    return (
      <>
        <input {...common} list={`${id}-signals`} spellCheck={false} autoComplete="off" />
        <datalist id={`${id}-signals`}>
          {session.cell.signals.map((signal) => (
            <option key={signal.path} value={signal.path}>
              {say(signal.text)}
            </option>
          ))}
        </datalist>
      </>
    );
  }
  if (ask.type === 'choices' && choices)
    return <Choices choices={choices} value={value} describedBy={`${id}-echo`} onType={onType} />;
  if (ask.type === 'text') return <textarea {...common} rows={ask.words ? 6 : 3} />;
  if (ask.type === 'table' || ask.type === 'serials') return <textarea {...common} rows={5} spellCheck={false} />;
  if (ask.type === 'file') return <FileInput id={id} describedBy={`${id}-echo`} onType={onType} />;
  return (
    <input
      {...common}
      inputMode={ask.type === 'number' ? 'decimal' : ask.type === 'integer' ? 'numeric' : 'text'}
      spellCheck={false}
      autoComplete="off"
    />
  );
}
