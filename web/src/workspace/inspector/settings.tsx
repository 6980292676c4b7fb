import type { ParameterView, StationView } from '#contract/cell-view.ts';
import { useCallback, useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandOutcome } from './command-outcome.tsx';
import { useCommands } from './use-commands.ts';

/** Set-points of the station. */
export function Settings({ station }: { readonly station: StationView }) {
  const { t } = useWords();
  const { send, outcome } = useCommands();
  const order = useDeed(send);
  return (
    <section>
      <details className="settings" open>
        <summary>
          <h2>{t('inspector.settings')}</h2>
        </summary>
        {station.parameters.map((parameter) => (
          <Setting
            key={parameter.path}
            parameter={parameter}
            onSet={(value, name) => void order.run(parameter.path, name, value)}
          />
        ))}
        <CommandOutcome outcome={outcome} />
        <ProblemNote problem={order.problem} />
      </details>
    </section>
  );
}

interface SettingProps {
  readonly parameter: ParameterView;
  readonly onSet: (value: number | string, name: string) => void;
}

function Setting({ parameter, onSet }: SettingProps) {
  const { t, say, n } = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const unit = printedUnit(parameter.unit);
  const name = say(parameter.text);
  const number = Number(text.replace(',', '.'));
  const value = parameter.type === 'choice' ? text : number;
  const isReady = text.trim() !== '' && (parameter.type === 'choice' || Number.isFinite(number));
  const submit = useCallback(() => onSet(value, name), [onSet, value, name]);
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) submit();
      }}
    >
      <div className="field">
        <label htmlFor={id}>
          {name}
          {parameter.range && (
            <span className="muted">
              {' '}
              {n(parameter.range[0])}–{n(parameter.range[1])} {unit}
            </span>
          )}
        </label>
        {parameter.type === 'choice' ? (
          <select id={id} className="input" value={text} onChange={(event) => setText(event.target.value)}>
            <option value="">{t('lab.choose')}</option>
            {parameter.choices?.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            className="input"
            inputMode="decimal"
            placeholder={t('inspector.newValue')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </div>
      <Button className="btn sm" type="submit" isDisabled={!isReady} aria-label={`${t('inspector.set')}: ${name}`}>
        {t('inspector.set')}
      </Button>
    </form>
  );
}
