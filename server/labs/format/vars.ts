import { z } from 'zod';
import { DayTime, Duration, Expression, Id, Instant, Name, WeekTime } from './words.ts';

const shown = {
  /** `true`: guides and texts may show the value. `words`: only the sentence that `words` in the texts has for it. */
  public: z.union([z.literal(true), z.literal('words')]).optional(),
  /** The step whose tries, once used up, draw this anew; `run` when the participant resets the line. */
  redraw: Id.optional(),
};

/** What is drawn for each attempt. */
export const Variable = z.union([
  z.strictObject({ oneOf: z.array(z.union([z.string(), z.number()])).min(2), unit: z.string().optional(), ...shown }),
  /** One row of several, whose values belong together: `$stop.station`, `$stop.fault`. */
  z.strictObject({ oneOf: z.array(z.record(Name, z.union([z.string(), z.number()]))).min(2), redraw: shown.redraw }),
  z.strictObject({ someOf: z.array(z.string()).min(2), count: z.number().int().min(1), ...shown }),
  z.strictObject({
    from: z.number(),
    to: z.number(),
    step: z.number().positive().optional(),
    unit: z.string().optional(),
    ...shown,
  }),
  z
    .strictObject({ from: WeekTime, to: WeekTime, step: Duration.optional(), ...shown })
    .transform((variable) => ({ ...variable, time: true as const })),
]);
export type Variable = z.infer<typeof Variable>;

/** A named stretch of plant time. `daily` makes one for each day of the horizon: `night` becomes night1, night2 ... */
export const Window = z.union([
  z.strictObject({ from: Instant, to: Instant }),
  z.strictObject({ from: Instant, parts: z.union([z.number(), Expression]), at: z.string() }),
  z.strictObject({ daily: z.tuple([DayTime, DayTime]) }),
]);
export type Window = z.infer<typeof Window>;
