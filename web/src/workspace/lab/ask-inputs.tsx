import type { AskView } from '#contract/lab-view.ts';
import { LONGEST_TYPED } from '#contract/longest-typed.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';

/** How an answer is to be written, where that is not plain: decimals, words, columns. */
export function AskHint({ ask }: { readonly ask: AskView }) {
  const { t } = useWords();
  const { decimals, words, columns, type } = ask;
  const hints = [
    decimals !== undefined && t('lab.decimals', { decimals }),
    words && t('lab.words', { least: words[0], most: words[1] }),
    columns && t('lab.columns', { columns: columns.join('; ') }),
    type === 'serials' && t('lab.serials'),
    type === 'time' && t('lab.time'),
  ].filter((hint) => typeof hint === 'string');
  return hints.length > 0 ? <span className="muted small"> {hints.join(' ')}</span> : null;
}

interface ChoicesProps {
  readonly choices: NonNullable<AskView['choices']>;
  readonly value: string;
  /** Id of the element that has the question. */
  readonly named: string;
  readonly describedBy: string;
  readonly onType: (text: string) => void;
}

/** Several of the choices; what is stored is their names with commas between. */
export function Choices({ choices, value, named, describedBy, onType }: ChoicesProps) {
  const chosen = value.split(',').flatMap((name) => name.trim() || []);
  const toggle = (id: string, isOn: boolean) => {
    onType(
      choices.flatMap((choice) => ((choice.id === id ? isOn : chosen.includes(choice.id)) ? choice.id : [])).join(', '),
    );
  };
  return (
    <span className="choices" role="group" aria-labelledby={named} aria-describedby={describedBy}>
      {choices.map(({ id, label }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={(event) => toggle(id, event.target.checked)} />{' '}
          {label}
        </label>
      ))}
    </span>
  );
}

interface FileInputProps {
  readonly id: string;
  readonly describedBy: string;
  readonly onType: (text: string) => void;
}

/** A file of text; its content is the answer. One that is too long is not taken, and what was there stays. */
export function FileInput({ id, describedBy, onType }: FileInputProps) {
  const { t, n } = useWords();
  const [tooLong, setTooLong] = useState<number>();
  const take = async (file: File) => {
    const text = await file.text();
    setTooLong(text.length > LONGEST_TYPED ? text.length : undefined);
    if (text.length <= LONGEST_TYPED) onType(text);
  };
  return (
    <>
      <input
        id={id}
        className="input"
        type="file"
        accept=".json,.csv,.txt,.yaml,.xml,text/*"
        aria-describedby={describedBy}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void take(file);
        }}
      />
      {tooLong !== undefined && (
        <span className="echo problem" role="alert">
          {t('lab.fileTooLong', { count: n(tooLong), most: n(LONGEST_TYPED) })}
        </span>
      )}
    </>
  );
}
