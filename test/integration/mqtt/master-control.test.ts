import { expect, onTestFinished, test } from 'vitest';
import {
  type AgvId,
  BlockingType,
  type Edge,
  type Headerless,
  MasterController,
  type Node,
  type Order,
  type State,
  type Vda5050Object,
  type VdaVersion,
} from 'vda-5050-lib';
import { keyOf, type MqttLine, mqttLine, pass, until } from '#test/support/mqtt-line.ts';

/** The library knows 2.0.0 and no later version. Apart from that number it validates all messages as it does. */
class Master extends MasterController {
  protected override validateTopicObject(topic: string, object: Vda5050Object, version: VdaVersion): void {
    super.validateTopicObject(topic, { ...object, version: '2.0.0' }, version);
  }
}

const agv: AgvId = { manufacturer: 'nordpump', serialNumber: 'AGV2' };

function orderOf(
  orderId: string,
  names: readonly string[],
  more: { update?: number; from?: number; base?: number } = {},
) {
  const { update: orderUpdateId = 0, from = 0, base = names.length } = more;
  const nodes: Node[] = names.map((nodeId, k) => ({
    ...{ nodeId, sequenceId: from + 2 * k, released: k < base, actions: [] },
  }));
  const edges: Edge[] = names.slice(1).map((endNodeId, k) => ({
    ...{ edgeId: `${names[k]}--${endNodeId}`, sequenceId: from + 2 * k + 1, released: k + 1 < base, actions: [] },
    ...{ startNodeId: names[k], endNodeId },
  }));
  return { orderId, orderUpdateId, nodes, edges };
}

/** Gives an order and notes what the library tells of it: its errors are those of the state. */
async function follow(master: Master, order: Headerless<Order>) {
  const told = {
    nodes: [] as string[],
    edges: [] as string[],
    outcome: undefined as
      { error: string | undefined; isCancelled: boolean; isActive: boolean; state: State } | undefined,
  };
  await master.assignOrder(agv, order, {
    onOrderProcessed: (error, isCancelled, isActive, { state }) => {
      told.outcome = { error: (error as { errorType?: string } | undefined)?.errorType, isCancelled, isActive, state };
    },
    onNodeTraversed: ({ nodeId }) => void told.nodes.push(nodeId),
    onEdgeTraversed: ({ edgeId }) => void told.edges.push(edgeId),
  });
  return told;
}

async function processed(line: MqttLine, told: Awaited<ReturnType<typeof follow>>) {
  return until(async () => {
    await pass(line, 2000);
    if (!told.outcome) throw new Error(`still on its way: ${told.nodes.join(', ')}`);
    return told.outcome;
  });
}

test('a master control that this project did not write orders, updates, is refused and cancels, in its mode for 2.0.0', async () => {
  const line = await mqttLine(['p-ann']);
  const command = (target: string, value: number) =>
    line.cells['p-ann'].command({ id: target, target, value }, { actor: 'p-ann', via: 'http' });
  // The line's own fleet control gives no missions, so that the vehicles are free.
  await command('ST10.Cartons.Most', 40);
  await command('ST10.Cartons.CallAt', 40);
  await command('ST01.Stock.ReorderPoint', 0);
  await pass(line, 900_000, 60_000);
  const master = new Master(
    {
      interfaceName: 'uagv',
      vdaVersion: '2.0.0',
      transport: {
        brokerUrl: `mqtt://127.0.0.1:${line.door.port}`,
        protocolVersion: '3.1.1',
        ...{ username: 'p-ann', password: keyOf('p-ann') },
      },
    },
    {},
  );
  await master.start();
  onTestFinished(() => master.stop());

  const first = await follow(master, orderOf('o-1', ['dock2', 'dock2-entry', 'store'], { base: 2 }));
  expect(await processed(line, first)).toMatchObject({ error: undefined, isActive: true });
  const update = await follow(master, orderOf('o-1', ['dock2-entry', 'store', 'packaging'], { update: 1, from: 2 }));
  expect(await processed(line, update)).toMatchObject({
    error: undefined,
    isCancelled: false,
    state: { orderId: 'o-1', orderUpdateId: 1, lastNodeId: 'packaging', nodeStates: [] },
  });
  expect([...first.nodes, ...update.nodes]).toEqual(['dock2', 'dock2-entry', 'store', 'packaging']);
  expect([...first.edges, ...update.edges]).toEqual(['dock2--dock2-entry', 'dock2-entry--store', 'store--packaging']);

  const refused = await follow(master, orderOf('o-2', ['packaging', 'store']));
  expect(await processed(line, refused)).toMatchObject({ error: 'noRouteError' });

  const cancelled = await follow(master, orderOf('o-3', ['packaging', 'dock1-entry', 'dock2-entry', 'store']));
  await pass(line, 2000);
  const statuses: string[] = [];
  const actions = [{ actionType: 'cancelOrder', actionId: 'c-1', blockingType: BlockingType.Hard }];
  await master.initiateInstantActions(
    agv,
    { instantActions: actions },
    {
      onActionStateChanged: ({ actionStatus }) => void statuses.push(actionStatus),
      onActionError: (error) => void statuses.push(String(error)),
    },
  );
  expect(await processed(line, cancelled)).toMatchObject({
    isCancelled: true,
    isActive: false,
    state: { orderId: 'o-3', driving: false },
  });
  await until(() => expect(statuses.at(-1)).toBe('FINISHED'));
});
