import { expect, test } from 'vitest';
import { attacker, publish } from '#test/support/mqtt-attack.ts';
import { mqttLine, settle, until } from '#test/support/mqtt-line.ts';

test('lab/ belongs to the participants of a cell: published, heard and retained', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync('lab/#', { qos: 1 });
  await ann.client.publishAsync('lab/oee', '0.71', { qos: 1, retain: true });
  await until(() => expect(mate.got).toMatchObject([{ topic: 'lab/oee', text: '0.71', retain: false, qos: 1 }]));
  await ann.client.endAsync();
  await mate.client.endAsync();
  const later = await line.connect('p-ann', { clientId: 'later' });
  await later.client.subscribeAsync('lab/+');
  await until(() => expect(later.got).toMatchObject([{ topic: 'lab/oee', text: '0.71', retain: true, qos: 0 }]));
  await later.client.publishAsync('lab/oee', '', { retain: true });
  const last = await line.connect('p-ann', { clientId: 'last' });
  await last.client.subscribeAsync('lab/+');
  await settle(last);
  expect(last.got).toEqual([]);
});

test.each([
  ['a signal', 'nordpump/halmstad/pumps/line1/ST03/Spindle/Load'],
  ['an answer', 'nordpump/halmstad/pumps/line1/rsp/a1'],
  ['the clock', 'nordpump/halmstad/pumps/line1/Clock'],
  ['the top', 'something'],
  ['$SYS', '$SYS/broker/uptime'],
])('publishing to %s is acknowledged but refused, in evidence and on the topic for refusals', async (_, topic) => {
  const line = await mqttLine(['p-ann']);
  const [ann, mate] = [await line.connect('p-ann'), await line.connect('p-ann', { clientId: 'mate' })];
  const refusals = `${line.prefix}/refusals`;
  await mate.client.subscribeAsync([topic, refusals]);
  await settle(mate);
  mate.got.splice(0);
  for (const qos of [0, 1, 2] as const) await ann.client.publishAsync(topic, 'forged', { qos, retain: true });
  await settle(ann);
  await settle(mate);
  expect(mate.got.map((one) => one.topic)).toEqual([refusals, refusals, refusals]);
  expect(mate.json(refusals)).toMatchObject({
    what: `publish ${topic}`,
    reason: expect.stringContaining('lab/') as string,
  });
  const refused = line.evidence['p-ann'].filter(({ kind }) => kind === 'refusal');
  expect(refused).toMatchObject([{ participant: 'p-ann', via: 'mqtt', what: `publish ${topic}` }]);
  expect(line.evidence['p-ann'].some((entry) => entry.kind === 'mqtt.publish' && entry.topic === topic)).toBe(false);
});

test('retained messages are bounded, and what does not fit is refused', async () => {
  const line = await mqttLine(['p-ann'], { limits: { retainedTopics: 3, retainedBytes: 100 } });
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(`${line.prefix}/refusals`);
  const retain = (topic: string, bytes: number) => {
    return ann.client.publishAsync(`lab/${topic}`, 'x'.repeat(bytes), { qos: 1, retain: true });
  };
  for (const [topic, bytes] of [['a', 40] as const, ['b', 40] as const, ['c', 40] as const]) await retain(topic, bytes);
  await retain('a', 50);
  await retain('c', 1);
  await retain('d', 1);
  await settle(ann);
  expect(ann.got.map(({ text }) => (JSON.parse(text) as { what: string }).what)).toEqual([
    'publish lab/c',
    'publish lab/d',
  ]);
  await ann.client.subscribeAsync('lab/+');
  await settle(ann);
  const kept = ann.got.filter(({ retain: isRetained }) => isRetained).map(({ topic, text }) => [topic, text.length]);
  expect(kept).toEqual([
    ['lab/b', 40],
    ['lab/a', 50],
    ['lab/c', 1],
  ]);
});

test('a will is published when its client vanishes, and not when it says goodbye', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync('lab/#');
  const will = { topic: 'lab/status/pump', payload: Buffer.from('gone'), qos: 1, retain: true } as const;
  const polite = await line.connect('p-ann', { clientId: 'polite', will });
  await polite.client.endAsync();
  await settle(mate);
  expect(mate.got).toEqual([]);
  const rude = await line.connect('p-ann', { clientId: 'rude', will });
  rude.client.stream.destroy();
  await until(() => expect(mate.got).toMatchObject([{ topic: 'lab/status/pump', text: 'gone' }]));
  const late = await line.connect('p-ann', { clientId: 'late' });
  await late.client.subscribeAsync('lab/status/+');
  await until(() => expect(late.got).toMatchObject([{ text: 'gone', retain: true }]));
});

test('a QoS 1 message is not lost when others of QoS 0 overtake it', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync('lab/#', { qos: 1 });
  for (let k = 0; k < 100; k++) {
    ann.client.publish(`lab/sure/${k}`, 'x', { qos: 1, retain: k % 2 === 0 });
    ann.client.publish(`lab/maybe/${k}`, 'x', { qos: 0 });
    if (k % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await until(() => expect(ann.got.filter(({ topic }) => topic.startsWith('lab/sure/'))).toHaveLength(100));
});

test('a QoS 2 message that is sent again before it is released is passed on once, and its id is free after that', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  await mate.client.subscribeAsync('lab/#');
  const raw = await attacker(line, 'p-ann');
  const send = (text: string, dup: boolean) => raw.send(publish('lab/x', text, { qos: 2, messageId: 7, dup }));
  send('once', false);
  await raw.next('pubrec');
  send('once', true);
  await until(() => expect(raw.got.filter(({ cmd }) => cmd === 'pubrec')).toHaveLength(2));
  raw.send({ cmd: 'pubrel', messageId: 7 });
  await raw.next('pubcomp');
  send('another', false);
  await until(() => expect(mate.got.map(({ text }) => text)).toEqual(['once', 'another']));
});
