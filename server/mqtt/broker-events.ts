import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Aedes, AedesPublishPacket, Client, Subscription } from 'aedes';
import type { Packet } from 'mqtt-packet';
import type { Connection } from './connection.ts';

/** Return code of SUBACK for a filter that is not granted, MQTT 3.1.1 clause 3.9.3. */
const NOT_GRANTED = 128;

export interface BrokerEvents {
  /** Who is on a stream that was handed to the broker. */
  readonly connectionOn: (conn: Duplex) => Connection;
  /** What came for a session while its queue was being sent. */
  readonly takeUnsent: (id: string) => readonly Pick<AedesPublishPacket, 'topic' | 'payload' | 'qos'>[];
  /** What is wanted may be something else now. */
  readonly wantedChanged: () => void;
  readonly failed: (connection: Connection, reason: string) => void;
}

/** Follows what aedes 1.2 tells of its clients: into evidence, and into what is heard. */
export function followBroker(aedes: Aedes, { connectionOn, takeUnsent, wantedChanged, failed }: BrokerEvents): void {
  aedes.on('client', (client) => {
    const { evidence, clientId, filters } = connectionOn(client.conn);
    evidence.opened(clientId);
    for (const [topic, qos] of filters) evidence.subscribe(topic, qos);
    wantedChanged();
  });
  aedes.on('clientReady', (client) => {
    const connection = connectionOn(client.conn);
    connection.isCatchingUp = false;
    for (const filter of connection.filters.keys()) connection.heard.add(filter);
    wantedChanged();
    for (const { topic, payload, qos } of takeUnsent(connection.id)) {
      client.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, () => {});
    }
  });
  aedes.on('subscribe', (subscriptions: Subscription[], client) => {
    const { evidence, heard } = connectionOn(client.conn);
    for (const { topic, qos } of subscriptions) {
      if ((qos as number) === NOT_GRANTED) continue;
      evidence.subscribe(topic, qos);
      heard.add(topic);
    }
    wantedChanged();
  });
  aedes.on('unsubscribe', (filters, client) => {
    if (client.closed) return;
    const connection = connectionOn(client.conn);
    for (const filter of filters) {
      connection.heard.delete(filter);
      if (connection.filters.delete(filter)) connection.evidence.unsubscribe(filter);
    }
    wantedChanged();
  });
  for (const event of ['clientError', 'connectionError'] as const) {
    aedes.on(event, (client, { message: reason }) => {
      const connection = connectionOn(client.conn);
      // Every message that was still on its way fails too.
      if (connection.hasFailed) return;
      connection.hasFailed = true;
      failed(connection, reason);
    });
  }
}

/** Nothing is sent at QoS 2: it is granted as QoS 1 in the SUBACK. */
export function grantQos1AtMost(client: Client): void {
  onPacket(client, (packet) => {
    if (packet.cmd === 'subscribe') for (const one of packet.subscriptions) one.qos = one.qos > 0 ? 1 : 0;
  });
}

/** aedes 1.2 shows packets to nobody before it acts on them, but for this parser of a client. */
function onPacket(client: Client, heard: (packet: Packet) => void): void {
  (client as unknown as { _parser: EventEmitter })._parser.prependListener('packet', heard);
}
