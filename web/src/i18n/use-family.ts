import { useMemo } from 'react';
import { usePreferences } from '../ui/preferences.ts';

/** Sentences of one screen, which come with the screen and not with the shell. */
export interface Family<K extends string> {
  readonly en: Readonly<Record<K, string>>;
  readonly sv: Readonly<Record<K, string>>;
}

/** Looks up a sentence of the family and fills its holes. */
export function useFamily<K extends string>(family: Family<K>): (key: K, fill?: object) => string {
  const { language } = usePreferences();
  return useMemo(
    () => (key, fill) => family[language][key].replace(/\{(\w+)\}/g, (_, name: string) => filling(fill, name)),
    [family, language],
  );
}

function filling(fill: object | undefined, name: string): string {
  const value = (fill as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
