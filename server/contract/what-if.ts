import { z } from 'zod';
import { CommandRequest } from './command.ts';
import { Text } from './text.ts';

/** What one what-if may ask for. */
export const MOST_VARIANTS = 4;
export const MOST_FORKS = 64;
export const MOST_HOURS = 24;
const MOST_CHANGES = 12;

/** A command that is given to the forks before they run, in the words of POST /cells/:cell/commands. */
export const WhatIfChange = CommandRequest.omit({ id: true });
export type WhatIfChange = z.infer<typeof WhatIfChange>;

export const WhatIfVariant = z.object({
  name: z.string().trim().min(1).max(60),
  changes: z.array(WhatIfChange).max(MOST_CHANGES),
});
export type WhatIfVariant = z.infer<typeof WhatIfVariant>;

/** Forks of the present line, `hours` of plant time long. The first variant is what the others are compared with. */
export const WhatIfRequest = z.object({
  variants: z
    .array(WhatIfVariant)
    .min(1)
    .max(MOST_VARIANTS)
    .refine((variants) => new Set(variants.map(({ name }) => name)).size === variants.length, {
      error: 'Two variants have the same name. Give each a name of its own.',
    }),
  hours: z.number().min(0.1).max(MOST_HOURS),
  forks: z.number().int().min(2).max(MOST_FORKS).default(32),
  /** Common random numbers: each fork meets the same luck in all variants. */
  commonNumbers: z.boolean().default(true),
});
export type WhatIfRequest = z.infer<typeof WhatIfRequest>;

/** Mean over `n` forks that have the figure, with its standard error and 95 % interval (Student's t, n - 1 degrees). */
export const WhatIfEstimate = z.object({
  n: z.number().int(),
  mean: z.number(),
  standardError: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
});
export type WhatIfEstimate = z.infer<typeof WhatIfEstimate>;

/** Mean of the paired differences to the first variant. */
export const WhatIfDifference = WhatIfEstimate.extend({
  /** The change has not touched the figure in any fork. */
  isSame: z.boolean(),
  /** Variance of one difference, and what it would be with independent random numbers. */
  variance: z.number().optional(),
  independentVariance: z.number().optional(),
  /** The ratio of both: how many times as many forks independent numbers would need for the same interval. */
  gain: z.number().optional(),
});
export type WhatIfDifference = z.infer<typeof WhatIfDifference>;

/** What the figures are, with UCUM units. A figure that no fork has is left out of a variant. */
export const WhatIfFigure = z.object({ name: z.string(), unit: z.string(), decimals: z.number().int(), text: Text });
export type WhatIfFigure = z.infer<typeof WhatIfFigure>;

export const WhatIfResult = z.object({
  /** The window of plant time that all forks were measured in, in microseconds. */
  fromUs: z.number(),
  toUs: z.number(),
  forks: z.number().int(),
  commonNumbers: z.boolean(),
  figures: z.array(WhatIfFigure),
  variants: z.array(
    WhatIfVariant.extend({
      /** By name of the figure. */
      means: z.record(z.string(), WhatIfEstimate),
      /** Against the first variant, which has none. */
      differences: z.record(z.string(), WhatIfDifference).optional(),
    }),
  ),
});
export type WhatIfResult = z.infer<typeof WhatIfResult>;
