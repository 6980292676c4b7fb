import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { pumpLine } from './live-cell-for-test.ts';
import { type Listener, type MqttLine, mqttLine, pass, settle, until } from './mqtt-line.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const schemaOf = (what: string) =>
  ajv.compile(
    JSON.parse(
      readFileSync(new URL(`../conformance/vda5050-2.1.0/${what}.schema.json`, import.meta.url), 'utf8'),
    ) as object,
  );
/** The official JSON schemas of VDA 5050 2.1.0, by topic. */
export const schemas = Object.fromEntries(
  ['connection', 'factsheet', 'state', 'visualization', 'order', 'instantActions'].map((what) => [
    what,
    schemaOf(what),
  ]),
);

export interface State {
  readonly headerId: number;
  readonly timestamp: string;
  readonly orderId: string;
  readonly orderUpdateId: number;
  readonly driving: boolean;
  readonly paused: boolean;
  readonly lastNodeId: string;
  readonly loads: readonly { loadType: string }[];
  readonly nodeStates: readonly { nodeId: string; sequenceId: number; released: boolean }[];
  readonly actionStates: readonly { actionId: string; actionType: string; actionStatus: string }[];
  readonly errors: readonly {
    errorType: string;
    errorLevel: string;
    errorReferences: readonly { referenceKey: string; referenceValue: string }[];
  }[];
}

export const of = (serial: string, what: string) => `uagv/v2/nordpump/${serial}/${what}`;
const header = (serial: string, headerId = 1) => ({
  ...{ headerId, timestamp: '2026-11-03T09:00:00.000Z', version: '2.1.0' },
  ...{ manufacturer: 'nordpump', serialNumber: serial },
});

interface OrderMore {
  readonly id?: string;
  readonly serial?: string;
  readonly update?: number;
  /** How many nodes are released. */
  readonly released?: number;
  /** Sequence id of the first node. */
  readonly sequence?: number;
}

/** Through these nodes, all released unless it is said how many. */
export function orderOf(
  nodeIds: readonly string[],
  { id = 'o-1', serial = 'AGV2', update = 0, released = nodeIds.length, sequence = 0 }: OrderMore = {},
) {
  const nodes = nodeIds.map((nodeId, k) => ({
    ...{ nodeId, sequenceId: sequence + 2 * k, released: k < released, actions: [] as object[] },
  }));
  const edges = nodes.slice(1).map(({ nodeId, released: isReleased }, k) => ({
    ...{ edgeId: `${nodes[k].nodeId}--${nodeId}`, sequenceId: sequence + 2 * k + 1, released: isReleased, actions: [] },
    ...{ startNodeId: nodes[k].nodeId, endNodeId: nodeId },
  }));
  return { ...header(serial), orderId: id, orderUpdateId: update, nodes, edges };
}

export const actionsOf = (actionType: string, actionId = 'i-1', serial = 'AGV2') => ({
  ...header(serial),
  actions: [{ actionType, actionId, blockingType: 'NONE', actionParameters: [] }],
});

export const messages = ({ got }: Listener, topic: string) => got.filter((one) => one.topic === topic);
export const states = (listener: Listener, serial = 'AGV2') =>
  messages(listener, of(serial, 'state')).map(({ text }) => JSON.parse(text) as State);

/** A line whose vehicles are free, and a master control that hears them and sends what fits the schemas. */
export async function master(model = pumpLine()): Promise<{
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
