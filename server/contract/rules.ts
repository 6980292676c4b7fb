import { z } from 'zod';

/** A rule as `Rules.Define` takes it, to be tried on what was. Times are plant time in microseconds. */
export const RuleTrialRequest = z.object({
  rule: z.record(z.string(), z.unknown()),
  fromUs: z.number().int().nonnegative(),
  toUs: z.number().int().nonnegative(),
});
export type RuleTrialRequest = z.infer<typeof RuleTrialRequest>;

/** When it would have fired and cleared; one without `clearedUs` had not cleared at the end. */
export const RuleTrial = z.object({
  firings: z.array(z.object({ firedUs: z.number(), clearedUs: z.number().optional() })),
  /** More would have come. */
  truncated: z.boolean(),
  /** What the rule saw at the end of the window: null for unknown. */
  seen: z.object({
    /** 1 unknown, 2 not true, 3 true but not yet for long enough, 4 fired. */
    status: z.number(),
    signals: z.array(z.object({ path: z.string(), value: z.number().nullable() })),
    windows: z.array(z.object({ text: z.string(), value: z.number().nullable() })),
  }),
});
export type RuleTrial = z.infer<typeof RuleTrial>;
