import type { ParameterView } from '#contract/cell-view.ts';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { choiceText } from '../../i18n/choice-words.ts';
import { decimalsOf, printedUnit, withUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Cross } from '../../ui/icons.tsx';
import { wrongChange } from './plan.ts';
import type { Setting } from './use-what-if.ts';

interface ChangeFieldProps {
  readonly parameter: ParameterView;
  /** Its present value on the line. */
  readonly present: Setting | undefined;
  readonly text: string;
  /** It has just been added: the next thing to do is here. */
  readonly isNew: boolean;
  readonly isRefused: boolean;
  readonly onText: (text: string) => void;
  readonly onRemove: () => void;
}

/** A setting, its present value and limits, and the value that a variant has instead. */
export function ChangeField({ parameter, present, text, isNew, isRefused, onText, onRemove }: ChangeFieldProps) {
  const { t, say, n } = useWords();
  const id = useId();
  const [isTouched, setTouched] = useState(text !== '');
  const { path, range, type, choices = [] } = parameter;
  const unit = printedUnit(parameter.unit);
  const shown = (value: number) => n(value, decimalsOf(value));
  const name = `${path.slice(0, path.indexOf('.'))} ${say(parameter.text)}`;
  const wrong = isTouched || isRefused ? wrongChange(parameter, text) : undefined;
  const now =
    typeof present === 'number'
      ? withUnit(shown(present), unit)
      : typeof present === 'string'
        ? say(choiceText(present))
        : present?.toString();
  const limits = range && t('whatIf.range', { low: shown(range[0]), high: shown(range[1]), unit }).trim();
  const common = {
    id,
    className: 'input',
    value: text,
    'aria-invalid': wrong !== undefined,
    'aria-describedby': `${id}-note`,
    onBlur: () => setTouched(true),
  };
  return (
    <div className="change">
      <div className="field">
        <label htmlFor={id}>{name}</label>
        {type === 'choice' ? (
          <select {...common} autoFocus={isNew} onChange={(event) => onText(event.target.value)}>
            <option value="">{t('lab.choose')}</option>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {say(choiceText(choice))}
              </option>
            ))}
          </select>
        ) : (
          <span className="with-unit">
            <input
              {...common}
              inputMode="decimal"
              autoComplete="off"
              autoFocus={isNew}
              placeholder={t('whatIf.newValue')}
              onChange={(event) => onText(event.target.value)}
            />
            {unit && <span className="muted">{unit}</span>}
          </span>
        )}
        <span id={`${id}-note`} className="echo">
          {[now !== undefined && t('whatIf.now', { value: now }), limits].filter(Boolean).join(' · ')}
          {wrong && (
            <span className="problem"> {t(wrong.key, { low: shown(wrong.low), high: shown(wrong.high) })}</span>
          )}
        </span>
      </div>
      <Button className="btn ghost icon sm" aria-label={t('whatIf.remove', { setting: name })} onPress={onRemove}>
        <Cross />
      </Button>
    </div>
  );
}
