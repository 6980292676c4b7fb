import { Language } from '#contract/text.ts';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';

const Preferences = z.object({
  language: Language,
  theme: z.enum(['light', 'dark']),
  /** Single keys act as shortcuts; some input methods and screen readers need them off. */
  shortcuts: z.boolean(),
  timeline: z.boolean(),
  labels: z.boolean(),
});
export type Preferences = z.infer<typeof Preferences>;

const KEY = 'verkstad';
const listeners = new Set<() => void>();
let current = read();

/** What the browser says about its person, until they choose. */
function defaults(): Preferences {
  return {
    language: navigator.languages.some((tag) => tag.startsWith('sv')) ? 'sv' : 'en',
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    shortcuts: true,
    timeline: true,
    labels: true,
  };
}

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return Preferences.parse({ ...defaults(), ...(stored as object) });
  } catch {
    return defaults();
  }
}

function show({ language, theme }: Preferences): void {
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = theme;
}
show(current);

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  show(current);
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is full or switched off: the choice holds until the page is left.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);
