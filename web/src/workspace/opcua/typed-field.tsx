import type { PaneField } from '#contract/opcua-pane-deeds.ts';
import { readOpcuaValue } from '#contract/opcua-value.ts';
import { useId } from 'react';
import { type Speech, useWords } from '../../i18n/use-words.ts';
import { rangeText } from '../inspector/value-field.tsx';

interface TypedFieldProps {
  readonly field: PaneField;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** A field for one value of a data type: it says what it takes, and what is wrong as one types. */
export function TypedField({ field, label, text, onText }: TypedFieldProps) {
  const speech = useWords();
  const id = useId();
  const { dataType, isArray, about, choices, range, unit = '' } = field;
  const problem = text === '' ? undefined : valueProblem(field, text, speech);
  const limits = range && rangeText(range, unit, speech.language);
  const options =
    choices ?? (dataType === 'Boolean' ? ['true', 'false'].map((value) => ({ value, text: '' })) : undefined);
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}{' '}
        <span className="muted">
          {[isArray ? `${dataType}[]` : dataType, limits ?? unit].filter(Boolean).join(', ')}
        </span>
      </label>
      {options && !isArray ? (
        <select
          id={id}
          className="input"
          value={text}
          aria-describedby={`${id}-said`}
          onChange={(event) => onText(event.target.value)}
        >
          <option value="">{speech.t('lab.choose')}</option>
          {options.map((each) => (
            <option key={each.value} value={each.value}>
              {[each.value, each.text].filter(Boolean).join(' – ')}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          className="input"
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-said`}
          onChange={(event) => onText(event.target.value)}
        />
      )}
      <span id={`${id}-said`}>
        {about && <span className="echo">{about}</span>}
        {problem && <span className="echo problem"> {problem}</span>}
      </span>
    </div>
  );
}

/** Whether a text can be sent as a value of a field. */
export const isSendable = ({ dataType, isArray }: PaneField, text: string): boolean =>
  (isArray ? (text === '' ? [] : text.split(';')) : [text]).every((each) => 'value' in readOpcuaValue(dataType, each));

/** Only the type is checked here: what the plant takes is for the server to say. */
function valueProblem({ dataType, isArray }: PaneField, text: string, { t, n }: Speech): string | undefined {
  for (const each of isArray ? text.split(';') : [text]) {
    const read = readOpcuaValue(dataType, each);
    if (!('problem' in read)) continue;
    if (read.problem === 'range')
      return t('opcua.badNumber', { low: n(read.range?.[0] ?? 0), high: n(read.range?.[1] ?? 0) });
    return t(`opcua.bad.${read.problem}`, { dataType });
  }
  return undefined;
}
