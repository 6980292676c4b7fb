import type { IPublishPacket, ISubscribePacket } from 'mqtt-packet';
import type { MqttLine } from './mqtt-line.ts';
import { connectPacket, type RawClient, rawClient } from './mqtt-raw.ts';

/** So that a guard is met that stands behind those of rates. */
export const generous = { packetsPerSecond: 1e6, bytesPerSecond: 1e9 };
export const KB = 1024;
export const MB = 1024 * KB;

export const publish = (
  topic: string,
  payload: string | Buffer,
  more: Partial<IPublishPacket> = {},
): IPublishPacket => ({
  ...{ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false },
  ...more,
});

export const subscribe = (messageId: number, topics: readonly string[], qos: 0 | 1 | 2 = 0): ISubscribePacket => ({
  ...{ cmd: 'subscribe', messageId, subscriptions: topics.map((topic) => ({ topic, qos })) },
});

/** Return codes of all that it asked to subscribe. */
export const grantedIn = ({ got }: RawClient) =>
  got.flatMap((packet) => (packet.cmd === 'suback' ? packet.granted : []));

/** A client of bytes that has been let in. */
export async function attacker(line: MqttLine, participant: string, clientId = 'attacker'): Promise<RawClient> {
  const raw = rawClient(line.door.port);
  raw.send(connectPacket(participant, { clientId }));
  await raw.next('connack');
  return raw;
}
