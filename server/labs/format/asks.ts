import { AnswerType } from '#contract/answer-type.ts';
import { z } from 'zod';
import { Id } from './words.ts';

const Column = z.enum(['number', 'integer', 'text']);

/** A field that the participant fills in. */
export const AskFile = z.strictObject({
  type: AnswerType,
  /** UCUM code in which the answer is judged. */
  unit: z.string().optional(),
  /** Decimals that are asked for; more are welcome. */
  decimals: z.number().int().min(0).max(9).optional(),
  /** Units that may be typed instead. */
  accept: z.array(z.string()).optional(),
  /** Of a number what is possible at all; of serials, a table or choices how many there may be. */
  min: z.number().optional(),
  max: z.number().optional(),
  options: z.array(Id).optional(),
  /** Fewest and most words of a text. */
  words: z.tuple([z.number().int().min(0), z.number().int().positive()]).optional(),
  /** Of a table: name and type of each column. */
  columns: z.record(z.string(), Column).optional(),
});
export type AskFile = z.infer<typeof AskFile>;
