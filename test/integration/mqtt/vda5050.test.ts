import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { Model } from '#simulator/cell/model.ts';
import { pumpLine } from '#test/support/live-cell-for-test.ts';
import { type Listener, type MqttLine, mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const schemaOf = (what: string) =>
  ajv.compile(
    JSON.parse(
      readFileSync(new URL(`../../conformance/vda5050-2.1.0/${what}.schema.json`, import.meta.url), 'utf8'),
    ) as object,
  );
const schemas = Object.fromEntries(
  ['connection', 'factsheet', 'state', 'visualization', 'order', 'instantActions'].map((what) => [
    what,
    schemaOf(what),
  ]),
);

interface State {
  readonly headerId: number;
  readonly timestamp: string;
  readonly orderId: string;
  readonly orderUpdateId: number;
  readonly driving: boolean;
  readonly paused: boolean;
  readonly lastNodeId: string;
  readonly actionStates: readonly { actionId: string; actionType: string; actionStatus: string }[];
  readonly errors: readonly {
    errorType: string;
    errorLevel: string;
    errorReferences: readonly { referenceKey: string; referenceValue: string }[];
  }[];
}

const of = (serial: string, what: string) => `uagv/v2/nordpump/${serial}/${what}`;
const header = (serial: string, headerId = 1) => ({
  ...{ headerId, timestamp: '2026-11-03T09:00:00.000Z', version: '2.1.0' },
  ...{ manufacturer: 'nordpump', serialNumber: serial },
});

/** Through these nodes, all released. */
function orderOf(nodeIds: readonly string[], { id = 'o-1', serial = 'AGV2', update = 0 } = {}) {
  const nodes = nodeIds.map((nodeId, k) => ({ nodeId, sequenceId: 2 * k, released: true, actions: [] }));
  const edges = nodes.slice(1).map(({ nodeId }, k) => ({
    ...{ edgeId: `e${k}`, sequenceId: 2 * k + 1, released: true, actions: [] },
    ...{ startNodeId: nodes[k].nodeId, endNodeId: nodeId },
  }));
  return { ...header(serial), orderId: id, orderUpdateId: update, nodes, edges };
}

const actionsOf = (actionType: string, actionId = 'i-1', serial = 'AGV2') => ({
  ...header(serial),
  actions: [{ actionType, actionId, blockingType: 'NONE', actionParameters: [] }],
});

const messages = ({ got }: Listener, topic: string) => got.filter((one) => one.topic === topic);
const states = (listener: Listener, serial = 'AGV2') =>
  messages(listener, of(serial, 'state')).map(({ text }) => JSON.parse(text) as State);

async function master(model = pumpLine()): Promise<{
  line: MqttLine;
  ann: Listener;
  send: (what: string, message: object) => Promise<unknown>;
}> {
  const line = await mqttLine(['p-ann'], { model });
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync([`${line.prefix}/refusals`, 'uagv/v2/+/+/+'], { qos: 1 });
  await settle(ann);
  // The line's own fleet control gives no missions, so that the vehicles are free.
  const command = (target: string, value: number | object) =>
    line.cells['p-ann'].command({ id: target, target, value: value as number }, { actor: 'p-ann', via: 'http' });
  for (const [target, value] of [
    ['ST10.Cartons.Most', 40],
    ['ST10.Cartons.CallAt', 40],
    ['ST01.Stock.ReorderPoint', 0],
  ] as const) {
    await command(target, value);
  }
  await until(async () => {
    await pass(line, 60_000);
    expect(states(ann).at(-1)).toMatchObject({ nodeStates: [], lastNodeId: 'dock2', driving: false });
  });
  ann.got.splice(0, ann.got.length, ...ann.got.filter(({ retain }) => retain));
  const send = (what: string, message: object) => {
    const isValid = schemas[what](message);
    expect(isValid, JSON.stringify(schemas[what].errors)).toBe(true);
    return ann.client.publishAsync(
      of((message as { serialNumber: string }).serialNumber, what),
      JSON.stringify(message),
    );
  };
  return { line, ann, send };
}

test('whatever a vehicle says in a quarter of an hour with an order fits the official schemas', async () => {
  const { line, ann, send } = await master();
  await send('order', orderOf(['dock2', 'dock2-entry', 'store']));
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
  expect(kindOf('factsheet').every(([, retain]) => retain)).toBe(true);
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

test('an order is driven node by node, and each step is a state', async () => {
  const { line, ann, send } = await master();
  await send('order', orderOf(['dock2', 'dock2-entry', 'store']));
  await until(async () => {
    await pass(line, 5000);
    await settle(ann);
    expect(states(ann).at(-1)).toMatchObject({ orderId: 'o-1', lastNodeId: 'store', driving: false });
  });
  const passed = states(ann).flatMap(({ orderId, lastNodeId }) => (orderId === 'o-1' ? [lastNodeId] : []));
  expect([...new Set(passed)].slice(0, 2)).toEqual(['dock2', 'dock2-entry']);
  expect(line.evidence['p-ann'].filter((entry) => entry.kind === 'command' && entry.via === 'mqtt')).toMatchObject([
    { via: 'mqtt', target: 'ST11.Order', status: 'done' },
  ]);
});

test('a refused order stands in the state with its references until one is accepted, and is told on refusals', async () => {
  const { line, ann, send } = await master();
  await send('order', orderOf(['dock2', 'nowhere'], { id: 'o-bad' }));
  await until(() =>
    expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'noRouteError', errorLevel: 'WARNING' }]),
  );
  expect(states(ann).at(-1)?.errors[0].errorReferences).toEqual([
    { referenceKey: 'topic', referenceValue: 'order' },
    { referenceKey: 'headerId', referenceValue: '1' },
    { referenceKey: 'orderId', referenceValue: 'o-bad' },
    { referenceKey: 'orderUpdateId', referenceValue: '0' },
  ]);
  await until(() =>
    expect(ann.json(`${line.prefix}/refusals`)).toMatchObject({ what: `publish ${of('AGV2', 'order')}` }),
  );
  await pass(line, 35_000);
  expect(states(ann).at(-1)?.errors).toHaveLength(1);
  await send('order', orderOf(['dock2', 'dock2-entry']));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ orderId: 'o-1', errors: [] }));
});

test('the same order again changes nothing, and an older update is refused', async () => {
  const { ann, send } = await master();
  await send('order', orderOf(['dock2', 'dock2-entry']));
  await until(() => expect(states(ann).at(-1)?.errors).toEqual([]));
  await until(() => expect(states(ann).at(-1)?.orderId).toBe('o-1'));
  await send('order', orderOf(['dock2', 'dock2-entry']));
  await settle(ann);
  expect(states(ann).at(-1)?.errors).toEqual([]);
  await send('order', orderOf(['dock2', 'dock2-entry'], { id: 'o-2' }));
  await until(() => expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'orderError' }]));
});

test('instant actions show what became of them in actionStates', async () => {
  const { line, ann, send } = await master();
  await send('order', orderOf(['dock2', 'dock2-entry', 'store']));
  await pass(line, 3000);
  await send('instantActions', actionsOf('startPause', 'pause'));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ paused: true }));
  expect(states(ann).at(-1)?.actionStates).toContainEqual(
    expect.objectContaining({ actionId: 'pause', actionType: 'startPause', actionStatus: 'FINISHED' }),
  );
  await send('instantActions', actionsOf('stopPause', 'go'));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ paused: false }));
  await send('instantActions', actionsOf('liftFork', 'no'));
  await until(() =>
    expect(states(ann).at(-1)?.actionStates).toContainEqual(
      expect.objectContaining({ actionId: 'no', actionStatus: 'FAILED' }),
    ),
  );
  expect(states(ann).at(-1)?.errors[0].errorReferences).toContainEqual({
    referenceKey: 'actionId',
    referenceValue: 'no',
  });
  await send('instantActions', actionsOf('cancelOrder', 'cancel'));
  await until(async () => {
    await pass(line, 5000);
    await settle(ann);
    expect(states(ann).at(-1)?.actionStates).toContainEqual(
      expect.objectContaining({ actionId: 'cancel', actionStatus: 'FINISHED' }),
    );
  });
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

test('cancelling without an order is noOrderToCancel', async () => {
  const { ann, send } = await master();
  await send('order', orderOf(['dock2']));
  await until(() => expect(states(ann).at(-1)?.orderId).toBe('o-1'));
  await send('instantActions', actionsOf('cancelOrder', 'c'));
  await until(() => expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'noOrderToCancel' }]));
});

test.each([
  ['no JSON', 'drive', 'is no JSON'],
  ['a list', '[]', 'no JSON object'],
  ['another version', JSON.stringify({ ...orderOf(['dock2']), version: '1.1.0' }), 'version is "1.1.0"'],
  ['another vehicle', JSON.stringify({ ...orderOf(['dock2']), serialNumber: 'AGV1' }), 'serialNumber is "AGV1"'],
  ['another maker', JSON.stringify({ ...orderOf(['dock2']), manufacturer: 'x' }), 'manufacturer is "x"'],
  ['no header id', JSON.stringify({ ...orderOf(['dock2']), headerId: undefined }), 'headerId is missing'],
  ['no time', JSON.stringify({ ...orderOf(['dock2']), timestamp: 'now' }), 'timestamp is "now"'],
])('an order that is %s becomes a validationError', async (_, text, reason) => {
  const { line, ann } = await master();
  await ann.client.publishAsync(of('AGV2', 'order'), text, { qos: 1 });
  await until(() => expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'validationError' }]));
  await until(() => expect(ann.json(`${line.prefix}/refusals`)?.reason).toContain(reason));
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
  await ann.client.subscribeAsync('uagv/v2/+/AGV1/+', { qos: 1 });
  await pass(line, 420_000);
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
