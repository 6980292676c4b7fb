import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY = 24 * HOUR;
const TIME = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const DURATION = /^(\d+(?:\.\d+)?) (ms|s|min|h|d)$/;
const UNITS_US: Readonly<Record<string, number>> = { ms: 1000, s: SECOND, min: MINUTE, h: HOUR, d: DAY };

/** `Mon 05:30` or `Mon 05:30:10` as microseconds since Monday midnight, plant time. Undefined if it is neither. */
export function parseWeekTime(text: string): number | undefined {
  const [, day, hour, minute, second = '0'] = TIME.exec(text) ?? [];
  if (day === undefined) return undefined;
  return DAYS.indexOf(day) * DAY + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * SECOND;
}

/** Microseconds from the start of the run to the next such time of the week. */
export function sinceStart(weekUs: number, startUs: number): number {
  const WEEK = 7 * DAY;
  return (((weekUs - startUs) % WEEK) + WEEK) % WEEK;
}

/** `60 s`, `3 d`, `500 ms` in microseconds. Undefined if it is no duration. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = DURATION.exec(text) ?? [];
  return number === undefined ? undefined : Math.round(Number(number) * UNITS_US[unit]);
}

/** Time of day of a plant instant, microseconds since midnight. */
export const timeOfDay = (tUs: number, startUs: number): number => (startUs + tUs) % DAY;

/** `06:07:30`, from microseconds since midnight. */
export function showTimeOfDay(us: number): string {
  const pad = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${pad(us / HOUR)}:${pad((us % HOUR) / MINUTE)}:${pad((us % MINUTE) / SECOND)}`;
}
