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
});
export type RuleTrial = z.infer<typeof RuleTrial>;
