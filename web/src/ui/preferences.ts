import type { Language } from '#contract/text.ts';
import { useSyncExternalStore } from 'react';

export const THEMES = ['light', 'dark', 'contrast'] as const;
export const QUALITIES = ['low', 'medium', 'high'] as const;
export const TEXT_SIZES = ['normal', 'large', 'larger'] as const;

export interface Preferences {
  readonly language: Language;
  readonly theme: (typeof THEMES)[number];
  /** Single keys act as shortcuts; some input methods and screen readers need them off. */
  readonly shortcuts: boolean;
  readonly timeline: boolean;
  readonly labels: boolean;
  /** Nothing glides or spins; what moves in the line moves in steps. */
  readonly calm: boolean;
  /** Of the line in 3D. Without a graphics card it is low whatever was chosen. */
  readonly quality: (typeof QUALITIES)[number];
  readonly textSize: (typeof TEXT_SIZES)[number];
}

const SWITCH = [true, false] as const;
const CHOICES: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  ...{ language: ['en', 'sv'], theme: THEMES, quality: QUALITIES, textSize: TEXT_SIZES },
  ...{ shortcuts: SWITCH, timeline: SWITCH, labels: SWITCH, calm: SWITCH },
};

const KEY = 'verkstad';
const listeners = new Set<() => void>();
let current = read();

function asks(query: string): boolean {
  return matchMedia(`(${query})`).matches;
}

/** What the browser says about its person, until they choose. */
function defaults(): Preferences {
  const light = asks('prefers-color-scheme: dark') ? 'dark' : 'light';
  return {
    language: navigator.languages.some((tag) => tag.startsWith('sv')) ? 'sv' : 'en',
    theme: asks('prefers-contrast: more') ? 'contrast' : light,
    shortcuts: true,
    timeline: true,
    labels: true,
    calm: asks('prefers-reduced-motion: reduce'),
    quality: 'high',
    textSize: 'normal',
  };
}

function read(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Readonly<Record<string, unknown>>;
    const made = Object.entries(CHOICES).filter(([name, choices]) => choices.some((each) => each === stored[name]));
    return { ...defaults(), ...Object.fromEntries(made.map(([name]) => [name, stored[name]])) };
  } catch {
    return defaults();
  }
}

function show({ language, theme, calm, textSize }: Preferences): void {
  const { documentElement: page } = document;
  page.lang = language;
  Object.assign(page.dataset, { theme, motion: calm ? 'calm' : 'full', text: textSize });
}
show(current);

function become(next: Preferences): void {
  current = next;
  show(current);
  for (const listener of listeners) listener();
}

export function prefer(change: Partial<Preferences>): void {
  become({ ...current, ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is full or switched off: the choice holds until the page is left.
  }
}

/** Forgets every choice: what the browser says holds again. */
export function preferNothing(): void {
  localStorage.removeItem(KEY);
  become(defaults());
}

// A choice made in another tab holds here too.
addEventListener('storage', ({ key }) => {
  if (key === KEY) become(read());
});

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);

/** What is painted on a canvas knows two grounds. */
export const groundOf = ({ theme }: Pick<Preferences, 'theme'>): 'light' | 'dark' =>
  theme === 'light' ? 'light' : 'dark';
