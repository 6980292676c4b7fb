import type { Language } from '#contract/text.ts';

/** Locale by language: British conventions in English, so that a day comes before its month. */
export const localeOf = (language: Language): string => (language === 'sv' ? 'sv-SE' : 'en-GB');

const numbers = new Map<string, Intl.NumberFormat>();

const NARROW_SPACE = '\u202f';

/**
 * Thousands stand apart by a narrow space in both languages (ISO 80000-1, 7.3.1), as in the sentences of labs: a comma of a
 * number that is copied into a field means decimals there. Below zero there is a minus sign, which Swedish has by itself.
 */
export const typeset = (formatted: string, language: Language): string =>
  language === 'en'
    ? formatted.replaceAll(',', NARROW_SPACE).replace('-', '\u2212')
    : formatted.replaceAll('\u00a0', NARROW_SPACE);

/** A number with a fixed count of decimals, in the reader's conventions; what rounds to zero has no sign. */
export function number(value: number, decimals: number, language: Language): string {
  const key = `${language}${decimals}`;
  const format =
    numbers.get(key) ??
    new Intl.NumberFormat(localeOf(language), {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: 'negative',
    });
  numbers.set(key, format);
  return value >= 0 && value < 999 ? format.format(value) : typeset(format.format(value), language);
}

/** Share from 0 to 1 as whole percent, with a space before the sign as before every other unit (SI). */
export const percent = (share: number, language: Language): string => withUnit(number(100 * share, 0, language), '%');

const times = new Map<string, Intl.DateTimeFormat>();

function format(ms: number, language: Language, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${language}${name}`;
  const made =
    times.get(key) ?? new Intl.DateTimeFormat(localeOf(language), { hourCycle: 'h23', timeZone: 'UTC', ...options });
  times.set(key, made);
  return made.format(ms);
}

/** Plant instants are ms since 1970; the plant keeps UTC. */
export const plantTime = (ms: number, language: Language): string =>
  format(ms, language, 'time', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const plantMinute = (ms: number, language: Language): string =>
  format(ms, language, 'minute', { hour: '2-digit', minute: '2-digit' });

export const plantDayTime = (ms: number, language: Language): string =>
  `${format(ms, language, 'day', { weekday: 'short' })} ${plantTime(ms, language)}`;

/** To the millisecond, for what is read off: 06:30:16.250. */
export const plantMillis = (ms: number, language: Language): string =>
  format(ms, language, 'millis', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

/** Mon 06:30:16.250, for samples that come several in a second. */
export const plantDayMillis = (ms: number, language: Language): string =>
  `${format(ms, language, 'day', { weekday: 'short' })} ${plantMillis(ms, language)}`;

/** A day of the plant: Mon 2 Mar. */
export const plantShortDay = (ms: number, language: Language): string =>
  format(ms, language, 'short-day', { weekday: 'short', day: 'numeric', month: 'short' });

/** A wall instant where the reader is: 26 Nov 2026, 14:05. */
export const wallDayTime = (ms: number, language: Language): string =>
  format(ms, language, 'wall', { dateStyle: 'medium', timeStyle: 'short', timeZone: WALL_ZONE });

/** A wall instant of today where the reader is: 14:05:09. */
export const wallTime = (ms: number, language: Language): string =>
  format(ms, language, 'wall-time', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: WALL_ZONE });

const WALL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Seconds as a duration a person reads: 42 s, 3 min, 2 h 5 min. */
export function duration(seconds: number, language: Language): string {
  const amount = (value: number, unit: string) => withUnit(number(value, 0, language), unit);
  if (seconds < 60) return amount(seconds, 's');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return amount(minutes, 'min');
  const rest = minutes % 60 ? ` ${amount(minutes % 60, 'min')}` : '';
  return amount(Math.floor(minutes / 60), 'h') + rest;
}

/** How many decimals a resolution asks for: 0.1 needs one, 1 none. */
export function decimalsOf(resolution: number): number {
  let decimals = 0;
  while (decimals < 6 && Math.abs(Math.round(resolution * 10 ** decimals) - resolution * 10 ** decimals) > 1e-9) {
    decimals += 1;
  }
  return decimals;
}

/** What people read for a UCUM code. */
const PRINTED: Readonly<Record<string, string>> = {
  '1': '',
  Cel: '°C',
  'm/s2': 'm/s²',
  m3: 'm³',
  'm3/h': 'm³/h',
  'm3/min': 'm³/min',
  um: 'µm',
  mm2: 'mm²',
  'N.m': 'Nm',
  '/min': '1/min',
  '{rpm}': 'r/min',
  'A.h': 'Ah',
  deg: '°',
  'L/min': 'l/min',
  'mL/min': 'ml/min',
  'L/s': 'l/s',
  '/h': '1/h',
  '[SEK]': 'SEK',
  '[SEK]/kW.h': 'SEK/kWh',
  'g/kW.h': 'g/kWh',
  'kW.h': 'kWh',
  'kW.h/m3': 'kWh/m³',
};

export const printedUnit = (ucum: string): string => PRINTED[ucum] ?? ucum;

/** A number with its unit, which never begins a line. */
export const withUnit = (amount: string, printed: string): string =>
  printed === '' ? amount : `${amount}\u00a0${printed}`;

/** What a field is called, with the unit that is typed into it: Limit (°C). */
export const inUnit = (name: string, printed: string): string => (printed === '' ? name : `${name} (${printed})`);
