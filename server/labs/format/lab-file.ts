import { z } from 'zod';
import { AskFile } from './asks.ts';
import { CheckFile } from './checks.ts';
import { Scenario } from './scenario.ts';
import { Actions, WrongAttempt } from './solution.ts';
import { Variable, Window } from './vars.ts';
import { Duration, Expression, Id, Name, Percent, Points, WeekTime } from './words.ts';

/** The format of lab.yaml. Unknown keys are refused everywhere; every sentence that people read lives in the texts. */

const StepFile = z.strictObject({
  id: Id,
  minutes: z.number().int().positive(),
  ask: z.record(Name, AskFile).default({}),
  checks: z.array(CheckFile).default([]),
  /** What a person judges; its points are outside the automatic pass. */
  rubric: z.array(z.strictObject({ id: Id, points: Points })).default([]),
});
export type StepFile = z.infer<typeof StepFile>;

export const LabFile = z.strictObject({
  format: z.literal(1),
  id: Id,
  /** Raised by any change that alters what is drawn, asked or judged. */
  version: z.number().int().positive(),
  minutes: z.number().int().positive(),
  pass: z.strictObject({ points: Percent, steps: z.array(Id) }),
  /** `false` for practice: it stands in no sum, in no learning path and in no statement. */
  counts: z.boolean().default(true),
  cell: z.strictObject({
    base: z.string(),
    start: WeekTime,
    /** All before it has happened when the participant comes. */
    open: WeekTime.optional(),
    horizon: Duration,
    speed: z.tuple([z.number().min(1), z.number().max(100)]),
    set: z.record(z.string(), z.unknown()).default({}),
    /** Signals, captures, alarms and panes that no door shows: `Line.Oee`, `ST*.Meter.Power`, `pane.trends`. */
    conceal: z.array(z.string()).default([]),
  }),
  windows: z.record(Name, Window).default({}),
  vars: z.record(Name, Variable).default({}),
  /** What members of a team may be, for `by` in checks; whoever works alone is all of them. */
  roles: z.array(Id).default([]),
  /** Expressions, secret; one may use the others. */
  derive: z.record(Name, Expression).default({}),
  /** What a fair draw fulfils on a line that nobody touches; the next candidate is drawn until all hold. */
  where: z.array(Expression).default([]),
  scenario: z.array(Scenario).default([]),
  steps: z.array(StepFile).min(1),
  /** The nth entry for a step opens its nth hint. */
  hints: z.array(z.strictObject({ step: Id, afterFails: z.number().int().min(0) })).default([]),
  try: z
    .strictObject({ answers: z.strictObject({ free: z.number().int().positive(), then: z.literal('redraw') }) })
    .default({ answers: { free: 3, then: 'redraw' } }),
  solution: Actions,
  wrong: z.array(WrongAttempt).default([]),
  prove: z
    .strictObject({ honest: Percent, copy: Percent, guess: Percent })
    .default({ honest: 0.99, copy: 0.05, guess: 0.05 }),
});
export type LabFile = z.infer<typeof LabFile>;
