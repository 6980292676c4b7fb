import { z } from 'zod';

/** Who is asking. The key opens OPC UA, MQTT and the web API under the name `id`; it can be shown again at any time. */
export const Me = z.object({
  id: z.string(),
  key: z.string(),
  role: z.enum(['participant', 'teacher']),
  /** The current cell, to which the key leads. */
  cell: z.string(),
  /** The open attempt, if a lab was started on the current cell. */
  attempt: z.string().optional(),
  /** The current cell stands still since nobody asked anything of it for two hours; asking for its clock wakes it. */
  isUnattended: z.boolean().optional(),
});
export type Me = z.infer<typeof Me>;

/** Name and key, as tools sign in, for another browser. */
export const SignIn = z.object({ id: z.string().trim().max(100), key: z.string().trim().max(100) });
export type SignIn = z.infer<typeof SignIn>;
