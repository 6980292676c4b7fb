import type { Language } from '#contract/text.ts';

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

/** What was chosen, of a text that was stored; nothing of what an older version, an extension or a hand broke in it. */
export function choicesIn(stored: string | null): Partial<Preferences> {
  try {
    const found = JSON.parse(stored ?? '{}') as Readonly<Record<string, unknown>>;
    const made = Object.entries(CHOICES).filter(([name, choices]) => choices.some((each) => each === found[name]));
    return Object.fromEntries(made.map(([name]) => [name, found[name]]));
  } catch {
    return {};
  }
}
