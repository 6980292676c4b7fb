import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';

const UNITS: Readonly<Record<string, number>> = { s: SECOND, min: MINUTE, h: HOUR, d: 24 * HOUR };

/** How a length of time is written: a number, a space and a UCUM unit. */
export const SPAN_HINT = 'Give a number, a space and s, min, h or d, as in "10 min".';

/** `10 min` in microseconds; undefined if it is written in another way. */
export function findSpanUs(text: unknown): number | undefined {
  const found = typeof text === 'string' ? /^(\d{1,6}(?:\.\d{1,6})?) (s|min|h|d)$/.exec(text) : null;
  return found ? Math.round(Number(found[1]) * UNITS[found[2]]) : undefined;
}
