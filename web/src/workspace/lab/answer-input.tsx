import type { AskView } from '#contract/lab-view.ts';
import { LONGEST_TYPED } from '#contract/longest-typed.ts';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { usePlace } from '../../ui/place.ts';
import { useSelection } from '../selection.tsx';
import { Choices, FileInput } from './ask-inputs.tsx';
import type { Field } from './use-answers.ts';

interface AnswerInputProps {
  readonly id: string;
  readonly ask: AskView;
  readonly field: Field;
  readonly isWrong: boolean;
}

/** The control for one type of answer; what it holds is always a text as typed. */
export function AnswerInput({ id, ask, field, isWrong }: AnswerInputProps) {
  const { t } = useWords();
  const choices = useChoices(ask);
  const described = `${id}-echo`;
  const common = {
    id,
    className: 'input',
    value: field.text,
    'aria-invalid': isWrong,
    'aria-describedby': described,
    onChange: (event: { target: { value: string } }) => field.type(event.target.value),
  };
  const plain = { ...common, maxLength: LONGEST_TYPED, spellCheck: false, autoComplete: 'off' };
  switch (ask.type) {
    case 'choice':
    case 'station':
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
    case 'choices':
      return (
        <Choices
          choices={choices}
          value={field.text}
          named={`${id}-label`}
          describedBy={described}
          onType={field.type}
        />
      );
    case 'signal':
      return <SignalInput id={id} field={field} input={plain} />;
    case 'text':
      return <textarea {...common} className="input words" maxLength={LONGEST_TYPED} rows={ask.words ? 6 : 3} />;
    case 'table':
    case 'serials':
      return <textarea {...plain} rows={5} />;
    case 'file':
      return <FileInput id={id} describedBy={described} onType={field.type} />;
    case 'number':
      return <input {...plain} inputMode="decimal" />;
    case 'integer':
      return <input {...plain} inputMode="numeric" />;
    case 'time':
      return <input {...plain} />;
  }
}

/** What may be chosen: of the lab, or for a station the machines of the line. */
function useChoices({ choices, type }: AskView): NonNullable<AskView['choices']> {
  const { say } = useWords();
  const { stationsWithState } = useSession();
  if (choices) return choices;
  return type === 'station' ? stationsWithState.map(({ id, title }) => ({ id, label: `${id} ${say(title)}` })) : [];
}

interface SignalInputProps {
  readonly id: string;
  readonly field: Field;
  readonly input: React.InputHTMLAttributes<HTMLInputElement>;
}

/** A signal by its path, with all of the line to choose from, and the one that is looked at. */
function SignalInput({ id, field, input }: SignalInputProps) {
  const { t, say } = useWords();
  const { cell } = useSession();
  const { signal } = useSelection();
  // Only one that the reader picked: the first of a station is nobody's choice.
  const isChosen = usePlace().params.has('signal');
  return (
    <span className="signal-answer">
      <input {...input} list={`${id}-signals`} />
      <datalist id={`${id}-signals`}>
        {cell.signals.map(({ path, text }) => (
          <option key={path} value={path}>
            {say(text)}
          </option>
        ))}
      </datalist>
      {isChosen && signal !== field.text && (
        <Button className="btn sm" onPress={() => field.type(signal)}>
          {t('lab.take', { value: signal })}
        </Button>
      )}
    </span>
  );
}
