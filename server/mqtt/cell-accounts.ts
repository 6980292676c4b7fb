import type { AccessRecord } from '#simulator/plant/security/documents.ts';

/** What others on the broker see of what an account of the cell does over MQTT. */
export interface SeenMessage {
  readonly topic: string;
  readonly payload: object;
}

/**
 * The messages of an access that came over MQTT: the command as it was published, with the time that its sender gave, and
 * its answer; where it was refused, what everyone who listens to `refusals` reads.
 */
export function messagesOf(access: AccessRecord, prefix: string, isoOf: (tUs: number) => string): SeenMessage[] {
  const { via, actor, number, target, value, outcome, reason, atUs, sentUs } = access;
  if (via !== 'mqtt') return [];
  const topic = `${prefix}/cmd/${target.replaceAll('.', '/')}`;
  if (outcome === 'refused')
    return [{ topic: `${prefix}/refusals`, payload: { what: `publish ${topic}`, actor, reason } }];
  const id = `${actor}-${number}`;
  return [
    { topic, payload: { id, ...(value !== null && { value }), t: isoOf(sentUs) } },
    { topic: `${prefix}/rsp/${id}`, payload: { id, atUs, status: 'done' } },
  ];
}
