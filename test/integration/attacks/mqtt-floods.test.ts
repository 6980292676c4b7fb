import { connect } from 'node:net';
import type { IConnackPacket } from 'mqtt-packet';
import { expect, onTestFinished, test } from 'vitest';
import { attacker, generous, grantedIn, KB, MB, publish, subscribe } from '#test/support/mqtt-attack.ts';
import { mqttLine, settle, until } from '#test/support/mqtt-line.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';
import { usedBytes } from '#test/support/used-bytes.ts';

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
  await until(() => expect(usedBytes() - before).toBeLessThan(8 * MB));
  expect(mate.json(`${line.prefix}/refusals`)?.reason).toMatch(/At most 200 topics and 262144 bytes are retained/);
  // As many refusals as may come at once, not one for each message.
  expect(mate.got.length).toBeLessThanOrEqual(200);
  mate.got.length = 0;
  await mate.client.subscribeAsync('lab/#');
  await until(() => expect(mate.got.length).toBe(200));
  await settle(bob);
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
  await until(() => expect(usedBytes() - before).toBeLessThan(8 * MB));
  await settle(mate);
  expect(mate.got.length).toBeGreaterThan(0);
  expect(mate.got.length).toBeLessThanOrEqual(200);
  const deep = await attacker(line, 'p-ann', 'deep');
  deep.send(subscribe(2, [Array.from({ length: 13 }, () => '+').join('/')]));
  await deep.next('suback');
  expect(grantedIn(deep)).toEqual([128]);
  await settle(bob);
});

test('several who flood their cells at once are closed and told why, and another is served meanwhile', async () => {
  const names = ['p-ann', 'p-bob', 'p-cleo'];
  const line = await mqttLine([...names, 'p-dan']);
  const dan = await line.connect('p-dan');
  await dan.client.subscribeAsync('lab/#', { qos: 1 });
  const before = usedBytes();
  const floods = names.flatMap((name) => [1, 2, 3].map((k) => attacker(line, name, `flood-${k}`)));
  const attackers = await Promise.all(floods);
  attackers.forEach((raw, k) => {
    const big = k % 2 === 0;
    raw.send(...Array.from({ length: big ? 12 : 900 }, () => publish('lab/flood', 'x'.repeat(big ? 60_000 : 10))));
  });
  for (let k = 0; k < 50; k++) await dan.client.publishAsync(`lab/${k}`, 'mine', { qos: 1 });
  await until(() =>
    expect(dan.got.map(({ topic }) => topic)).toEqual(Array.from({ length: 50 }, (_, k) => `lab/${k}`)),
  );
  for (const raw of attackers) await raw.closed();
  for (const name of names) {
    expect(JSON.stringify(line.evidence[name])).toMatch(/more than \d+ (bytes|packets) a second/);
    expect(line.evidence[name].length).toBeLessThan(150);
  }
  await until(() => expect(usedBytes() - before).toBeLessThan(8 * MB));
});

test('a flood of wills retains as much as all else may, however many were left while there was room', async () => {
  const limits = { arrivalsAtOnce: 30, connectionsPerUser: 40, retainedTopics: 10 };
  const line = await mqttLine(['p-ann', 'p-bob'], { limits });
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync(`${line.prefix}/refusals`);
  const arrive = async (k: number) => {
    const raw = rawClient(line.door.port);
    const will = { topic: `lab/will/${k}`, payload: Buffer.alloc(2000, 'x'), qos: 1, retain: true } as const;
    raw.send(connectPacket('p-ann', { clientId: `w-${k}`, will }));
    return { raw, code: ((await raw.next('connack')) as IConnackPacket).returnCode };
  };
  const present = [];
  for (let k = 0; k < 20; k++) present.push(await arrive(k));
  expect(present.map(({ code }) => code)).toEqual(Array(20).fill(0));
  for (const { raw } of present) raw.socket.destroy();
  await until(() => expect(mate.got.length).toBe(10));
  for (const { text } of mate.got) expect(text).toMatch(/publish lab\/will\/\d+","reason":"At most 10 topics/);

  const codes = [];
  for (let k = 20; k < 32; k++) codes.push((await arrive(k)).code);
  // There is no room for their wills, and soon they have come too often.
  expect(codes).toEqual([...Array<number>(9).fill(5), 3, 3, 3]);
  mate.got.length = 0;
  await mate.client.subscribeAsync('lab/will/+');
  const kept = () => mate.got.filter(({ topic, retain }) => retain && topic.startsWith('lab/will/'));
  await until(() => expect(kept().length).toBeGreaterThanOrEqual(10));
  await settle(mate);
  expect(kept()).toHaveLength(10);
  await settle(await line.connect('p-bob'));
});

test('filters that overlap hear a message once', async () => {
  const line = await mqttLine(['p-ann', 'p-bob'], { limits: generous });
  const raw = await attacker(line, 'p-ann');
  const plus = (from: number) => ['a', 'b', 'c', 'd', 'e'].map((level, k) => ((from >> k) & 1 ? '+' : level)).join('/');
  const overlapping = Array.from({ length: 32 }, (_, k) => `lab/${plus(k)}`);
  raw.send(subscribe(1, overlapping.slice(0, 16), 0), subscribe(2, [...overlapping, 'lab/#', 'lab/+/#', '+/a/#'], 1));
  await raw.next('suback');
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.publishAsync('lab/a/b/c/d/e', 'once', { qos: 1 });
  await settle(mate);
  raw.send({ cmd: 'pingreq' });
  await raw.next('pingresp');
  const heard = raw.got.flatMap((packet) => (packet.cmd === 'publish' ? [packet.topic] : []));
  expect(heard.filter((topic) => !topic.startsWith('lab/settle'))).toEqual(['lab/a/b/c/d/e']);
});

test('guesses of keys are each refused, fill no log, and keep nobody out', async () => {
  const line = await mqttLine(['p-ann']);
  for (let k = 0; k < 120; k++) {
    const raw = rawClient(line.door.port);
    raw.send(connectPacket('p-ann', { password: Buffer.from(`guess-${k}`) }));
    expect(await raw.next('connack')).toMatchObject({ returnCode: 4 });
    raw.socket.destroy();
  }
  expect(line.log.length).toBeLessThanOrEqual(50);
  expect(line.log.join('\n')).not.toContain('guess');
  await settle(await line.connect('p-ann'));
});
