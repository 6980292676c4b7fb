import type { ParameterView, StationView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandOutcome } from './command-outcome.tsx';
import { type Value, readTyped, wantedOf } from './typed-value.ts';
import { useCommands } from './use-commands.ts';
import { ValueField } from './value-field.tsx';

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
  readonly onSet: (value: Value, name: string) => void;
}

function Setting({ parameter, onSet }: SettingProps) {
  const { t, say } = useWords();
  const [text, setText] = useState('');
  const wanted = wantedOf(parameter);
  const name = say(parameter.text);
  const typed = readTyped(wanted, text);
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        if ('value' in typed) onSet(typed.value, name);
      }}
    >
      <ValueField label={name} wanted={wanted} text={text} onText={setText} />
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
