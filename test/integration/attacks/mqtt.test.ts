import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import mqttPacket, { type IPublishPacket, type ISubscribePacket, type Packet } from 'mqtt-packet';
import { expect, onTestFinished, test } from 'vitest';
import { Model } from '#simulator/cell/model.ts';
import { type MqttLine, mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';
import { connectPacket, type RawClient, rawClient } from '#test/support/mqtt-raw.ts';

/** The line of Cleo, of which nothing is in the other cells. */
const foreign = new Model({
  id: 'other',
  topicPrefix: 'other/site/area/line9',
  parts: 10,
  stations: {
    Source: { type: 'source', to: 'ST77' },
    ST77: { type: 'machine', time: 10, to: 'Out' },
    Out: { type: 'sink' },
  },
});
const generous = { packetsPerSecond: 1e6, bytesPerSecond: 1e9 };
const KB = 1024;
const MB = 1024 * KB;

const publish = (topic: string, payload: string | Buffer, more: Partial<IPublishPacket> = {}): IPublishPacket => {
  return { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...more };
};
const subscribe = (messageId: number, topics: readonly string[], qos: 0 | 1 | 2 = 0): ISubscribePacket => {
  return { cmd: 'subscribe', messageId, subscriptions: topics.map((topic) => ({ topic, qos })) };
};
const grantedIn = ({ got }: RawClient) => got.flatMap((packet) => (packet.cmd === 'suback' ? packet.granted : []));

async function attacker(line: MqttLine, participant: string, clientId = 'attacker'): Promise<RawClient> {
  const raw = rawClient(line.door.port);
  raw.send(connectPacket(participant, { clientId }));
  await raw.next('connack');
  return raw;
}

/** Memory in use of this process, with everything in it that nobody needs any more thrown away. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('no filter that there is shows anything of a foreign cell, nor of the broker itself', async () => {
  const line = await mqttLine(['p-ann', 'p-cleo'], { models: { 'p-cleo': foreign } });
  const cleo = await line.connect('p-cleo');
  const raw = await attacker(line, 'p-ann');
  const filters = [
    ...['#', '+/#', '/#', '+/+/+/+/ST77/#', 'other/#', 'other/site/area/line9/#', 'lab/#', 'spBv1.0/+/+/+/#'],
    ...['$SYS/#', '$SYS/+/clients/#', '$SYS/+/new/clients', '$verkstad/#', '$share/g/other/#', '$share/g/lab/#', '$/#'],
  ];
  raw.send(subscribe(1, filters, 1));
  await raw.next('suback');
  await cleo.client.subscribeAsync('#');
  await cleo.client.publishAsync('lab/secret', 'of cleo', { qos: 1, retain: true });
  await pass(line, 3000, 500);
  await settle(cleo);
  await until(() => expect(raw.got.some((one) => one.cmd === 'publish' && one.topic.endsWith('/limits'))).toBe(true));
  const topics = new Set(raw.got.flatMap((packet) => (packet.cmd === 'publish' ? [packet.topic] : [])));
  expect(topics.size).toBeGreaterThan(400);
  expect([...topics].filter((topic) => /^(other|\$|lab)|ST77/.test(topic))).toEqual([]);
});

test.each(['a/#/b', 'a#', 'a+/b', '+a', '', 'a\u0000'])(
  'the filter %j, which is none, is refused or ends its own connection',
  async (filter) => {
    const line = await mqttLine(['p-ann']);
    const mate = await line.connect('p-ann', { clientId: 'mate' });
    const raw = await attacker(line, 'p-ann');
    const bytes = Buffer.from(filter);
    raw.send(Buffer.concat([Buffer.from([0x82, bytes.length + 5, 0, 1, 0, bytes.length]), bytes, Buffer.from([0])]));
    await until(() => expect(raw.isClosed() || grantedIn(raw)[0] === 128).toBe(true));
    await settle(mate);
  },
);

test.each([
  ['a signal of the line', 'nordpump/halmstad/pumps/line1/ST03/Spindle/Load', 'x', true],
  ['a foreign line', 'other/site/area/line9/cmd/ST77/Hold', '{"id":"w1"}', false],
  ['a command that would be retained', 'nordpump/halmstad/pumps/line1/cmd/ST03/Hold', '{"id":"w1"}', true],
  ['the death of the edge node', 'spBv1.0/nordpump-halmstad/NDEATH/line1', 'x', false],
  ['the connection of a vehicle', 'uagv/v2/nordpump/AGV1/connection', '{}', true],
  ['a STATE that is none', 'spBv1.0/STATE/host', 'gone', true],
  ['the broker', '$SYS/x', 'x', false],
])('a will to %s is refused with return code 5 and a reason', async (_, topic, payload, retain) => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync(`${line.prefix}/refusals`);
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann', { will: { topic, payload: Buffer.from(payload), qos: 1, retain } }));
  expect(await raw.next('connack')).toMatchObject({ returnCode: 5 });
  await until(() => expect(mate.json(`${line.prefix}/refusals`)).toMatchObject({ what: 'connect' }));
  expect(mate.json(`${line.prefix}/refusals`)?.reason).toContain(`The will to ${topic}`);
  expect(line.cells['p-ann'].model.definition.topicPrefix).toBe(line.prefix);
});

test('a flood of retained messages keeps 200 of them, and says so of the others', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: generous });
  const [mate, bob] = [await line.connect('p-ann', { clientId: 'mate' }), await line.connect('p-bob')];
  await mate.client.subscribeAsync(`${line.prefix}/refusals`);
  const raw = await attacker(line, 'p-ann');
  const before = usedBytes();
  for (let k = 0; k < 5000; k += 100) {
    raw.send(...Array.from({ length: 100 }, (_, n) => publish(`lab/${k + n}`, 'x'.repeat(KB), { retain: true })));
  }
  raw.send(publish('lab/last', 'done', { qos: 1, messageId: 1 }));
  await raw.next('puback');
  await settle(mate);
  expect(usedBytes() - before).toBeLessThan(8 * MB);
  expect(mate.json(`${line.prefix}/refusals`)?.reason).toMatch(/At most 200 topics and 262144 bytes are retained/);
  // As many refusals as may come at once, not one for each message.
  expect(mate.got.length).toBeLessThanOrEqual(200);
  mate.got.length = 0;
  await mate.client.subscribeAsync('lab/#');
  await until(() => expect(mate.got.length).toBe(200));
  await settle(bob);
});

test(
  'hundreds of malformed and mutilated packets close their own connections, and nothing else',
  { timeout: 120_000 },
  async () => {
    const line = await mqttLine(['p-ann', 'p-bob'], { limits: { ...generous, arrivalsAtOnce: 1000 } });
    const bob = await line.connect('p-bob');
    await bob.client.subscribeAsync('lab/#');
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    const good: Packet[] = [
      publish('lab/x', 'hello', { qos: 1, messageId: 7 }),
      subscribe(3, ['lab/#', '+/b']),
      { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['lab/#'] },
      { cmd: 'pubrel', messageId: 5 },
      { cmd: 'puback', messageId: 6 },
      { cmd: 'pingreq' },
      connectPacket('p-ann'),
    ];
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(mqttPacket.generate(good[round % good.length]));
      for (let n = random(4) + 1; n > 0; n--) bytes[random(bytes.length)] = random(256);
      const junk = Buffer.from(Array.from({ length: random(60) }, () => random(256)));
      const socket = connect({ port: line.door.port, host: '127.0.0.1' });
      socket.on('error', () => {}).resume();
      // Some of it before CONNECT, some after.
      const hello =
        round % 5 === 0 ? Buffer.alloc(0) : mqttPacket.generate(connectPacket('p-ann', { clientId: 'fuzz' }));
      await new Promise<void>((resolve) => socket.end(Buffer.concat([hello, bytes, junk]), () => resolve()));
      await new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
    }
    await settle(bob);
    expect(bob.got).toEqual([]);
    await settle(await line.connect('p-ann'));
    expect(line.log.filter((text) => /could not be opened|command failed/.test(text))).toEqual([]);
  },
);

test('a packet that promises 256 MB is closed at its length, before its bytes come', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = await attacker(line, 'p-ann');
  raw.send(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
  await raw.closed();
  expect(JSON.stringify(line.evidence['p-ann'])).toMatch(/a packet of 268435455 bytes; 65536 are allowed/);
});

test('readers that stall lose messages of QoS 0 instead of holding memory', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: generous });
  const stalled = await Promise.all(Array.from({ length: 6 }, (_, k) => attacker(line, 'p-ann', `stalled-${k}`)));
  for (const raw of stalled) {
    raw.send(subscribe(1, ['lab/#']));
    await raw.next('suback');
    raw.socket.pause();
  }
  const [ann, bob] = [await line.connect('p-ann', { clientId: 'ann' }), await line.connect('p-bob')];
  const before = usedBytes();
  // 6 x 24 MB, if it were held.
  for (let k = 0; k < 400; k++) await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
  await settle(bob);
  expect(usedBytes() - before).toBeLessThan(16 * MB);
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
  expect(usedBytes() - before).toBeLessThan(16 * MB);
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
  expect(usedBytes() - before).toBeLessThan(24 * MB);
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

test('strangers who say nothing take no place from those who do, and are gone after their time', async () => {
  const line = await mqttLine(['p-ann'], { limits: { strangersPerAddress: 20, connectMs: 500 } });
  let closed = 0;
  const sockets = Array.from({ length: 200 }, () => connect({ port: line.door.port, host: '127.0.0.1' }));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  for (const socket of sockets) socket.on('error', () => {}).on('close', () => (closed += 1));
  await until(() => expect(closed).toBeGreaterThanOrEqual(180));
  expect(line.log.join('\n')).toContain('too many of its address');
  await until(() => expect(closed).toBe(200));
  await settle(await line.connect('p-ann'));
});

test('nobody takes over the connection of a team mate, whatever they call themselves', async () => {
  const line = await mqttLine(['p-ann'], { mates: { 'p-eve': 'p-ann' } });
  const ann = await line.connect('p-ann', { clientId: 'same' });
  const kept = await line.connect('p-ann', { clientId: 'kept', clean: false });
  await kept.client.subscribeAsync('lab/for-ann', { qos: 1 });
  await kept.client.endAsync(true);
  for (const clientId of ['same', 'p-ann/same', '../p-ann/same']) await line.connect('p-eve', { clientId });
  const thief = await line.connect('p-eve', { clientId: 'kept', clean: false });
  await thief.client.publishAsync('lab/for-ann', 'hers', { qos: 1 });
  await settle(thief);
  expect(thief.got).toEqual([]);
  await settle(ann);
  const back = await line.connect('p-ann', { clientId: 'kept', clean: false });
  await until(() => expect(back.got.map(({ text }) => text)).toEqual(['hers']));
});

test('a command that is replayed a hundred times is carried out once, and answered alike each time', async () => {
  const line = await mqttLine(['p-ann'], { limits: generous });
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(`${line.prefix}/rsp/#`);
  const message = JSON.stringify({ id: 'replay-1', value: 90 });
  for (let k = 0; k < 100; k++)
    await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Program/Feed`, message, { qos: 1 });
  await until(() => expect(ann.got).toHaveLength(100));
  expect(new Set(ann.got.map(({ text }) => text)).size).toBe(1);
  expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'command')).toHaveLength(1);
});

test('an id that was used is answered with what it did then, and nothing more is done', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(`${line.prefix}/rsp/#`);
  const send = (value: number) =>
    ann.client.publishAsync(`${line.prefix}/cmd/ST03/Program/Feed`, JSON.stringify({ id: 'x1', value }), { qos: 1 });
  for (const value of [90, 110]) await send(value);
  await until(() => expect(ann.got).toHaveLength(2));
  expect(ann.got[1].text).toBe(ann.got[0].text);
  expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'command')).toHaveLength(1);
});

test('a flood of subscriptions is granted 300 filters of 12 levels, and the others are told no', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: generous });
  const [mate, bob] = [await line.connect('p-ann', { clientId: 'mate' }), await line.connect('p-bob')];
  await mate.client.subscribeAsync(`${line.prefix}/refusals`);
  const raw = await attacker(line, 'p-ann');
  const before = usedBytes();
  raw.send(
    subscribe(
      1,
      Array.from({ length: 4000 }, (_, k) => `lab/${k}/+`),
    ),
  );
  await raw.next('suback');
  const granted = grantedIn(raw);
  expect(granted.filter((code) => code !== 128)).toHaveLength(300);
  expect(granted.filter((code) => code === 128)).toHaveLength(3700);
  expect(usedBytes() - before).toBeLessThan(8 * MB);
  await settle(mate);
  expect(mate.got.length).toBeGreaterThan(0);
  expect(mate.got.length).toBeLessThanOrEqual(200);
  raw.send(subscribe(2, [Array.from({ length: 13 }, () => '+').join('/')]));
  await raw.closed();
  await settle(bob);
});

test('a filter or a topic that is longer than 256 characters is refused', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann', { clientId: 'mate' });
  await ann.client.subscribeAsync(`${line.prefix}/refusals`);
  const raw = await attacker(line, 'p-ann');
  raw.send(subscribe(1, [`lab/${'x'.repeat(60_000)}`]));
  await raw.next('suback');
  expect(grantedIn(raw)).toEqual([128]);
  raw.send(publish(`lab/${'x'.repeat(60_000)}`, 'y'));
  await until(() => expect(ann.got.map(({ text }) => text).join()).toMatch(/A topic may have 256 characters/));
});
