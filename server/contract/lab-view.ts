import { z } from 'zod';
import { ShownAnswerType } from './answer-type.ts';
import { LONGEST_TYPED } from './longest-typed.ts';
import { Language } from './text.ts';

/** One lab in the list, in the reader's language. */
export const LabSummary = z.object({
  /** `iiot/meet-the-machine` */
  id: z.string(),
  area: z.string(),
  areaTitle: z.string(),
  title: z.string(),
  aim: z.string(),
  minutes: z.number(),
  version: z.number().int(),
  steps: z.number().int(),
  /** That checks give; what a person judges comes on top. */
  points: z.number(),
  /** Whether it stands in sums, learning paths and statements; practice does not. */
  counts: z.boolean(),
});
export type LabSummary = z.infer<typeof LabSummary>;

/** A field that the participant fills in. */
export const AskView = z.object({
  id: z.string(),
  type: ShownAnswerType,
  label: z.string(),
  unit: z.string().optional(),
  /** Decimals that are asked for. */
  decimals: z.number().int().optional(),
  /** Fewest and most words of a text. */
  words: z.tuple([z.number(), z.number()]).optional(),
  /** Names of the columns of a table. */
  columns: z.array(z.string()).optional(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
});
export type AskView = z.infer<typeof AskView>;

/** A check as the participant sees it before it is judged. */
export const CheckView = z.object({ id: z.string(), aim: z.string(), points: z.number() });
export type CheckView = z.infer<typeof CheckView>;

/** Points that a person gave, and why. Instants of the wall in ms since 1970. */
export const Mark = z.object({ points: z.number(), reason: z.string(), atMs: z.number() });
export type Mark = z.infer<typeof Mark>;

export const StepView = z.object({
  id: z.string(),
  title: z.string(),
  minutes: z.number(),
  /** The guide's section of this step as an mdast root, drawn values filled in; rendered as known elements only. */
  guide: z.unknown(),
  asks: z.array(AskView),
  checks: z.array(CheckView),
  hints: z.number().int(),
  /** What a person looks at; its points are outside the automatic pass. */
  rubric: z.array(z.object({ id: z.string(), text: z.string(), points: z.number(), mark: Mark.optional() })),
});
export type StepView = z.infer<typeof StepView>;

/** What a check came to. The explanation never shows the wanted value. */
export const Verdict = z.object({
  check: z.string(),
  status: z.enum(['passed', 'failed', 'waiting']),
  /** That count: of `mark`, if there is one. */
  points: z.number(),
  explanation: z.string(),
  /** Given by a person, above what the judge came to, which is `judged`. */
  mark: Mark.extend({ judged: z.number() }).optional(),
});
export type Verdict = z.infer<typeof Verdict>;

export const StepResult = z.object({
  step: z.string(),
  passed: z.boolean(),
  points: z.number(),
  outOf: z.number(),
  verdicts: z.array(Verdict),
  /** Tries left before the step's secrets are drawn anew; absent where checks are free for ever. */
  triesLeft: z.number().int().optional(),
  /** Set when this check used up the tries and something was drawn anew: read the step again, or the whole attempt. */
  redrawn: z.enum(['step', 'line']).optional(),
  /** Hints shown so far, in order. */
  hints: z.array(z.string()),
});
export type StepResult = z.infer<typeof StepResult>;

/** An answer as typed, and what was understood of it (echoed under the field) or why not. */
export const AnswerEcho = z.object({
  ask: z.string(),
  typed: z.string(),
  understood: z.string().optional(),
  problem: z.string().optional(),
});
export type AnswerEcho = z.infer<typeof AnswerEcho>;

export const AttemptView = z.object({
  id: z.string(),
  lab: LabSummary,
  cell: z.string(),
  language: Language,
  intro: z.unknown(),
  steps: z.array(StepView),
  results: z.array(StepResult),
  /** Per step, per ask. */
  answers: z.record(z.string(), z.array(AnswerEcho)),
  passed: z.boolean(),
  points: z.number(),
  outOf: z.number(),
  /** What people gave by the rubric, on top of the points; where the lab has one. `open` counts what nobody has looked at. */
  rubric: z.object({ points: z.number(), outOf: z.number(), open: z.number().int() }).optional(),
  /** All who work on it, oneself among them, where it is not one alone. */
  team: z.array(z.object({ role: z.string().optional(), isMe: z.boolean() })).optional(),
  startedMs: z.number(),
  /** Parts of the screen that this lab does without: `pane.trends`. */
  conceal: z.array(z.string()),
});
export type AttemptView = z.infer<typeof AttemptView>;

export const StartAttempt = z.object({ lab: z.string().max(100) });
/** Per ask of the step, the text as typed. */
export const SaveAnswers = z.object({
  answers: z.record(
    z.string().max(64),
    // A store would end the text there.
    z
      .string()
      .max(LONGEST_TYPED)
      .regex(/^[^\0]*$/, 'a text with a zero byte cannot be kept: type or paste it again without'),
  ),
  /** When each was typed, ms since 1970 by the server's clock: what was typed later wins, whenever it arrives. */
  typedMs: z.record(z.string().max(64), z.number().nonnegative()).optional(),
});
export type SaveAnswers = z.infer<typeof SaveAnswers>;
