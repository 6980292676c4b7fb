import type { SqlRequest } from '#contract/sql.ts';
import { AppError } from '#server/errors.ts';
import { clock, HOUR } from '#simulator/kernel/time.ts';

const USUAL_US = 8 * HOUR;
/** No part is in the plant for longer, but for a few. Those cost a longer replay. */
const LEAD_US = HOUR;

/** The window of a query: the last eight hours if it says nothing. `lookBackUs` is where its replay had best begin. */
export function sqlWindow({ sql, fromUs, toUs }: SqlRequest, nowUs: number) {
  const end = Math.min(toUs ?? nowUs, nowUs);
  const start = fromUs ?? Math.max(0, end - USUAL_US);
  if (start > end) {
    const message = `There is nothing from ${clock(start)} to ${clock(end)}.`;
    throw new AppError('out_of_range', message, `Begin before the end; it is ${clock(nowUs)} now.`);
  }
  const lead = /\b(parts|visits)\b/i.test(sql) ? LEAD_US : 0;
  return { fromUs: start, toUs: end, lookBackUs: Math.max(0, start - 1 - lead) };
}
