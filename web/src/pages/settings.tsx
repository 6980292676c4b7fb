import { Button } from 'react-aria-components';
import { useFamily } from '../i18n/use-family.ts';
import { en, sv } from '../i18n/words/settings.ts';
import type { Account } from '../live/account.ts';
import { announce } from '../ui/announcer.tsx';
import { prefer, preferNothing, usePreferences } from '../ui/preferences.ts';
import { QUALITIES, TEXT_SIZES, THEMES } from '../ui/stored-preferences.ts';
import { Page } from './page.tsx';

const WORDS = { en, sv };

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly legend: string;
  readonly choices: readonly (readonly [value: T, label: string])[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
  readonly note?: string;
}

function Choice<T extends string>({ name, legend, choices, value, onChoose, note }: ChoiceProps<T>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="choice-row">
        {choices.map(([choice, label]) => (
          <label key={choice} className="check-row">
            <input type="radio" name={name} checked={choice === value} onChange={() => onChoose(choice)} />
            {label}
          </label>
        ))}
      </div>
      {note && <p className="muted small note-below">{note}</p>}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly note?: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

const Switch = ({ label, note, isOn, onSwitch }: SwitchProps) => (
  <>
    <label className="check-row">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onSwitch(target.checked)} />
      {label}
    </label>
    {note && <p className="muted small note-below">{note}</p>}
  </>
);

/** What a person may choose for themselves. */
export function Settings({ account }: { readonly account: Account }) {
  const t = useFamily(WORDS);
  const { language, theme, textSize, calm, quality, shortcuts, labels, timeline } = usePreferences();
  const named = <K extends keyof typeof en>(keys: readonly K[]) => keys.map((key) => [key, t(key)] as const);
  return (
    <Page isSignedIn={!!account.me}>
      <div className="prose settings">
        <h1>{t('title')}</h1>
        <p className="muted">{t('lead')}</p>
        <div className="choices-grid">
          <Choice
            {...{ name: 'language', legend: t('language'), value: language }}
            choices={[
              ['sv', 'Svenska'],
              ['en', 'English'],
            ]}
            onChoose={(chosen) => prefer({ language: chosen })}
          />
          <Choice
            {...{ name: 'theme', legend: t('theme'), value: theme, note: t('themeNote') }}
            choices={named(THEMES)}
            onChoose={(chosen) => prefer({ theme: chosen })}
          />
          <Choice
            {...{ name: 'text', legend: t('textSize'), value: textSize }}
            choices={named(TEXT_SIZES)}
            onChoose={(chosen) => prefer({ textSize: chosen })}
          />
          <fieldset>
            <legend>{t('motion')}</legend>
            <Switch label={t('calm')} note={t('calmNote')} isOn={calm} onSwitch={(on) => prefer({ calm: on })} />
          </fieldset>
          <Choice
            {...{ name: 'quality', legend: t('quality'), value: quality, note: t('qualityNote') }}
            choices={named(QUALITIES)}
            onChoose={(chosen) => prefer({ quality: chosen })}
          />
          <fieldset>
            <legend>{t('keys')}</legend>
            <Switch
              {...{ label: t('shortcuts'), note: t('shortcutsNote'), isOn: shortcuts }}
              onSwitch={(on) => prefer({ shortcuts: on })}
            />
          </fieldset>
          <fieldset>
            <legend>{t('views')}</legend>
            <Switch label={t('labels')} isOn={labels} onSwitch={(on) => prefer({ labels: on })} />
            <Switch label={t('timeline')} isOn={timeline} onSwitch={(on) => prefer({ timeline: on })} />
          </fieldset>
        </div>
        <Button
          className="btn"
          onPress={() => {
            preferNothing();
            announce(t('wasReset'));
          }}
        >
          {t('reset')}
        </Button>
      </div>
    </Page>
  );
}
