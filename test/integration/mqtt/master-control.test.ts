import { expect, onTestFinished, test } from 'vitest';
import { MasterController, type State, type Vda5050Object, type VdaVersion } from 'vda-5050-lib';
import { keyOf, mqttLine, pass, until } from '#test/support/mqtt-line.ts';

/** The library knows 2.0.0 and no later version. Apart from that number it validates all messages as it does. */
class Master extends MasterController {
  protected override validateTopicObject(topic: string, object: Vda5050Object, version: VdaVersion): void {
    super.validateTopicObject(topic, { ...object, version: '2.0.0' }, version);
  }
}

test('a master control that this project did not write drives a vehicle to the store, in its mode for 2.0.0', async () => {
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
  const agv = { manufacturer: 'nordpump', serialNumber: 'AGV2' };
  const names = ['dock2', 'dock2-entry', 'store'];
  const nodes = names.map((nodeId, k) => ({ nodeId, sequenceId: 2 * k, released: true, actions: [] }));
  const edges = names.slice(1).map((endNodeId, k) => ({
    ...{ edgeId: `e${k}`, sequenceId: 2 * k + 1, released: true, actions: [] },
    ...{ startNodeId: names[k], endNodeId },
  }));
  const traversed: string[] = [];
  let outcome: { error: unknown; state: State } | undefined;
  await master.assignOrder(
    agv,
    { orderId: 'o-1', orderUpdateId: 0, nodes, edges },
    {
      onOrderProcessed: (error, _byCancelation, _active, { state }) => void (outcome = { error, state }),
      onNodeTraversed: ({ nodeId }) => void traversed.push(nodeId),
    },
  );
  await until(async () => {
    await pass(line, 2000);
    expect(outcome).toBeDefined();
  });
  expect(outcome?.error).toBeUndefined();
  expect(outcome?.state).toMatchObject({ orderId: 'o-1', lastNodeId: 'store' });
  expect(traversed).toEqual(names);
});
