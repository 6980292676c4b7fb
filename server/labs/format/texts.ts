import { z } from 'zod';
import { Id } from './words.ts';

const Sentence = z.string().min(1);
const Sentences = z.record(z.string(), Sentence);
export const CheckTexts = z.strictObject({
  aim: Sentence,
  /** One sentence, or one for each cause. */
  fail: z.union([Sentence, Sentences]),
  pass: Sentence.optional(),
  tells: Sentences.optional(),
});
export const StepTexts = z.strictObject({
  title: Sentence,
  ask: Sentences.optional(),
  options: z.record(z.string(), Sentences).optional(),
  checks: z.record(z.string(), CheckTexts).optional(),
  /** What a reader looks for, by point of the rubric. */
  rubric: Sentences.optional(),
  hints: z.array(Sentence).optional(),
});
/** texts.<language>.yaml: sent one sentence at a time, never as a file. */
export const TextsFile = z.strictObject({
  title: Sentence,
  aim: Sentence,
  /** By variable, by value: how a drawn value is described without being named. */
  words: z.record(z.string(), Sentences).default({}),
  /** What each role is called. */
  roles: Sentences.optional(),
  steps: z.record(z.string(), StepTexts),
});
export type TextsFile = z.infer<typeof TextsFile>;

const BothLanguages = z.strictObject({ en: Sentence, sv: Sentence });
const Named = z.strictObject({ id: Id, title: BothLanguages });

export const AreasFile = z.strictObject({
  areas: z.array(Named),
  paths: z.array(
    Named.extend({
      aim: BothLanguages.optional(),
      areas: z.array(Id).min(1),
      /** Whom it suits, and for what: see `roles` and `goals` below. */
      roles: z.array(Id).default([]),
      goals: z.array(Id).default([]),
    }),
  ),
  /** What one may be at work, and want to manage: the questions by which a path is proposed. */
  roles: z.array(Named).default([]),
  goals: z.array(Named).default([]),
});
export type AreasFile = z.infer<typeof AreasFile>;
