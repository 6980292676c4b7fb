import { z } from 'zod';
import { MotionSegment } from './cell-view.ts';

export const MomentRequest = z.object({
  /** Plant time in microseconds. */
  atUs: z.coerce.number().int().nonnegative(),
});
export type MomentRequest = z.infer<typeof MomentRequest>;

/** The whole line at a past instant: the newest sample of each signal, and how everything moved. */
export const Moment = z.object({
  atUs: z.number(),
  /** In the order of the cell's signals; null where the quality was bad. */
  values: z.array(z.number().nullable()),
  /** Source times of the samples, plant time in microseconds. */
  tUs: z.array(z.number()),
  motion: z.array(MotionSegment),
});
export type Moment = z.infer<typeof Moment>;
