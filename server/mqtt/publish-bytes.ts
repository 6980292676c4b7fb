const PUBLISH_QOS_0 = 0x30;

/** A PUBLISH packet of QoS 0 that is not retained, MQTT 3.1.1 clause 3.3: all its bytes, the same for every reader. */
export function publishBytes(topic: string, payload: string | Uint8Array): Buffer {
  const topicLength = Buffer.byteLength(topic);
  const payloadLength = Buffer.byteLength(payload);
  const remaining = 2 + topicLength + payloadLength;
  const bytes = Buffer.allocUnsafe(1 + bytesOfLength(remaining) + remaining);
  bytes[0] = PUBLISH_QOS_0;
  let at = 1;
  for (let left = remaining; ; left = Math.floor(left / 128)) {
    bytes[at++] = (left % 128) + (left >= 128 ? 128 : 0);
    if (left < 128) break;
  }
  at = bytes.writeUInt16BE(topicLength, at);
  at += bytes.write(topic, at);
  if (typeof payload === 'string') bytes.write(payload, at);
  else bytes.set(payload, at);
  return bytes;
}

/** How many bytes a remaining length takes, clause 2.2.3. */
const bytesOfLength = (length: number): number => (length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : 4);
