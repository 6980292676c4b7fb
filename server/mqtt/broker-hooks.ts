import type { Duplex } from 'node:stream';
import type { AedesOptions, AedesPublishPacket, Client, PublishPacket } from 'aedes';
import type { Connection } from './connection.ts';
import type { MqttLimits } from './limits.ts';
import { isNoText, matches } from './topic-filter.ts';

/** Where a message goes that is acknowledged but not passed on as it came. No client hears topics with a `$`. */
const NOWHERE = '$verkstad/nowhere';

export interface BrokerHooksOptions {
  readonly limits: MqttLimits;
  /** Who is on a stream that was handed to the broker. */
  readonly connectionOn: (conn: Duplex) => Connection;
  /** How many live topics a filter matches. */
  readonly topicsOf: (filter: string) => number;
  /** What a retained topic of the line carries now; undefined for the topics of participants. */
  readonly livePayload: (topic: string) => string | undefined;
  /** Decides on what a participant publishes, and passes it on. */
  readonly publication: (connection: Connection, packet: PublishPacket) => void;
  readonly refused: (connection: Connection, what: string, reason: string) => void;
}

/** What must be put around aedes 1.2 for clients that one cannot trust. Who they are has been settled at the door. */
export function brokerHooks(options: BrokerHooksOptions): AedesOptions {
  const { limits, connectionOn } = options;
  return {
    // Without a bound, one reader that stalls does not hold up the messages to all others.
    concurrency: 0,
    connectTimeout: limits.connectMs,
    drainTimeout: limits.stalledMs,
    queueLimit: 100,
    maxInflightInbound: 20,
    maxClientsIdLength: 2 * limits.clientIdLength,
    // Of filters and topics with too many levels their sender is told; aedes would hang up.
    maxTopicLevels: limits.topicLength,
    preConnect(client, packet, done) {
      packet.clientId = connectionOn(client.conn).id;
      done(null, true);
    },
    authenticate(_client, _userName, _password, done) {
      done(null, true);
    },
    authorizeSubscribe(client, subscription, done) {
      const connection = connectionOn(client.conn);
      const { topic, qos } = subscription;
      const reason = connection.refuseFilter(topic, options.topicsOf);
      if (reason !== undefined) {
        options.refused(connection, `subscribe ${topic}`, reason);
        if (isNoText(topic)) client.conn.destroy(new Error('malformed: a filter that is no text'));
        done(null, null);
        return;
      }
      connection.filters.set(topic, qos);
      done(null, subscription);
    },
    /**
     * The message is passed on at once by `publication`, not by aedes: it would read nothing more from this client until
     * the slowest subscriber had taken the message. And MQTT 3.1.1 knows no refusal but to hang up (clause 3.3.5).
     */
    authorizePublish(client, packet, done) {
      if (client) options.publication(connectionOn(client.conn), { ...packet });
      packet.topic = NOWHERE;
      packet.payload = Buffer.alloc(0);
      packet.retain = false;
      done(null);
    },
    authorizeForward(client, packet) {
      const forwarded = forward(client, packet, connectionOn(client.conn), limits);
      return forwarded?.retain ? withNewest(forwarded, options.livePayload) : forwarded;
    },
  };
}

/** The payload is made when it is read, right before it is sent: it is never older than a message that overtook it. */
function withNewest(packet: AedesPublishPacket, livePayload: BrokerHooksOptions['livePayload']): AedesPublishPacket {
  return {
    ...packet,
    get payload() {
      const live = livePayload(packet.topic);
      return live === undefined ? packet.payload : Buffer.from(live);
    },
  };
}

function forward(
  client: Client,
  packet: AedesPublishPacket,
  connection: Connection,
  limits: MqttLimits,
): AedesPublishPacket | null {
  if (packet.topic.startsWith('$')) return null;
  const { conn } = client;
  const { isBehind } = connection;
  if (!isBehind && !connection.isCatchingUp && !packet.retain) return packet;

  const isAcknowledged = packet.qos > 0 && wantsAcknowledged(connection, packet.topic);
  if (packet.retain && !isAcknowledged) packet.qos = 0;
  if (isBehind && !isAcknowledged) return null;
  const isNew = packet.messageId === undefined && !packet.retain;
  if (connection.isCatchingUp && isNew && isAcknowledged) return null;
  if (conn.writableLength <= limits.hopelessBytes) return packet;
  conn.destroy(new Error('limit: messages are not taken'));
  return null;
}

/** Whether one of its filters asks for QoS 1: that of the packet is what it was published with. */
function wantsAcknowledged({ filters }: Connection, topic: string): boolean {
  for (const [filter, qos] of filters) if (qos > 0 && matches(filter, topic)) return true;
  return false;
}
