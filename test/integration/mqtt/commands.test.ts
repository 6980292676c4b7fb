import { expect, test } from 'vitest';
import { CommandResult } from '#contract/command.ts';
import { type Listener, type MqttLine, mqttLine, settle, until } from '#test/support/mqtt-line.ts';

async function commander(): Promise<{ line: MqttLine; ann: Listener; answer: (id: string) => Promise<CommandResult> }> {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync([`${line.prefix}/rsp/+`, `${line.prefix}/refusals`]);
  const answer = (id: string) => {
    return until(() => CommandResult.parse(ann.json(`${line.prefix}/rsp/${id}`)));
  };
  return { line, ann, answer };
}

test('a command on its own topic is carried out and answered under its id', async () => {
  const { line, ann, answer } = await commander();
  await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Hold`, JSON.stringify({ id: 'a1' }), { qos: 1 });
  expect(await answer('a1')).toMatchObject({ id: 'a1', status: 'done', atUs: line.cells['p-ann'].clock.simUs });
  expect(line.evidence['p-ann']).toContainEqual(
    expect.objectContaining({
      kind: 'command',
      participant: 'p-ann',
      via: 'mqtt',
      target: 'ST03.Hold',
      status: 'done',
    }),
  );
});

test('the same command may be sent to cmd with the target in the payload, and a repeat changes nothing', async () => {
  const { line, ann, answer } = await commander();
  const text = JSON.stringify({ id: 'a2', target: 'ST03.Hold' });
  await ann.client.publishAsync(`${line.prefix}/cmd`, text, { qos: 1 });
  const first = await answer('a2');
  await ann.client.publishAsync(`${line.prefix}/cmd`, text, { qos: 1 });
  await until(() => expect(ann.got).toHaveLength(2));
  expect(first.status).toBe('done');
  expect(JSON.parse(ann.got[1].text)).toEqual(first);
});

test('what the plant refuses is answered with its reason', async () => {
  const { line, ann, answer } = await commander();
  const ask = (path: string, request: object) => {
    return ann.client.publishAsync(`${line.prefix}/cmd/${path}`, JSON.stringify(request), { qos: 1 });
  };
  await ask('ST99/Hold', { id: 'b1' });
  expect(await answer('b1')).toMatchObject({ status: 'unknown_target', reason: expect.any(String) as string });
  await ask('ST03/Hold', { id: 'b2' });
  await ask('ST03/Hold', { id: 'b3' });
  expect((await answer('b2')).status).toBe('done');
  expect(await answer('b3')).toMatchObject({ status: 'wrong_state', reason: expect.any(String) as string });
});

test.each([
  ['text that is no JSON', 'cmd/ST03/Hold', '{"id":"c1", hold', /not JSON/],
  ['an unknown member', 'cmd/ST03/Hold', '{"id":"c1","speed":3}', /speed/],
  ['a value of no type', 'cmd/ST03/Hold', '{"id":"c1","value":[1]}', /value/],
  ['two targets', 'cmd/ST03/Hold', '{"id":"c1","target":"ST04.Hold"}', /ST04\.Hold/],
  ['no target', 'cmd', '{"id":"c1"}', /target/],
])('%s is refused under the id that can be found in it', async (_, path, text, reason) => {
  const { line, ann, answer } = await commander();
  await ann.client.publishAsync(`${line.prefix}/${path}`, text, { qos: 1 });
  expect(await answer('c1')).toMatchObject({ status: 'not_allowed', reason: expect.stringMatching(reason) as string });
  expect(ann.json(`${line.prefix}/refusals`)).toMatchObject({ what: `publish ${line.prefix}/${path}` });
  expect(line.evidence['p-ann']).toContainEqual(expect.objectContaining({ kind: 'refusal', via: 'mqtt' }));
});

test.each([
  ['without an id', '{}'],
  ['with an id that is no topic level', '{"id":"a/#"}'],
  ['that is empty', ''],
])('a command %s is refused on the topic for refusals', async (_, text) => {
  const { line, ann } = await commander();
  await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Hold`, text, { qos: 1 });
  await until(() => expect(ann.json(`${line.prefix}/refusals`)).toBeDefined());
  expect(ann.got.map(({ topic }) => topic)).toEqual([`${line.prefix}/refusals`]);
});

test('a retained command is refused, and not retained', async () => {
  const { line, ann } = await commander();
  await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Hold`, '{"id":"d1"}', { qos: 1, retain: true });
  await until(() => {
    expect(ann.json(`${line.prefix}/refusals`)?.reason).toMatch(/retain/);
  });
  const late = await line.connect('p-ann', { clientId: 'late' });
  await late.client.subscribeAsync(`${line.prefix}/cmd/#`);
  await settle(late);
  expect(late.got).toEqual([]);
  expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'command')).toEqual([]);
});

test('a command sent at QoS 2 is carried out once', async () => {
  const { line, ann, answer } = await commander();
  await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Hold`, '{"id":"e1"}', { qos: 2 });
  expect((await answer('e1')).status).toBe('done');
  expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'command')).toHaveLength(1);
});
