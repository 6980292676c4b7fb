import { z } from 'zod';

/** Rows of one answer. */
export const SQL_ROWS = 10_000;
/** What a query may take once its tables are filled. */
export const SQL_SECONDS = 2;

/**
 * One SELECT of SQLite over the tables of sql-tables.ts, filled from a window of plant time in microseconds: the last
 * eight hours if nothing is said. Only signals that the query names are computed, or those that are listed here.
 */
export const SqlRequest = z.object({
  sql: z.string().min(1).max(20_000),
  fromUs: z.number().int().nonnegative().optional(),
  toUs: z.number().int().nonnegative().optional(),
  signals: z.array(z.string().max(100)).min(1).max(50).optional(),
  /** Values that held at whole multiples of so many seconds, instead of the samples as they were published. */
  everyS: z.number().positive().optional(),
});
export type SqlRequest = z.infer<typeof SqlRequest>;

export const SqlFormat = z.object({
  /** Wins over `Accept`. */
  format: z.enum(['json', 'csv']).optional(),
});

const SqlColumn = z.object({
  name: z.string(),
  /** UCUM, if it comes straight from a column of a table. */
  unit: z.string().optional(),
});
export type SqlColumn = z.infer<typeof SqlColumn>;

export const SqlValue = z.union([z.number(), z.string(), z.null()]);
export type SqlValue = z.infer<typeof SqlValue>;

export const SqlResult = z.object({
  columns: z.array(SqlColumn),
  rows: z.array(z.array(SqlValue)),
  /** There were more rows than one answer holds. */
  truncated: z.boolean(),
  /** What was read of the line to answer it. The window is plant time in microseconds. */
  read: z.object({
    tables: z.array(z.string()),
    signals: z.array(z.string()),
    fromUs: z.number(),
    toUs: z.number(),
  }),
});
export type SqlResult = z.infer<typeof SqlResult>;
