import type mqttPacket from 'mqtt-packet';
import { type IPublishPacket } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';

const publish = (topic: string, payload: string | Buffer): IPublishPacket => {
  return { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false };
};

test('a reader that stalls holds up neither its cell mates, nor who publishes to it, nor another cell', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: { bytesPerSecond: 100_000_000 } });
  const stalled = rawClient(line.door.port);
  stalled.send(connectPacket('p-ann', { clientId: 'stalled' }), {
    ...{ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'lab/#', qos: 0 }] },
  });
  await stalled.next('suback');
  stalled.socket.pause();
  const ann = await line.connect('p-ann', { clientId: 'ann' });
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  const bob = await line.connect('p-bob');
  await mate.client.subscribeAsync('lab/#', { qos: 0 });
  const payload = 'x'.repeat(60_000);
  for (let k = 0; k < 200; k++) {
    await ann.client.publishAsync('lab/big', payload, { qos: 1 });
    line.wall.leap(100);
  }
  await settle(ann);
  await until(() => expect(mate.got.filter(({ topic }) => topic === 'lab/big')).toHaveLength(200));
  await settle(bob);
  expect(stalled.isClosed()).toBe(false);

  stalled.socket.resume();
  await until(async () => {
    await ann.client.publishAsync('lab/after', 'caught up', { qos: 1 });
    expect(stalled.got.at(-1)).toMatchObject({ topic: 'lab/after' });
  });
  const topics = stalled.got.map((packet) => (packet.cmd === 'publish' ? packet.topic : ''));
  const received = topics.filter((topic) => topic === 'lab/big').length;
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(200);
});

test('a reader that takes nothing at all for long is closed', async () => {
  const line = await mqttLine(['p-ann'], { limits: { bytesPerSecond: 100_000_000, stalledMs: 300 } });
  const stalled = rawClient(line.door.port);
  stalled.send(connectPacket('p-ann', { clientId: 'stalled' }), {
    ...{ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'lab/#', qos: 0 }] },
  });
  await stalled.next('suback');
  stalled.socket.pause();
  const ann = await line.connect('p-ann', { clientId: 'ann' });
  for (let k = 0; k < 200; k++) {
    await ann.client.publishAsync('lab/big', 'x'.repeat(60_000), { qos: 1 });
    line.wall.leap(100);
  }
  await until(() => expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'mqtt.closed')).toHaveLength(1));
});

test('a packet of more than 64 KB closes its own connection only', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync(['lab/#', `${line.prefix}/refusals`]);
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann'));
  await raw.next('connack');
  raw.send(publish('lab/fits', Buffer.alloc(65_000)), publish('lab/big', Buffer.alloc(70_000)));
  await raw.closed();
  await until(() => expect(mate.json(`${line.prefix}/refusals`)?.reason).toMatch(/65536 are allowed/));
  expect(mate.got.map(({ topic }) => topic)).not.toContain('lab/big');
  await settle(mate);
});

test('a malformed packet closes its own connection only', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  for (const bytes of [Buffer.from([0x36, 2, 0, 0]), Buffer.from([0x82, 3, 0, 1, 9]), Buffer.from([0xf0, 0])]) {
    const raw = rawClient(line.door.port);
    raw.send(connectPacket('p-ann'));
    await raw.next('connack');
    raw.send(bytes);
    await raw.closed();
  }
  await settle(mate);
});

test.each([
  ['packets', { packetsPerSecond: 50 }, 200, 10],
  ['bytes', { bytesPerSecond: 10_000 }, 30, 1000],
])('a client that sends too many %s is closed, and told so in evidence', async (what, limits, count, bytes) => {
  const line = await mqttLine(['p-ann'], { limits });
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann'));
  await raw.next('connack');
  raw.send(...Array.from({ length: count }, () => publish('lab/x', 'y'.repeat(bytes))));
  await raw.closed();
  expect(line.evidence['p-ann']).toContainEqual(
    expect.objectContaining({ kind: 'refusal', what: 'connection', reason: expect.stringContaining(what) as string }),
  );
});

test('a connection may have so many filters and levels, and a participant so many connections', async () => {
  const line = await mqttLine(['p-ann'], { limits: { filters: 5, connectionsPerUser: 3 } });
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann'));
  const subscriptions = Array.from({ length: 7 }, (_, k) => ({ topic: `lab/${k}`, qos: 2 as const }));
  raw.send({ cmd: 'subscribe', messageId: 1, subscriptions });
  expect(await raw.next('suback')).toMatchObject({ granted: [1, 1, 1, 1, 1, 128, 128] });
  await line.connect('p-ann', { clientId: 'two' });
  await line.connect('p-ann', { clientId: 'three' });
  await expect(line.connect('p-ann', { clientId: 'four' })).rejects.toMatchObject({ code: 3 });
  raw.socket.destroy();
  await raw.closed();
  const four = await line.connect('p-ann', { clientId: 'four' });
  await four.client.subscribeAsync(`${line.prefix}/refusals`);
  await four.client.subscribeAsync('a/b/c/d/e/f/g/h/i/j/k/l/m').catch(() => {});
  await until(() => expect(four.json(`${line.prefix}/refusals`)?.reason).toBe('A topic filter may have 12 levels.'));
});

test('a client that subscribes everything over and over is refused after a while', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann'));
  await raw.next('connack');
  for (let k = 1; k <= 60; k++) raw.send({ cmd: 'subscribe', messageId: k, subscriptions: [{ topic: '#', qos: 0 }] });
  const granted = await until(() => {
    const subacks = raw.got.flatMap((packet) => (packet.cmd === 'suback' ? [packet.granted[0]] : []));
    expect(subacks).toHaveLength(60);
    return subacks;
  });
  expect(granted[0]).toBe(0);
  expect(granted[59]).toBe(128);
});

test('a participant who connects all the time has to wait', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: { arrivalsAtOnce: 5 } });
  const codes: unknown[] = [];
  for (let k = 0; k < 8; k++) {
    const raw = rawClient(line.door.port);
    raw.send(connectPacket('p-ann'));
    codes.push(((await raw.next('connack')) as mqttPacket.IConnackPacket).returnCode);
    raw.socket.destroy();
  }
  expect(codes).toEqual([0, 0, 0, 0, 0, 3, 3, 3]);
  await settle(await line.connect('p-bob'));
  await pass(line, 5000);
  await settle(await line.connect('p-ann'));
});
