import { z } from 'zod';
import { Id, Name } from './words.ts';

const Meaning = z.string().min(1);

/**
 * published.yaml: what a lab was when it was last given to participants. Results, statistics and regrading refer to its ids,
 * so an id keeps its meaning.
 */
export const PublishedFile = z.strictObject({
  version: z.number().int().positive(),
  /** Digest of all that is drawn, asked and judged. */
  judged: z.string().regex(/^[0-9a-f]{16}$/),
  steps: z.record(
    Id,
    z.strictObject({
      ask: z.record(Name, Meaning).optional(),
      checks: z.record(Id, Meaning).optional(),
      rubric: z.array(Id).optional(),
    }),
  ),
});
export type PublishedFile = z.infer<typeof PublishedFile>;
