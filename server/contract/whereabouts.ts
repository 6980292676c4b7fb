import { z } from 'zod';

const Name = z.string().max(100);

/** Where a participant is in an attempt, so that another browser opens at the same place. */
export const Whereabouts = z.object({
  /** The open step; absent if all are folded. */
  step: Name.optional(),
  view: Name.optional(),
  station: Name.optional(),
  /** Path of the chosen signal. */
  signal: Name.optional(),
});
export type Whereabouts = z.infer<typeof Whereabouts>;
