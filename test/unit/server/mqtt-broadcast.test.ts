import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { wireCells } from '#server/bench/wire-cells.ts';
import { Broadcast } from '#server/mqtt/broadcast.ts';
import { Connection } from '#server/mqtt/connection.ts';
import { mqttLimits as limits } from '#server/mqtt/limits.ts';

const TOPIC = 'line/ST03';
const PAYLOAD = 'x'.repeat(60_000);
const PACKET_BYTES = PAYLOAD.length + TOPIC.length + 6;

/** A broadcast over real sockets, with a clock that the test moves. */
async function studio() {
  const cells = wireCells(1);
  const [{ name, key }] = cells.users;
  const principal = await cells.doorkeeper.admit(name, key);
  if (!principal) throw new Error('The door is shut.');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets: Socket[] = [];
  onTestFinished(() => {
    cells.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const clock = { nowMs: 0 };
  const now = () => clock.nowMs;
  const connections = new Map<string, Connection>();
  const broadcast = new Broadcast({ connections, stalledMs: limits.stalledMs, now });
  return {
    ...{ clock, broadcast },
    /** Someone who hears the line. Reads only what `client` reads. */
    listener: async (clientId: string) => {
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
      const [stream] = (await once(server, 'connection')) as [Socket];
      for (const socket of [client, stream]) sockets.push(socket.on('error', () => {}));
      const who = { participant: principal.participant, client: 'own', session: clientId } as const;
      const connection = new Connection({
        ...{ principal, who, clientId, isClean: true, isProtected: false, stream, limits, now },
      });
      connection.heard.add('line/#');
      connections.set(clientId, connection);
      return { client, stream };
    },
  };
}

const taken = async ({ stream }: { stream: Socket }) => {
  while (stream.writableLength > 0) await nextTurn();
};

test('who takes nothing of what the line says is left out, holds no memory, and is closed after its time', async () => {
  const { clock, broadcast, listener } = await studio();
  const [stalled, other] = [await listener('stalled'), await listener('other')];
  let heardBytes = 0;
  other.client.on('data', (bytes) => (heardBytes += bytes.length));
  let most = 0;
  // 24 MB, if it were held.
  for (let k = 0; k < 400; k++) {
    broadcast.send(TOPIC, PAYLOAD);
    most = Math.max(most, stalled.stream.writableLength);
    await taken(other);
  }
  await expect.poll(() => heardBytes).toBe(400 * PACKET_BYTES);
  expect(most).toBeGreaterThan(limits.waitingBytes);
  expect(most).toBeLessThan(limits.waitingBytes + 2 * PACKET_BYTES);
  clock.nowMs = limits.stalledMs - 1;
  broadcast.send(TOPIC, PAYLOAD);
  expect(stalled.stream.destroyed).toBe(false);
  clock.nowMs = limits.stalledMs;
  broadcast.send(TOPIC, PAYLOAD);
  expect([stalled, other].map(({ stream }) => stream.destroyed)).toEqual([true, false]);
});

test('who has caught up hears the line again, and is not blamed for the time before', async () => {
  const { clock, broadcast, listener } = await studio();
  const slow = await listener('slow');
  for (let k = 0; k < 400; k++) {
    broadcast.send(TOPIC, PAYLOAD);
    await nextTurn();
  }
  expect(slow.stream.writableNeedDrain).toBe(true);
  let heardBytes = 0;
  slow.client.on('data', (bytes) => (heardBytes += bytes.length));
  await taken(slow);
  await expect.poll(() => heardBytes % PACKET_BYTES).toBe(0);
  const before = heardBytes;
  expect(before).toBeLessThan(400 * PACKET_BYTES);
  clock.nowMs = 2 * limits.stalledMs;
  broadcast.send(TOPIC, PAYLOAD);
  await expect.poll(() => heardBytes).toBe(before + PACKET_BYTES);
  slow.client.pause();
  for (let k = 0; k < 400; k++) {
    broadcast.send(TOPIC, PAYLOAD);
    await nextTurn();
  }
  expect(slow.stream.writableNeedDrain).toBe(true);
  expect(slow.stream.destroyed).toBe(false);
});

test('what is sent together is one write for each who hears it', async () => {
  const { broadcast, listener } = await studio();
  const one = await listener('one');
  broadcast.together(() => {
    for (let k = 0; k < 5; k++) broadcast.send(TOPIC, 'x');
    expect(one.stream.writableCorked).toBe(1);
  });
  expect(one.stream.writableCorked).toBe(0);
  const [bytes] = (await once(one.client, 'data')) as [Buffer];
  expect(bytes).toHaveLength(5 * (2 + 2 + TOPIC.length + 1));
});
