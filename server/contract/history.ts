import { z } from 'zod';

/**
 * Recomputed samples. Without `everyS` the raw samples, as they were published; with it the value that held at each
 * multiple of it. Times are plant time in microseconds. With `pixels`, of the raw samples only those that a curve of that
 * width needs to look the same; see simulator/cell/thin.ts.
 */
export const HistoryRequest = z.object({
  signals: z.array(z.string().max(100)).min(1).max(50),
  fromUs: z.number().int().nonnegative(),
  toUs: z.number().int().nonnegative(),
  everyS: z.number().positive().optional(),
  pixels: z.number().int().min(1).max(10_000).optional(),
  /** The workspace shows it by itself, beside what was asked for: then it is no evidence that anybody looked. */
  unasked: z.boolean().optional(),
});
export type HistoryRequest = z.infer<typeof HistoryRequest>;

export const HistoryColumn = z.object({
  signal: z.string(),
  tUs: z.array(z.number()),
  values: z.array(z.number()),
  /** OPC UA statuses, if any is not Good. With a bad one the value is the last that was usable. */
  statuses: z.array(z.string()).optional(),
  /** What the device said of each instant, if its clock was wrong. */
  stampsUs: z.array(z.number()).optional(),
  /** More samples exist than one answer holds; go on from the last instant. */
  truncated: z.boolean(),
});
export type HistoryColumn = z.infer<typeof HistoryColumn>;

export const HistoryResult = z.object({ columns: z.array(HistoryColumn) });
export type HistoryResult = z.infer<typeof HistoryResult>;

/** Something that happened in the plant: `ST03.StateChanged` with the reason as value, `Line.PartLeft` with the serial. */
export const HappeningView = z.object({ tUs: z.number(), event: z.string(), value: z.number() });
export type HappeningView = z.infer<typeof HappeningView>;
