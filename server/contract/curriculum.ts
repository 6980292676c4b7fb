import { z } from 'zod';

const Named = z.object({ id: z.string(), title: z.string() });

/** Areas and learning paths in the reader's language, and what the helper asks to propose one of the paths. */
export const Curriculum = z.object({
  /** All areas in their order, also those without a lab. */
  areas: z.array(Named),
  paths: z.array(
    Named.extend({
      /** What one can do afterwards; empty if nothing was written. */
      aim: z.string(),
      /** Ids of areas, in the order in which they are best taken. */
      areas: z.array(z.string()),
      /** Ids of roles and goals that it suits. */
      roles: z.array(z.string()),
      goals: z.array(z.string()),
    }),
  ),
  /** What one may be at work. */
  roles: z.array(Named),
  /** What one may want to manage. */
  goals: z.array(Named),
});
export type Curriculum = z.infer<typeof Curriculum>;
