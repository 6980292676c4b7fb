import { useSyncExternalStore } from 'react';
import { choicesIn, type Preferences } from './stored-preferences.ts';

const KEY = 'verkstad';
const listeners = new Set<() => void>();
let chosen = read();
let current = made();

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

function read(): Partial<Preferences> {
  try {
    return choicesIn(localStorage.getItem(KEY));
  } catch {
    return {};
  }
}

/** What holds: the choices, and for the rest what the browser says. Of a system that forces its colours, the ground too. */
function made(): Preferences {
  const wished = { ...defaults(), ...chosen };
  if (!asks('forced-colors: active')) return wished;
  return { ...wished, theme: asks('prefers-color-scheme: dark') ? 'contrast' : 'light' };
}

function show({ language, theme, calm, textSize }: Preferences): void {
  const { documentElement: page } = document;
  page.lang = language;
  Object.assign(page.dataset, { theme, motion: calm ? 'calm' : 'full', text: textSize });
}
show(current);

function become(choices: Partial<Preferences>): void {
  chosen = choices;
  current = made();
  show(current);
  for (const listener of listeners) listener();
}

export function prefer(change: Partial<Preferences>): void {
  become({ ...chosen, ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Storage is full or switched off: the choice holds until the page is left.
  }
}

/** Forgets every choice: what the browser says holds again. */
export function preferNothing(): void {
  become({});
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is switched off: nothing was stored.
  }
}

// A choice made in another tab holds here too.
addEventListener('storage', ({ key }) => {
  if (key === KEY) become(read());
});
// So does what the system asks for from now on.
const ASKED = [
  'prefers-color-scheme: dark',
  'prefers-contrast: more',
  'prefers-reduced-motion: reduce',
  'forced-colors: active',
];
for (const query of ASKED) matchMedia(`(${query})`).addEventListener('change', () => become(chosen));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);

/** What is painted on a canvas knows two grounds. */
export const groundOf = ({ theme }: Pick<Preferences, 'theme'>): 'light' | 'dark' =>
  theme === 'light' ? 'light' : 'dark';
