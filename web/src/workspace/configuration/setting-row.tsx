import type { ParameterView } from '#contract/cell-view.ts';
import type { SettingState } from '#contract/configuration.ts';
import { useState } from 'react';
import { z } from 'zod';
import { plantDayTime, printedUnit, withUnit } from '../../i18n/format.ts';
import { useSaid } from '../../i18n/refusals/use-told.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useDraft } from '../../live/use-draft.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { type Value, readTyped, wantedOf } from '../inspector/typed-value.ts';
import { useCommands } from '../inspector/use-commands.ts';
import { ValueField, plainNumber, rangeOf } from '../inspector/value-field.tsx';
import { OwnTools } from '../own-tools.tsx';
import { UnkeptNote } from '../unkept-note.tsx';

const DOORS: Readonly<Record<string, string>> = { http: 'HTTP', opcua: 'OPC UA', mqtt: 'MQTT' };

interface SettingRowProps {
  readonly parameter: ParameterView;
  readonly state: SettingState | undefined;
  readonly onChanged: () => void;
}

/** One setting: what it is now and usually, who changed it, a field for a new value, and the same for one's own tools. */
export function SettingRow({ parameter, state, onChanged }: SettingRowProps) {
  const speech = useWords();
  const { t, say, language } = speech;
  const { clock, me } = useSession();
  const { value: text, ...draft } = useDraft(`setting/${parameter.path}`, z.string(), '');
  const [refused, setRefused] = useState<string>();
  const { send, outcome } = useCommands();
  const deed = useDeed(send);
  const name = say(parameter.text);
  const wanted = wantedOf(parameter);
  const typed = readTyped(wanted, text);
  const told = (value: unknown) => {
    const choice = wanted.choices?.find((each) => each.value === value);
    if (choice) return say(choice.text);
    return typeof value === 'number'
      ? withUnit(plainNumber(value, language), printedUnit(parameter.unit))
      : String(value);
  };
  const set = async (value: Value) => {
    const result = await deed.run(parameter.path, name, value);
    if (result?.status === 'done') draft.put('');
    setRefused(result && result.status !== 'done' ? text : undefined);
    onChanged();
  };
  const isUsual = state === undefined || state.value === state.usual;
  const { changed } = state ?? {};
  const saidOf = useSaid();
  const { status, reason } = outcome?.result ?? {};
  const refusal = status !== 'done' && reason !== undefined ? saidOf(reason, status) : undefined;
  const isRefused = refusal !== undefined && text === refused;
  return (
    <li className="config-row" data-path={parameter.path}>
      <div className="config-what">
        <span className="config-name">{name}</span>
        <code>{parameter.path}</code>
        <span className="config-now">
          <b>{state ? told(state.value) : '–'}</b>
          {state && !isUsual && <span className="muted"> {t('config.usually', { value: told(state.usual) })}</span>}
        </span>
        {changed && (
          <span className="small muted">
            {t('config.changed', {
              when: plantDayTime(clock.epochMs(changed.atUs), language),
              who: changed.actor === me.id ? t('config.you') : changed.actor,
              door: DOORS[changed.via] ?? changed.via,
            })}
          </span>
        )}
      </div>
      <form
        className="config-edit"
        onSubmit={(event) => {
          event.preventDefault();
          if ('value' in typed) void set(typed.value);
        }}
      >
        <ValueField
          label={t('config.new', { name })}
          isLabelHidden
          wanted={wanted}
          text={text}
          onText={draft.type}
          isRefused={isRefused}
        />
        <DeedButton
          className="btn sm"
          type="submit"
          isRunning={deed.isRunning}
          isDisabled={!('value' in typed)}
          aria-label={`${t('inspector.set')}: ${name}`}
        >
          {t('inspector.set')}
        </DeedButton>
        <DeedButton
          className="btn sm ghost"
          isRunning={deed.isRunning}
          isDisabled={isUsual}
          aria-label={`${t('config.back')}: ${name}`}
          onPress={() => state && void set(state.usual as Value)}
        >
          {t('config.back')}
        </DeedButton>
        <span className="small muted config-range">{rangeOf(wanted, speech)}</span>
      </form>
      <div role="status">
        {isRefused && (
          <p className="note fault" lang={refusal?.lang}>
            {refusal?.text}
          </p>
        )}
      </div>
      <UnkeptNote isUnkept={draft.isUnkept} />
      <ProblemNote problem={deed.problem} />
      <OwnTools target={parameter.path} value={'value' in typed ? typed.value : state?.value} parameter={parameter} />
    </li>
  );
}
