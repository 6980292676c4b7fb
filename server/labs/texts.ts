import type { Language } from '#contract/text.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { PLACEHOLDER } from './guide.ts';
import type { Lab } from './lab.ts';
import type { Drawn } from './draw.ts';
import type { Seen } from './judge/outcome.ts';
import { showTimeOfDay, timeOfDay } from './plant-time.ts';

const NARROW_SPACE = '\u202f';
const MINUS = '\u2212';

/** Making one takes longer than all else that a judgement does. */
const FORMATS: Readonly<Record<Language, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 9 }),
  sv: new Intl.NumberFormat('sv-SE', { maximumSignificantDigits: 9 }),
};

/** UCUM codes that people write differently. */
const SHOWN_UNITS: Readonly<Record<string, string>> = {
  Cel: '°C',
  '{rev}/min': 'rpm',
  um: 'µm',
  m3: 'm³',
  'm3/h': 'm³/h',
  'm3/min': 'm³/min',
  '1': '',
};

/** A unit as people write it, from its UCUM code. */
export const shownUnit = (unit: string): string => SHOWN_UNITS[unit] ?? unit;

/**
 * `1 234.5 ms` in English, `1 234,5 ms` in Swedish. Thousands stand apart by a space in both (ISO 80000-1, 7.3.1), so that
 * what is copied into a field means the same there; below zero there is a minus sign.
 */
export function showNumber(value: number, language: Language, unit = ''): string {
  const number = FORMATS[language]
    .formatToParts(value)
    .map(({ type, value: part }) => (type === 'group' ? NARROW_SPACE : type === 'minusSign' ? MINUS : part))
    .join('');
  const shown = shownUnit(unit);
  return shown ? `${number} ${shown}` : number;
}

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  sv: ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'],
};

/** `Tue 06:42:10`, from seconds since a start at `startUs` of the week. */
export function showInstant(atS: number, startUs: number, language: Language): string {
  const us = startUs + atS * SECOND;
  const day = WEEKDAYS[language][Math.floor(us / (24 * HOUR)) % 7];
  return `${day} ${showTimeOfDay(timeOfDay(us, 0))}`;
}

function showSeen(seen: Seen, language: Language, startUs: number): string {
  if (typeof seen === 'string') return seen;
  if (typeof seen === 'number') return showNumber(seen, language);
  return 'atS' in seen ? showInstant(seen.atS, startUs, language) : showNumber(seen.number, language, seen.unit);
}

/** What guides and texts may show of the draw, by the name in their placeholders. Nothing else is in it. */
export function publicValues(lab: Lab, drawn: Drawn, language: Language): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  for (const [name, variable] of Object.entries(lab.vars)) {
    if (!('public' in variable) || variable.public === undefined) continue;
    const unit = 'unit' in variable ? variable.unit : undefined;
    const show = (value: string | number): string => {
      if (variable.public === 'words') return lab.texts[language].words[name]?.[value] ?? '';
      if ('time' in variable) return showTimeOfDay(timeOfDay(Number(value) * SECOND, lab.cell.start));
      return typeof value === 'number' ? showNumber(value, language, unit) : value;
    };
    const value = drawn[name];
    if (typeof value === 'object')
      for (const [key, one] of Object.entries(value)) shown.set(`${name}.${key}`, show(one));
    else if (value !== undefined) shown.set(name, show(value));
  }
  return shown;
}

/** Fills `{{name}}`. What is unknown becomes a dash; lint has refused it long before. */
export const fill = (sentence: string, values: ReadonlyMap<string, string>): string =>
  sentence.replace(PLACEHOLDER, (_, name: string) => values.get(name) ?? '–');

export const seenValues = (
  seen: Readonly<Record<string, Seen>>,
  language: Language,
  startUs: number,
): [string, string][] =>
  Object.entries(seen).map(([name, value]) => [`seen.${name}`, showSeen(value, language, startUs)]);
