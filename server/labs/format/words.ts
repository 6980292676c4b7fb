import { z } from 'zod';
import { parseCount } from '../judge/count-rule.ts';
import { parseReference, parseWanted, unmarked } from '../judge/parse-reference.ts';
import { parseTolerance } from '../judge/tolerance.ts';
import { parseDuration, parseWeekTime } from '../plant-time.ts';

/** The words that all of lab.yaml is made of. */

export const Id = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]*$/, 'an id has letters, digits and dashes and begins with a small letter')
  .describe('An id: letters, digits and dashes, beginning with a small letter.');
export const Name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'a name has letters and digits and begins with a small letter')
  .describe('A name: letters and digits, beginning with a small letter.');
export const Points = z.number().int().positive();

/** As this file spells it what was written as one writes by hand: 0,5 for 0.5, Mon 05.30 or 5:30 for Mon 05:30. */
function spelledRight(text: string): string | undefined {
  const [, day, hour, minute] = /^([A-Za-z]{3})[a-z]*\s+(\d{1,2})[.:](\d{2})$/.exec(text) ?? [];
  if (day !== undefined)
    return `${day[0].toUpperCase()}${day.slice(1).toLowerCase()} ${hour.padStart(2, '0')}:${minute}`;
  const decimal = text.replace(/(\d),(\d)/g, '$1.$2').replace(/(\d)([A-Za-z%])/g, '$1 $2');
  return decimal === text ? undefined : decimal;
}

const parsed = <T>(parse: (text: string) => T | undefined, expected: string) =>
  z
    .string()
    .describe(expected[0].toUpperCase() + expected.slice(1))
    .transform((text, context): T => {
      const value = parse(text);
      if (value !== undefined) return value;
      const meant = spelledRight(text);
      const hint = meant !== undefined && parse(meant) !== undefined ? `: write "${meant}"` : '';
      context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}${hint}` });
      return z.NEVER;
    });

/** Microseconds since Monday midnight, plant time. */
export const WeekTime = parsed(parseWeekTime, 'a plant time such as "Mon 05:30"');
/** Microseconds. */
export const Duration = parsed(parseDuration, 'a duration such as "60 s" or "3 d"');
export const Within = parsed(
  parseTolerance,
  'a tolerance such as "0.05 kW", "3 %", "1 pp", "4 % of (ucl - cl)" or "2 % or 0.05 kW"',
);
/** Microseconds since midnight. */
export const DayTime = parsed((text) => {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hour === undefined ? undefined : (Number(hour) * 60 + Number(minute)) * 60_000_000;
}, 'a time of day such as "23:00"');
export const Percent = parsed(
  (text) => (/^\d+ %$/.test(text) ? Number(text.slice(0, -2)) / 100 : undefined),
  'a share such as "70 %"',
);
/** How many: `3`, `10 or more`, `at most 2`. */
export const Count = z.union([z.number(), z.string()]).transform((text, context) => {
  const rule = parseCount(text);
  if (rule !== undefined) return rule;
  context.addIssue({ code: 'custom', message: `"${text}" is not a count such as 3, "10 or more" or "at most 2"` });
  return z.NEVER;
});

export const Reference = z.union([z.string(), z.number()]).transform(parseReference);
/** `$drawn`, a number, or an expression. */
export const Wanted = z.union([z.string(), z.number()]).transform(parseWanted);
export const Expression = z.string().min(1).transform(unmarked);
/** `Mon 06:45`, or an expression that comes to seconds since the start: `day2.from`, `held.time + 60.0`. */
export const Instant = z.union([z.string().min(1), z.number()]).transform((text) => {
  const weekUs = typeof text === 'string' ? parseWeekTime(text) : undefined;
  return weekUs === undefined ? { cel: unmarked(String(text)) } : { weekUs };
});
export type Instant = z.infer<typeof Instant>;

/** `25 parts at ST03`, `29 * n parts at ST03`: an expression, and the station that counts. */
export const PARTS = /^(.+?) parts? at ([A-Za-z0-9]+)$/;
/** Microseconds, or parts at a station. */
export const Extent = z.string().transform((text, context) => {
  const us = parseDuration(text);
  if (us !== undefined) return { us };
  const [, parts, station] = PARTS.exec(text) ?? [];
  if (parts !== undefined) return { parts: unmarked(parts), station };
  context.addIssue({ code: 'custom', message: `"${text}" is not a length such as "8 h" or "25 * n parts at ST03"` });
  return z.NEVER;
});
