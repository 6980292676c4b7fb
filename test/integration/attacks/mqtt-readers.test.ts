import { expect, test } from 'vitest';
import { attacker, generous, MB, publish, subscribe } from '#test/support/mqtt-attack.ts';
import { mqttLine, settle, until } from '#test/support/mqtt-line.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';
import { usedBytes } from '#test/support/used-bytes.ts';

test('readers that stall lose messages of QoS 0 instead of holding memory', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: generous });
  const stalled = await Promise.all(Array.from({ length: 6 }, (_, k) => attacker(line, 'p-ann', `stalled-${k}`)));
  for (const raw of stalled) {
    raw.send(subscribe(1, ['lab/#']));
    await raw.next('suback');
    raw.socket.pause();
  }
  const [ann, bob] = [await line.connect('p-ann', { clientId: 'ann' }), await line.connect('p-bob')];
  for (let k = 0; k < 20; k++) await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
  const before = usedBytes();
  // 6 x 24 MB, if it were held.
  for (let k = 0; k < 400; k++) await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
  await settle(bob);
  await until(() => expect(usedBytes() - before).toBeLessThan(16 * MB));
  expect(stalled.map((raw) => raw.isClosed())).toEqual(stalled.map(() => false));
});

test('a reader at QoS 1 that acknowledges nothing and reads nothing is given up', async () => {
  const line = await mqttLine(['p-ann'], { limits: generous });
  const raw = await attacker(line, 'p-ann', 'stalled');
  raw.send(subscribe(1, ['lab/#'], 1));
  await raw.next('suback');
  raw.socket.pause();
  const ann = await line.connect('p-ann', { clientId: 'ann' });
  const before = usedBytes();
  for (let k = 0; k < 400; k++) await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
  await until(() => expect(line.evidence['p-ann'].some(({ kind }) => kind === 'mqtt.closed')).toBe(true));
  await until(() => expect(usedBytes() - before).toBeLessThan(16 * MB));
});

test('kept sessions hold 2 MB each, however large the messages are', async () => {
  const line = await mqttLine(['p-ann'], { limits: generous });
  for (const clientId of ['kept-1', 'kept-2']) {
    const away = await line.connect('p-ann', { clientId, clean: false });
    await away.client.subscribeAsync('lab/#', { qos: 1 });
    await away.client.endAsync(true);
  }
  const ann = await line.connect('p-ann', { clientId: 'ann' });
  const before = usedBytes();
  // 36 MB, if it were held.
  for (let k = 0; k < 600; k++) await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
  await until(() => expect(usedBytes() - before).toBeLessThan(24 * MB));
  const back = await line.connect('p-ann', { clientId: 'kept-1', clean: false });
  await until(() => expect(back.got.length).toBeGreaterThan(30));
  await settle(back);
  expect(back.got.length).toBeLessThan(40);
});

test('messages of QoS 2 that are never released end their connection', async () => {
  const line = await mqttLine(['p-ann'], { limits: generous });
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  const raw = await attacker(line, 'p-ann');
  raw.send(...Array.from({ length: 200 }, (_, k) => publish('lab/x', 'y', { qos: 2, messageId: k + 1 })));
  await raw.closed();
  await settle(mate);
});

test('QoS 2 messages that are abandoned with their connections are kept by nobody', async () => {
  const line = await mqttLine(['p-ann'], { limits: { ...generous, arrivalsAtOnce: 1000 } });
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  const before = usedBytes();
  // 40 MB, if they were held.
  for (let k = 0; k < 40; k++) {
    const raw = await attacker(line, 'p-ann', `abandons-${k}`);
    raw.send(
      ...Array.from({ length: 18 }, (_, n) => publish('lab/x', 'y'.repeat(60_000), { qos: 2, messageId: n + 1 })),
    );
    await raw.next('pubrec');
    raw.socket.destroy();
    await raw.closed();
  }
  await settle(mate);
  // The clients are in this process too: what they had not sent yet goes with their sockets.
  await until(() => expect(usedBytes() - before).toBeLessThan(24 * MB));
});

test('acknowledgements of what was never sent change nothing, and a session that never acknowledges holds its 2 MB', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: generous });
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann', { clientId: 'greedy', clean: false }));
  raw.send(subscribe(1, ['lab/#'], 1));
  await raw.next('suback');
  for (const cmd of ['puback', 'pubrec', 'pubrel', 'pubcomp'] as const) {
    raw.send(...Array.from({ length: 200 }, (_, k) => ({ cmd, messageId: 1 + 7 * k })));
  }
  const [ann, bob] = [await line.connect('p-ann', { clientId: 'ann' }), await line.connect('p-bob')];
  const before = usedBytes();
  // 36 MB, read and never acknowledged.
  for (let k = 0; k < 600; k++) {
    await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
    raw.got.length = 0;
  }
  await settle(bob);
  raw.send({ cmd: 'pingreq' });
  await raw.next('pingresp');
  raw.got.length = 0;
  // What is still on its way to a client goes with it.
  await until(() => expect(usedBytes() - before).toBeLessThan(16 * MB));
});

test('who promises to be heard each second and is not, is gone soon after, with its will', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync('lab/#');
  const raw = rawClient(line.door.port);
  const will = { topic: 'lab/gone', payload: Buffer.from('x'), qos: 0, retain: false } as const;
  raw.send(connectPacket('p-ann', { clientId: 'silent', keepalive: 1, will }));
  await raw.next('connack');
  await raw.closed();
  await until(() => expect(mate.got.map(({ topic }) => topic)).toEqual(['lab/gone']));
});
