import { expect, test } from 'vitest';
import { foreignLine } from '#test/support/foreign-line.ts';
import { attacker, grantedIn, publish, subscribe } from '#test/support/mqtt-attack.ts';
import { mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';

test('no filter that there is shows anything of a foreign cell, nor of the broker itself', async () => {
  const line = await mqttLine(['p-ann', 'p-cleo'], { models: { 'p-cleo': foreignLine } });
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
  ['all topics of its own', 'lab/#', 'x', true],
  ['all stations', 'nordpump/halmstad/pumps/line1/cmd/+/Hold', '{"id":"w1"}', false],
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

/** Bytes of a topic or filter that no text has [MQTT-1.5.3-1] [MQTT-1.5.3-2]. */
const NO_TEXTS = {
  'a null character': Buffer.from('lab/a\0b'),
  'a lone surrogate': Buffer.concat([Buffer.from('lab/'), Buffer.from([0xed, 0xa0, 0x80])]),
  'an overlong slash': Buffer.concat([Buffer.from('lab'), Buffer.from([0xc0, 0xaf])]),
  'a character beyond Unicode': Buffer.concat([Buffer.from('lab/'), Buffer.from([0xf4, 0x90, 0x80, 0x80])]),
  'half a character': Buffer.concat([Buffer.from('lab/'), Buffer.from([0xe2, 0x82])]),
};
const withLength = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
const frame = (first: number, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([first, body.length]), body]);
};

test.each(Object.entries(NO_TEXTS))(
  '%s in a topic or a filter ends its own connection, and is told',
  async (_, bytes) => {
    const line = await mqttLine(['p-ann']);
    const mate = await line.connect('p-ann', { clientId: 'mate' });
    await mate.client.subscribeAsync([`${line.prefix}/refusals`, 'lab/#']);
    const publishing = await attacker(line, 'p-ann', 'publishing');
    publishing.send(frame(0x30, withLength(bytes), Buffer.from('x')));
    await publishing.closed();
    const subscribing = await attacker(line, 'p-ann', 'subscribing');
    subscribing.send(frame(0x82, Buffer.from([0, 1]), withLength(bytes), Buffer.from([0])));
    await subscribing.closed();
    await until(() => expect(mate.got).toHaveLength(2));
    for (const { text } of mate.got) expect(text).toContain('no text in UTF-8');
  },
);

test.each(['lab/\u0007', 'lab/\u0085', 'lab/\uffff', 'lab/\ufdd0', 'lab/\u{1fffe}'])(
  'a topic with the character that is none in %j is refused, and its connection goes on',
  async (topic) => {
    const line = await mqttLine(['p-ann']);
    const mate = await line.connect('p-ann', { clientId: 'mate' });
    await mate.client.subscribeAsync(`${line.prefix}/refusals`);
    const raw = await attacker(line, 'p-ann');
    raw.send(publish(topic, 'x', { retain: true }), subscribe(1, [topic]));
    await raw.next('suback');
    expect(grantedIn(raw)).toEqual([128]);
    await until(() => expect(mate.got).toHaveLength(2));
    for (const { text } of mate.got) expect(text).toContain('control characters');
    raw.send({ cmd: 'pingreq' });
    await raw.next('pingresp');
  },
);

test('topics of the broker, of others and of too many levels are refused; empty levels and any language are topics', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync(['#', '$SYS/#', '$lab/#']);
  await settle(mate);
  const own = ['lab//x', 'lab/', 'lab/Ölpump/温度/🌡', 'lab/\ufeffbom', 'lab/a b', 'lab/é'];
  const none = ['$SYS/broker/load', '$lab/x', '$share/g/lab/x', '/lab/x', 'Lab/x', 'lab', '/', `lab${'/x'.repeat(40)}`];
  const raw = await attacker(line, 'p-ann');
  raw.send(...[...none, ...own].map((topic) => publish(topic, 'x')));
  const last = own[own.length - 1];
  await until(() => expect(mate.got.map(({ topic }) => topic)).toContain(last));
  const heard = mate.got.map(({ topic }) => topic).filter((topic) => !topic.startsWith(line.prefix));
  expect(heard.filter((topic) => [...own, ...none].includes(topic))).toEqual(own);
  const refused = mate.got.filter(({ topic }) => topic === `${line.prefix}/refusals`);
  expect(refused).toHaveLength(none.length);
});
