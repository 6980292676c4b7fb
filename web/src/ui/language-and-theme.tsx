import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { MoonIcon } from './icons.tsx';
import { prefer, usePreferences } from './preferences.ts';

/** SV | EN and the dark theme; in the top bar of every screen. */
export function LanguageAndTheme() {
  const { t, language } = useWords();
  const { theme } = usePreferences();
  return (
    <>
      <ToggleButtonGroup
        className="seg"
        aria-label={t('app.language')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[language]}
        onSelectionChange={(keys) => prefer({ language: keys.has('sv') ? 'sv' : 'en' })}
      >
        <ToggleButton id="sv" className="btn" aria-label="Svenska (SV)">
          SV
        </ToggleButton>
        <ToggleButton id="en" className="btn" aria-label="English (EN)">
          EN
        </ToggleButton>
      </ToggleButtonGroup>
      <ToggleButton
        className="btn icon"
        aria-label={t('app.darkTheme')}
        isSelected={theme !== 'light'}
        onChange={(isDark) => prefer({ theme: isDark ? 'dark' : 'light' })}
      >
        <MoonIcon />
      </ToggleButton>
    </>
  );
}
