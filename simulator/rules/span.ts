import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';

const UNITS: Readonly<Record<string, number>> = { s: SECOND, min: MINUTE, h: HOUR, d: 24 * HOUR };

/** How a length of time is written: a number, a space and a UCUM unit. */
export const SPAN_HINT = 'Give a number, a space and s, min, h or d, as in "10 min".';

/** So many parts, and the station that finishes them if it is named. */
export interface PartSpan {
  readonly parts: number;
  readonly station: string | undefined;
}

export const PART_HINT = 'Give a whole number and "parts", as in "5 parts" or "5 parts at ST03".';

/** `5 parts`, `1 part at ST03`; undefined if it is written in another way. */
export function findPartSpan(text: unknown): PartSpan | undefined {
  const found = typeof text === 'string' ? /^([1-9]\d{0,3}) parts?(?: at ([A-Za-z][A-Za-z0-9_-]*))?$/.exec(text) : null;
  return found ? { parts: Number(found[1]), station: found[2] } : undefined;
}

/** `10 min` in microseconds; undefined if it is written in another way. */
export function findSpanUs(text: unknown): number | undefined {
  const found = typeof text === 'string' ? /^(\d{1,6}(?:\.\d{1,6})?) (s|min|h|d)$/.exec(text) : null;
  return found ? Math.round(Number(found[1]) * UNITS[found[2]]) : undefined;
}
