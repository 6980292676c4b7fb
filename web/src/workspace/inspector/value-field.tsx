import type { Language } from '#contract/text.ts';
import { useId } from 'react';
import { localeOf, printedUnit, typeset, withUnit } from '../../i18n/format.ts';
import { type Speech, useWords } from '../../i18n/use-words.ts';
import { type Typed, type Wanted, readTyped } from './typed-value.ts';

interface ValueFieldProps {
  readonly label: string;
  /** What stands behind the label in small print: its range unless told otherwise. Each part stays in one line. */
  readonly notes?: readonly string[];
  readonly wanted: Wanted;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Why the line refused what was sent last. */
  readonly refusal?: string | undefined;
  /** The line refused what stands here; why is said elsewhere. */
  readonly isRefused?: boolean;
  readonly isLabelHidden?: boolean;
}

/** A field for one value: a number with unit and range, a choice, a text, or a JSON object. It says what is wrong as one types. */
export function ValueField({
  label,
  notes,
  wanted,
  text,
  onText,
  refusal,
  isRefused = false,
  isLabelHidden,
}: ValueFieldProps) {
  const speech = useWords();
  const id = useId();
  const problem = text === '' ? undefined : problemText(readTyped(wanted, text), wanted, speech);
  const common = {
    ...{ id, className: 'input', value: text, 'aria-invalid': isRefused || (problem ?? refusal) !== undefined },
    'aria-describedby': `${id}-said`,
    onChange: (event: { target: { value: string } }) => onText(event.target.value),
  };
  const range = rangeOf(wanted, speech);
  const parts = notes ?? (range ? [range] : []);
  return (
    <div className="field value-field">
      <label htmlFor={id} className={isLabelHidden ? 'sr' : undefined}>
        {label}
        {parts.map((part, k) => (
          <span key={k} className="muted">
            {k > 0 ? ' · ' : ' '}
            <span className="nowrap">{part}</span>
          </span>
        ))}
      </label>
      {wanted.choices ? (
        <select {...common}>
          <option value="">{speech.t('lab.choose')}</option>
          {wanted.choices.map(({ value, text }) => (
            <option key={value} value={value}>
              {speech.say(text)}
            </option>
          ))}
        </select>
      ) : wanted.kind === 'object' ? (
        <textarea {...common} className="input mono" rows={3} spellCheck={false} />
      ) : (
        <input
          {...common}
          inputMode={wanted.kind === 'text' ? 'text' : 'decimal'}
          placeholder={wanted.example ?? ''}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <span id={`${id}-said`} className="echo problem" role="status">
        {problem ?? refusal}
      </span>
    </div>
  );
}

/** What a value may be: `0 – 100 %`. */
export const rangeOf = ({ range, unit = '1' }: Wanted, { language }: Speech): string | undefined =>
  range && rangeText(range, printedUnit(unit), language);

export const rangeText = ([low, high]: readonly [number, number], printed: string, language: Language): string =>
  withUnit(`${plainNumber(low, language)} – ${plainNumber(high, language)}`, printed);

/** A number with the decimals that it has. */
export const plainNumber = (value: number, language: Language): string =>
  typeset(new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 6 }).format(value), language);

function problemText(typed: Typed, wanted: Wanted, speech: Speech): string | undefined {
  if (!('problem' in typed) || typed.problem === 'empty') return undefined;
  if (typed.problem === 'range') return speech.t('inspector.badRange', { range: rangeOf(wanted, speech) ?? '' });
  return speech.t(
    ({ number: 'inspector.badNumber', whole: 'inspector.badWhole', object: 'inspector.badObject' } as const)[
      typed.problem
    ],
  );
}
