import { expect, test } from 'vitest';
import { Model } from '#simulator/cell/model.ts';
import { pumpLine } from '#test/support/live-cell-for-test.ts';
import { mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';
import { actionsOf, master, messages, of, orderOf, schemas, type State, states } from '#test/support/vda5050-master.ts';

test('whatever a vehicle says in a quarter of an hour with an order fits the official schemas', async () => {
  const { line, ann, send } = await master();
  const { nodes, ...order } = orderOf(['dock2', 'dock2-entry', 'store']);
  const act = (actionType: string) => ({ actionType, actionId: actionType, blockingType: 'HARD' });
  const [dock, entry, store] = nodes;
  await send('order', {
    ...order,
    nodes: [{ ...dock, actions: [act('stopCharging'), act('pick')] }, entry, { ...store, actions: [act('drop')] }],
  });
  await pass(line, 900_000);
  await settle(ann);
  const kinds = new Map<string, number>();
  for (const { topic, text } of ann.got) {
    const what = topic.split('/').at(-1)!;
    if (!topic.startsWith('uagv/') || what === 'order') continue;
    const isValid = schemas[what](JSON.parse(text));
    expect(isValid, `${topic} ${text} ${JSON.stringify(schemas[what].errors)}`).toBe(true);
    kinds.set(what, (kinds.get(what) ?? 0) + 1);
  }
  expect([...kinds.keys()].sort()).toEqual(['connection', 'factsheet', 'state', 'visualization']);
  expect(kinds.get('state')).toBeGreaterThan(60);
  const carried = states(ann).map(({ loads }) => loads.map(({ loadType }) => loadType).join());
  expect(carried.filter((load, k) => load !== carried[k - 1]).slice(0, 3)).toEqual(['', 'castings', '']);
});

test('connection is QoS 1 and retained, factsheet is retained, state and visualization are neither', async () => {
  const { line, ann } = await master();
  await pass(line, 31_000);
  await settle(ann);
  const kindOf = (what: string) =>
    ['AGV1', 'AGV2'].flatMap((serial) => messages(ann, of(serial, what)).map(({ qos, retain }) => [qos, retain]));
  expect(kindOf('connection')).toEqual([
    [1, true],
    [1, true],
  ]);
  expect(ann.json(of('AGV1', 'connection'))).toMatchObject({ connectionState: 'ONLINE', version: '2.1.0' });
  expect(kindOf('factsheet')).toEqual([
    [0, true],
    [0, true],
  ]);
  expect(new Set(kindOf('state').map(String))).toEqual(new Set(['0,false']));
  expect(new Set(kindOf('visualization').map(String))).toEqual(new Set(['0,false']));
});

test('a state comes at once, then on change and at least every 30 s, and headerId counts each topic by itself', async () => {
  const { line, ann } = await master();
  await pass(line, 300_000);
  await settle(ann);
  for (const what of ['state', 'visualization']) {
    const ids = messages(ann, of('AGV2', what)).map(({ text }) => (JSON.parse(text) as State).headerId);
    expect(ids).toEqual(ids.map((_, k) => ids[0] + k));
  }
  const times = states(ann).map(({ timestamp }) => Date.parse(timestamp));
  expect(times.length).toBeGreaterThanOrEqual(10);
  for (let k = 1; k < times.length; k++) expect(times[k] - times[k - 1]).toBeLessThanOrEqual(30_200);
});

test('stateRequest and factsheetRequest are answered at once', async () => {
  const { ann, send } = await master();
  const before = states(ann, 'AGV1').length;
  const factsheets = messages(ann, of('AGV1', 'factsheet')).length;
  await send('instantActions', actionsOf('stateRequest', 's', 'AGV1'));
  await send('instantActions', actionsOf('factsheetRequest', 'f', 'AGV1'));
  await until(() => expect(messages(ann, of('AGV1', 'factsheet')).length).toBe(factsheets + 1));
  expect(states(ann, 'AGV1').length).toBeGreaterThan(before);
});

test('when the cell goes its vehicles say OFFLINE', async () => {
  const { line, ann } = await master();
  line.cells['p-ann'].close('The cell was reset.');
  await until(() => expect(ann.client.connected).toBe(false));
  for (const serial of ['AGV1', 'AGV2']) {
    expect(ann.json(of(serial, 'connection'))).toMatchObject({ connectionState: 'OFFLINE', headerId: 1 });
  }
});

test('a vehicle that cannot be heard is CONNECTIONBROKEN and says nothing, until it is ONLINE again', async () => {
  const dropout = { fault: 'sensor-dropout', signal: 'ST11.Agv1.X', at: '61 min', for: '5 min' };
  const line = await mqttLine(['p-ann'], { model: new Model({ ...pumpLine().definition, scenario: [dropout] }) });
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(['uagv/v2/+/AGV1/+', `${line.prefix}/refusals`], { qos: 1 });
  await pass(line, 180_000);
  // What it cannot hear it does not obey, and whoever sent it is told.
  await ann.client.publishAsync(of('AGV1', 'order'), JSON.stringify(orderOf(['dock1'], { serial: 'AGV1' })), {
    qos: 1,
  });
  await settle(ann);
  expect(ann.json(`${line.prefix}/refusals`)?.reason).toMatch(/AGV1 has no connection/);
  expect(line.evidence['p-ann'].some(({ kind }) => kind === 'command')).toBe(false);
  await pass(line, 240_000);
  await settle(ann);
  const connections = messages(ann, of('AGV1', 'connection')).map(
    ({ text }) => JSON.parse(text) as { connectionState: string; timestamp: string },
  );
  expect(connections.map(({ connectionState }) => connectionState)).toEqual(['ONLINE', 'CONNECTIONBROKEN', 'ONLINE']);
  const silent = states(ann, 'AGV1').filter(
    ({ timestamp }) => timestamp > connections[1].timestamp && timestamp < connections[2].timestamp,
  );
  expect(silent).toEqual([]);
});

test('nobody but the line speaks for a vehicle, and a retained order is refused', async () => {
  const { line, ann } = await master();
  for (const what of ['state', 'connection', 'factsheet', 'visualization']) {
    await ann.client.publishAsync(of('AGV1', what), '{}', { qos: 1 });
  }
  await ann.client.publishAsync(of('AGV1', 'order'), JSON.stringify(orderOf(['dock1'])), { qos: 1, retain: true });
  await settle(ann);
  expect(messages(ann, `${line.prefix}/refusals`)).toHaveLength(5);
  expect(messages(ann, of('AGV1', 'connection')).at(-1)?.text).not.toBe('{}');
});
