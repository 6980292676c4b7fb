import { z } from 'zod';
import { Text } from './text.ts';

/** Somebody must react by hand, so time goes no faster than `most` until `untilUs` (plant time), though `wanted` was asked for. */
export const CappedSpeed = z.object({
  wanted: z.number(),
  most: z.number(),
  untilUs: z.number().int(),
  why: Text,
});
export type CappedSpeed = z.infer<typeof CappedSpeed>;

/**
 * The clock of a cell. Plant time is a whole number of microseconds since the start of the run; `anchorMs` is the wall
 * time (ms since 1970) that plant time 0 stands for, so plant instant t is shown as `anchorMs + t / 1000`.
 * A reader goes on from (`simUs`, `wallMs`) with `speed` while the cell is not paused.
 */
export const ClockState = z.object({
  simUs: z.number().int(),
  wallMs: z.number(),
  speed: z.number().min(1).max(100),
  paused: z.boolean(),
  anchorMs: z.number(),
  /** Counts resets, from 1. */
  run: z.number().int(),
  /** Set while the cell hurries to this plant time. */
  runUntilUs: z.number().int().optional(),
  capped: CappedSpeed.optional(),
});
export type ClockState = z.infer<typeof ClockState>;

export const SpeedRequest = z.object({ speed: z.number().min(1).max(100).optional(), paused: z.boolean().optional() });
export type SpeedRequest = z.infer<typeof SpeedRequest>;

/** One step of a paused cell: to the next thing that happens, or by a second. */
export const StepRequest = z.object({ by: z.enum(['event', 'second']) });
export type StepRequest = z.infer<typeof StepRequest>;

/**
 * Hurry until a plant time, given in microseconds since the start of the run, until an event such as `ST03.StateChanged`,
 * `Rules.RuleFired` or `Alarms.AlarmRaised`, or until the present shift ends.
 */
export const RunUntilRequest = z.union([
  z.object({ simUs: z.number().int().nonnegative() }),
  z.object({ moment: z.literal('end-of-shift') }),
  z.object({
    event: z.string().max(100),
    withinS: z
      .number()
      .positive()
      .max(8 * 3600),
  }),
]);
export type RunUntilRequest = z.infer<typeof RunUntilRequest>;
