import type { Language, Text } from '#contract/text.ts';
import { useMemo } from 'react';
import { usePreferences } from '../ui/preferences.ts';
import { number } from './format.ts';
import { type Words, words } from './words.ts';

export interface Speech {
  readonly language: Language;
  /** A sentence of the catalogue. */
  readonly t: Words;
  /** A text that came in both languages. */
  readonly say: (text: Text) => string;
  /** A number with a fixed count of decimals. */
  readonly n: (value: number, decimals?: number) => string;
}

/** The reader's language, and what can be said in it. */
export function useWords(): Speech {
  const { language } = usePreferences();
  return useMemo(
    () => ({
      language,
      t: words(language),
      say: (text) => text[language],
      n: (value, decimals = 0) => number(value, decimals, language),
    }),
    [language],
  );
}
