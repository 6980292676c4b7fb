import { z } from 'zod';

/** The languages of the product; both are always complete. */
export const Language = z.enum(['en', 'sv']);
export type Language = z.infer<typeof Language>;

/** A sentence or a name in both languages. */
export const Text = z.object({ en: z.string(), sv: z.string() });
export type Text = z.infer<typeof Text>;
