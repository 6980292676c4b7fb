import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';

/** Plant time is UTC without daylight saving. `Mon 05:30` is that time in a week, `05:30` that time on any day. */
export interface Start {
  /** 0 is Monday; without it, any day will do. */
  readonly weekday?: number;
  readonly minute: number;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const MONDAY_MS = -3 * DAY_MS;

export function findStart(text: string): Start | undefined {
  const found = /^(?:([A-Z][a-z]{2}) )?([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!found) return undefined;
  const minute = Number(found[2]) * 60 + Number(found[3]);
  if (found[1] === undefined) return { minute };
  const weekday = WEEKDAYS.indexOf(found[1]);
  return weekday < 0 ? undefined : { weekday, minute };
}

export function getStart(text: string): Start {
  const start = findStart(text);
  if (start === undefined) throw new Error(`"${text}" is no start.`);
  return start;
}

/** Microseconds since Monday 00:00; what is of any day is taken as of Monday. */
export const sinceMondayUs = ({ weekday = 0, minute }: Start): number => (weekday * 24 * 60 + minute) * MINUTE;

/** The latest such instant that lies at least `backUs` before `wallMs`: what plant time 0 stands for. */
export function anchorMs({ weekday, minute }: Start, backUs: number, wallMs: number): number {
  const every = weekday === undefined ? DAY_MS : 7 * DAY_MS;
  const first = MONDAY_MS + (weekday ?? 0) * DAY_MS + minute * 60_000;
  return first + Math.floor((wallMs - backUs / 1000 - first) / every) * every;
}

const UNITS: Readonly<Record<string, number>> = { s: SECOND, min: MINUTE, h: HOUR, d: 24 * HOUR };

/** `90 min`, `8h`, `3 d`, or seconds without a unit, in microseconds. */
export function findDurationUs(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?) ?(s|min|h|d)?$/.exec(text.trim());
  return found ? Math.round(Number(found[1]) * UNITS[found[2] ?? 's']) : undefined;
}

export function getDurationUs(text: string): number {
  const us = findDurationUs(text);
  if (us === undefined) throw new Error(`"${text}" is no duration.`);
  return us;
}

/** `Mon 08:00`, or `Mon 08:00:30`, as microseconds since a start at `startUs` of the week; `2.5 h`, or seconds, as they are. */
export function sinceStartUs(at: string | number, startUs: number): number | undefined {
  const [, toTheMinute = '', ofMinute = '0'] = /^(\D*\d\d:\d\d)(?::([0-5]\d))?$/.exec(String(at)) ?? [];
  const time = findStart(toTheMinute);
  if (time === undefined) return findDurationUs(String(at));
  const everyUs = time.weekday === undefined ? 24 * HOUR : 7 * 24 * HOUR;
  const sinceUs = sinceMondayUs(time) + Number(ofMinute) * SECOND - startUs;
  return ((sinceUs % everyUs) + everyUs) % everyUs;
}
