import { z } from 'zod';

/** A barrier that somebody met. Nothing but what they wrote goes with it. */
export const Report = z.object({
  text: z.string().trim().min(1).max(4_000),
  /** Where it was. */
  page: z.string().max(200).default(''),
  /** How to answer, if they want an answer. */
  contact: z.string().trim().max(200).default(''),
});
export type Report = z.infer<typeof Report>;

export const ReportReceipt = z.object({ receivedMs: z.number() });
