import { z } from 'zod';

/** Who set something last, through which door, and when in plant time. */
export const LastChange = z.object({
  atUs: z.number(),
  /** `participant` is the one whose cell it is; a rule is part of the plant. */
  actor: z.string(),
  via: z.enum(['http', 'opcua', 'mqtt', 'scenario', 'system']),
});

/** A parameter as it is set now. `usual` is what the definition of the line sets it to. */
export const SettingState = z.object({
  path: z.string(),
  value: z.union([z.number(), z.string(), z.boolean()]),
  usual: z.union([z.number(), z.string(), z.boolean()]),
  changed: LastChange.optional(),
});
export type SettingState = z.infer<typeof SettingState>;

/** All parameters that a participant may set; what they are is in the view of the cell. */
export const Configuration = z.object({ atUs: z.number(), settings: z.array(SettingState) });
export type Configuration = z.infer<typeof Configuration>;
