/** What a sample is worth: Good, Uncertain (1) or Bad (2), the severities of OPC UA statuses. */
export const Quality = { Good: 0, Uncertain: 1, Bad: 2 } as const;
export type Quality = (typeof Quality)[keyof typeof Quality];

/** Of a status as OPC UA names it, `BadNoCommunication`, or of the words Good, Uncertain and Bad. */
export function qualityOf(status: string | undefined): Quality {
  if (status === undefined || status === 'Good') return Quality.Good;
  return status.startsWith('Uncertain') ? Quality.Uncertain : Quality.Bad;
}
