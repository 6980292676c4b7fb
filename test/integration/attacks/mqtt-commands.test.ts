import { expect, test } from 'vitest';
import { generous } from '#test/support/mqtt-attack.ts';
import { mqttLine, settle, until } from '#test/support/mqtt-line.ts';

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
