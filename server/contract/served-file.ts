import { z } from 'zod';

/** A file that a route answers with as it is, instead of JSON. Its hash names the content, so that browsers may keep it. */
export const ServedFile = z.object({
  type: z.string(),
  hash: z.string(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type ServedFile = z.infer<typeof ServedFile>;
