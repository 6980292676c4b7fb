import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes, type AedesPublishPacket } from 'aedes';
import { expect, onTestFinished, test } from 'vitest';
import { mqttLimits } from '#server/mqtt/limits.ts';
import { SessionStore } from '#server/mqtt/session-store.ts';
import { publish } from '#test/support/mqtt-attack.ts';
import { until } from '#test/support/mqtt-line.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';

test.each(['forgotten', 'expired'])(
  'of a session that is %s nothing is left, nor what was on its way in',
  async (how) => {
    let nowMs = 0;
    const store = new SessionStore({
      ...{ limits: mqttLimits, now: () => nowMs, live: () => [], isGranted: () => true },
    });
    const packet: AedesPublishPacket = {
      ...{ cmd: 'publish', topic: 'lab/x', payload: Buffer.alloc(0), qos: 2, retain: false, dup: false, messageId: 7 },
      ...{ brokerId: '', brokerCounter: 0 },
    };
    store.begin('p-ann/kept');
    await store.incomingStorePacket({ id: 'p-ann/kept' }, packet);
    expect(store.isIncoming('p-ann/kept', 7)).toBe(true);
    store.leave('p-ann/kept');
    nowMs += mqttLimits.sessionMs;
    if (how === 'expired') store.forgetExpired();
    else store.forget('p-ann/kept');
    expect([store.isIncoming('p-ann/kept', 7), store.isEmpty]).toEqual([false, true]);
  },
);

test.each([
  ['messages', { sessionMessages: 5 }, 5],
  ['bytes', { sessionBytes: 700 }, 7],
])('the queue of a session is bounded in %s', async (_, bound, kept) => {
  const limits = { ...mqttLimits, ...bound };
  const store = new SessionStore({ limits, now: () => 0, live: () => [], isGranted: () => true });
  store.begin('p-ann/kept');
  for (let k = 0; k < 20; k++) {
    await store.outgoingEnqueue(
      { clientId: 'p-ann/kept' },
      {
        ...{ cmd: 'publish', topic: 'lab/x', payload: Buffer.alloc(100), qos: 1, retain: false, dup: false },
        ...{ brokerId: '', brokerCounter: k },
      },
    );
  }
  expect(store.takeUnsent('p-ann/kept')).toHaveLength(kept);
});

test('a QoS 2 message that a clean session abandons is forgotten with its connection', async () => {
  const store = new SessionStore({ limits: mqttLimits, now: () => 0, live: () => [], isGranted: () => true });
  const aedes = new Aedes({ persistence: store });
  await aedes.listen();
  const server = createServer((conn) => void aedes.handle(conn)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    aedes.close();
    server.close();
  });
  const raw = rawClient((server.address() as AddressInfo).port);
  raw.send(connectPacket('p-ann', { clientId: 'gone' }), publish('lab/x', 'y', { qos: 2, messageId: 7 }));
  await raw.next('pubrec');
  expect(store.isIncoming('gone', 7)).toBe(true);
  raw.socket.destroy();
  await until(() => expect(store.isIncoming('gone', 7)).toBe(false));
});
