import { z } from 'zod';
import { LabSummary, Mark } from './lab-view.ts';

/** A check with what it came to: `open` if it was never judged. */
export const RecordedCheck = z.object({
  id: z.string(),
  aim: z.string(),
  status: z.enum(['passed', 'failed', 'waiting', 'open']),
  points: z.number(),
  outOf: z.number(),
  /** What was seen, in words; empty if it was never judged. */
  explanation: z.string(),
  /** Given by a person, above what the judge came to. */
  mark: Mark.optional(),
});

export const RecordedStep = z.object({
  id: z.string(),
  title: z.string(),
  passed: z.boolean(),
  points: z.number(),
  outOf: z.number(),
  /** How often it was judged, when last, and when it first passed; wall time in ms since 1970. */
  judged: z.number().int(),
  judgedMs: z.number().optional(),
  passedMs: z.number().optional(),
  checks: z.array(RecordedCheck),
  /** What people gave by the rubric, on top of the points; where the step has one. */
  rubric: z.array(z.object({ id: z.string(), text: z.string(), outOf: z.number(), mark: Mark.optional() })).optional(),
});

/** What a participant has done in one attempt at a lab. */
export const RecordedAttempt = z.object({
  id: z.string(),
  lab: LabSummary,
  cell: z.string(),
  /** Counts the attempts at this lab, from 1. */
  number: z.number().int(),
  startedMs: z.number(),
  passed: z.boolean(),
  points: z.number(),
  outOf: z.number(),
  steps: z.array(RecordedStep),
});
export type RecordedAttempt = z.infer<typeof RecordedAttempt>;
