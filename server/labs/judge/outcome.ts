import type { Cause } from './check.ts';

/** Something that was seen: a word, a count, a quantity with its unit, or an instant in seconds since the start. */
export type Seen = string | number | { readonly number: number; readonly unit: string } | { readonly atS: number };

/** What a check came to, before it is put into words. */
export interface Outcome {
  readonly check: string;
  readonly status: 'passed' | 'failed' | 'waiting';
  readonly points: number;
  /** Why it failed; or what it waits for: `needs`, an answer that is `missing` or `unread`, or a time to come. */
  readonly cause?: Cause | 'needs' | 'missing' | 'unread' | 'notYet' | 'unknown';
  /** The mistake that the answer looks like. */
  readonly tell?: string;
  readonly seen: Readonly<Record<string, Seen>>;
}

/** How one check judges, without id and points. */
export type Finding = Pick<Outcome, 'status' | 'seen'> & Partial<Pick<Outcome, 'cause' | 'tell'>>;

export const passed = (seen: Outcome['seen'] = {}): Finding => ({ status: 'passed', seen });
export const failed = (cause: Cause, seen: Outcome['seen'] = {}): Finding => ({ status: 'failed', cause, seen });
/** It can be judged later; that costs nothing. */
export const waiting = (cause: Outcome['cause'], seen: Outcome['seen'] = {}): Finding => ({
  status: 'waiting',
  seen,
  ...(cause && { cause }),
});
