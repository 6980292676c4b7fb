import type { ParameterView, StationView } from '#contract/cell-view.ts';
import type { SettingState } from '#contract/configuration.ts';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { printedUnit, withUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandOutcome } from './command-outcome.tsx';
import { type Value, readTyped, wantedOf } from './typed-value.ts';
import { useCommands } from './use-commands.ts';
import { useSetPoints } from './use-set-points.ts';
import { ValueField, plainNumber, rangeOf } from './value-field.tsx';

/** Set-points of the station. */
export function Settings({ station }: { readonly station: StationView }) {
  const { t } = useWords();
  const { send, outcome } = useCommands();
  const order = useDeed(send);
  const { place, valueOf, ask } = useSetPoints<HTMLElement>();
  return (
    <section ref={place} onFocus={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || ask()}>
      <details className="settings" open>
        <summary>
          <h2>{t('inspector.settings')}</h2>
        </summary>
        {station.parameters.map((parameter) => (
          <Setting
            key={parameter.path}
            parameter={parameter}
            now={valueOf(parameter.path)}
            onSet={(value, name) => void order.run(parameter.path, name, value).then(ask)}
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
  /** What it is set to, once that is known. */
  readonly now: SettingState['value'] | undefined;
  readonly onSet: (value: Value, name: string) => void;
}

function Setting({ parameter, now, onSet }: SettingProps) {
  const speech = useWords();
  const { t, say, language } = speech;
  const [text, setText] = useState('');
  const wanted = wantedOf(parameter);
  const name = say(parameter.text);
  const typed = readTyped(wanted, text);
  const chosen = wanted.choices?.find(({ value }) => value === now);
  const told = typeof now === 'number' ? withUnit(plainNumber(now, language), printedUnit(parameter.unit)) : now;
  const note = [
    rangeOf(wanted, speech),
    now !== undefined && t('inspector.now', { value: chosen ? say(chosen.text) : String(told) }),
  ];
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        if ('value' in typed) onSet(typed.value, name);
      }}
    >
      <ValueField
        {...{ label: name, wanted, text, onText: setText }}
        notes={note.filter((part) => typeof part === 'string')}
      />
      <Button
        className="btn sm"
        type="submit"
        isDisabled={!('value' in typed)}
        aria-label={`${t('inspector.set')}: ${name}`}
      >
        {t('inspector.set')}
      </Button>
    </form>
  );
}
