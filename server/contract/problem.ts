import { z } from 'zod';

/** RFC 9457 problem details, with what to do now. `type` is `about:blank`; `code` is ours and stays stable. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  hint: z.string(),
});
export type Problem = z.infer<typeof Problem>;
