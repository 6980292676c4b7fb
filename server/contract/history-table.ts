import { z } from 'zod';
import { SqlResult } from './sql.ts';

/** ISO 8601, or seconds of plant time since the line began. */
const Instant = z
  .string()
  .max(40)
  .refine((text) => text !== '' && (Number(text) >= 0 || !Number.isNaN(Date.parse(text))), {
    message: 'is no instant: give ISO 8601 (2026-03-02T06:00:00Z) or seconds since the line began',
  });

/** What a table of samples is asked for by its address, so that a tool needs nothing else. */
export const HistoryTableRequest = z.object({
  /** Paths with commas between: `ST03.Spindle.Load,ST03.Tool.Wear`. */
  signals: z.string().min(1).max(2000),
  /** Where the window begins; `lastS` before its end without it. */
  from: Instant.optional(),
  /** Where it ends; the present without it. */
  to: Instant.optional(),
  lastS: z.coerce.number().positive().default(1800),
  /** The values that held at whole multiples of so many seconds, instead of the samples as they were published. */
  everyS: z.coerce.number().positive().optional(),
  /** Wins over `Accept`. */
  format: z.enum(['json', 'csv']).optional(),
});
export type HistoryTableRequest = z.infer<typeof HistoryTableRequest>;

/**
 * One row for each instant, oldest first: `time` (ISO 8601, UTC), `t` (plant time in seconds), a column for each signal
 * with its UCUM unit, and one for its quality if that was not Good all the time. Null where a signal has no sample at that
 * instant, or a bad one. The first sample of a signal is the one that held when the window began, and may be older.
 */
export const HistoryTable = SqlResult.pick({ columns: true, rows: true, truncated: true });
export type HistoryTable = z.infer<typeof HistoryTable>;
