import { once } from 'node:events';
import mqttPacket from 'mqtt-packet';
import { WebSocket } from 'ws';
import type { Row } from './measure.ts';

/** What the process of the clients is told to open: one connection over WebSocket for each user. */
export interface MqttClientsOrder {
  readonly url: string;
  readonly users: readonly { readonly name: string; readonly key: string }[];
  /** What each of them subscribes to, if anything. */
  readonly filters: readonly string[];
}

/** What has arrived since the last `begin`. */
export interface MqttClientsCount {
  readonly messages: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export type Question = 'begin' | 'count' | 'stall' | 'end';

const STALLED_TOPIC = 'lab/stalled';
const FLOOD_BYTES = 60_000;
const FLOOD_EVERY_MS = 100;
/** `{"t":"2026-11-03T08:00:01.200Z",...`: when what it tells was so. */
const STAMP = /^\{"t":"([^"]+)"/;

/** The second process of `bench mqtt`: clients of bytes over real WebSockets. Told and asked by its parent. */
export async function runMqttClients(): Promise<Row[]> {
  const [order] = (await once(process, 'message')) as [MqttClientsOrder];
  let messages = 0;
  const latenciesMs: number[] = [];
  const received = (payload: Buffer): void => {
    messages += 1;
    const stamp = STAMP.exec(payload.toString('latin1', 0, 48))?.[1];
    if (stamp !== undefined) latenciesMs.push(Date.now() - Date.parse(stamp));
  };
  const sockets: WebSocket[] = [];
  for (const user of order.users) sockets.push(await open(order.url, user, 'watching', order.filters, received));
  const ended = new Promise<void>((resolve) => {
    process.on('message', (question: Question) => {
      if (question === 'end') {
        resolve();
        return;
      }
      if (question === 'stall') {
        void stall(order, sockets).then(() => process.send?.('ready'));
        return;
      }
      latenciesMs.sort((a, b) => a - b);
      const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
      process.send?.({ messages, p50Ms: at(0.5), p99Ms: at(0.99) } satisfies MqttClientsCount);
      if (question !== 'begin') return;
      messages = 0;
      latenciesMs.length = 0;
    });
  });
  process.send?.('ready');
  await ended;
  for (const socket of sockets) socket.terminate();
  process.disconnect();
  return [];
}

/** One client of the first cell reads no more, while another sends it more than the system's own buffers hold. */
async function stall({ url, users: [user] }: MqttClientsOrder, sockets: WebSocket[]): Promise<void> {
  const stalled = await open(url, user, 'stalled', [STALLED_TOPIC], () => {});
  stalled.pause();
  const flooding = await open(url, user, 'flooding', [], () => {});
  sockets.push(stalled, flooding);
  const packet = mqttPacket.generate({
    ...{ cmd: 'publish', topic: STALLED_TOPIC, payload: Buffer.alloc(FLOOD_BYTES, 'x') },
    ...{ qos: 0, retain: false, dup: false },
  });
  setInterval(() => flooding.send(packet), FLOOD_EVERY_MS).unref();
}

/** Connected, and subscribed if it has filters. */
function open(
  url: string,
  { name, key }: MqttClientsOrder['users'][number],
  clientId: string,
  filters: readonly string[],
  received: (payload: Buffer) => void,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'mqtt', { perMessageDeflate: false });
    const parser = mqttPacket.parser();
    const send = (packet: mqttPacket.Packet) => socket.send(mqttPacket.generate(packet));
    socket.once('open', () =>
      send({
        ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 600, clientId },
        ...{ username: name, password: Buffer.from(key) },
      }),
    );
    socket.on('error', reject);
    socket.on('message', (data) => void parser.parse(data as Buffer));
    parser.on('packet', (packet: mqttPacket.Packet) => {
      if (packet.cmd === 'publish') received(packet.payload as Buffer);
      else if (packet.cmd === 'suback') resolve(socket);
      else if (packet.cmd === 'connack' && packet.returnCode) {
        reject(new Error(`${name} was turned away with code ${packet.returnCode}`));
      } else if (packet.cmd === 'connack') {
        if (filters.length === 0) resolve(socket);
        else send({ cmd: 'subscribe', messageId: 1, subscriptions: filters.map((topic) => ({ topic, qos: 0 })) });
      }
    });
  });
}
