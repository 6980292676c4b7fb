import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { hours, seconds, SECOND } from '#simulator/kernel/time.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Fleet } from '#simulator/plant/vehicles/fleet.ts';
import { SignalLaws } from './signal-laws.ts';
import { lottery, pumpLine } from './support.ts';

const random = lottery(99);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];

const fleetOf = (cell: Cell): Fleet =>
  cell.look(({ stations }) => (stations.get('ST11')?.self as unknown as { fleet: Fleet }).fleet);

/** An order that a master control might give in any state: mostly right, sometimes not. */
function anyOrder(cell: Cell, name: 'AGV1' | 'AGV2', number: number) {
  const { graph, vehicles } = fleetOf(cell);
  const { order } = vehicles[name === 'AGV1' ? 0 : 1];
  const state = cell.look(() => ({
    here: order.node(order.at),
    end: order.node(order.released - 1),
    id: order.idAt(0),
    update: order.updateId,
    sequence: order.sequence + 2 * (order.released - 1),
  }));
  const isUpdate = random() < 0.4 && state.id !== '';
  const numbers = [isUpdate ? state.end : state.here];
  for (let k = Math.floor(random() * 7); k > 0; k--) {
    const last = numbers[numbers.length - 1];
    const own = graph.dockOf(name === 'AGV1' ? 0 : 1);
    numbers.push(graph.hasEdge(last, own) && random() < 0.5 ? own : graph.next(last));
  }
  const released = random() < 0.7 ? numbers.length : 1 + Math.floor(random() * numbers.length);
  const sequence = isUpdate ? state.sequence : 2 * Math.floor(random() * 3);
  const actions = numbers.map(() => (random() < 0.3 ? [pick(['pick', 'drop', 'startCharging', 'stopCharging'])] : []));
  const base = { serialNumber: name, orderId: isUpdate ? state.id : `o-${number}` };
  return {
    ...{ ...base, orderUpdateId: isUpdate ? state.update + 1 : 0 },
    nodes: numbers.map((node, k) => ({
      ...{ nodeId: graph.nodes[node].id, sequenceId: sequence + 2 * k, released: k < released },
      actions: actions[k].map((actionType) => ({ actionType, actionId: `a-${number}-${k}`, blockingType: 'HARD' })),
    })),
    edges: numbers.slice(1).map((node, k) => ({
      ...{ edgeId: graph.edgeId(numbers[k], node), sequenceId: sequence + 2 * k + 1, released: k + 1 < released },
      ...{ startNodeId: graph.nodes[numbers[k]].id, endNodeId: graph.nodes[node].id, actions: [] },
    })),
  };
}

function attempt(cell: Cell, target: string, value: unknown): boolean {
  try {
    cell.command({ target, value });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

test('whatever a master control says, vehicles keep their distance, jump nowhere and can always be brought home', () => {
  const cell = pumpLine(41n);
  let [taken, least, number] = [0, Infinity, 0];
  const place = () =>
    ['Agv1', 'Agv2'].map((name) => [cell.read(`ST11.${name}.X`), cell.read(`ST11.${name}.Y`)] as const);
  let before = place();
  while (cell.now < hours(3)) {
    const elapsed = Math.min(cell.nextUs - cell.now, seconds(1));
    cell.runUntil(cell.now + elapsed);
    if (random() < 0.02) {
      number += 1;
      const name = pick(['AGV1', 'AGV2'] as const);
      if (attempt(cell, 'ST11.Order', anyOrder(cell, name, number))) taken += 1;
    }
    if (random() < 0.004) {
      const actions = [
        {
          actionType: pick(['startPause', 'stopPause', 'stopPause', 'cancelOrder']),
          actionId: 'i',
          blockingType: 'HARD',
        },
      ];
      attempt(cell, 'ST11.InstantActions', { serialNumber: pick(['AGV1', 'AGV2']), actions });
    }
    if (random() < 0.001) attempt(cell, 'ST11.Charge', pick(['AGV1', 'AGV2']));
    const after = place();
    after.forEach(([x, y], k) => {
      expect(Math.hypot(x - before[k][0], y - before[k][1])).toBeLessThan((0.81 * elapsed) / SECOND + 0.005);
    });
    least = Math.min(least, Math.hypot(after[0][0] - after[1][0], after[0][1] - after[1][1]));
    before = after;
    for (const name of ['Agv1', 'Agv2']) cell.capture(`ST11.${name}.State`);
  }
  expect(taken).toBeGreaterThan(10);
  // The two sides of the lane are 1.1 m apart.
  expect(least).toBeGreaterThan(1.09);
  expect(cell.read('ST11.Agv1.Orders')).toBeGreaterThan(10);
  // Without orders from outside everything comes to rest, and the fleet works on.
  for (const serialNumber of ['AGV1', 'AGV2']) {
    for (const actionType of ['stopPause', 'cancelOrder']) {
      attempt(cell, 'ST11.InstantActions', { serialNumber, actions: [{ actionType, actionId: 'end' }] });
    }
  }
  const shipped = cell.read('ST11.Cartons.Shipped');
  cell.runUntil(hours(7));
  expect(cell.read('ST11.Cartons.Shipped')).toBeGreaterThan(shipped + 3);
});

test('signals keep to their laws while orders, pauses and doors come from outside', () => {
  const cell = pumpLine(43n);
  cell.runUntil(hours(0.3));
  const laws = new SignalLaws(cell);
  for (let step = 0; cell.now < hours(1.3); step++) {
    laws.step();
    const vehicle = pick(['AGV1', 'AGV2'] as const);
    const actions = [
      {
        actionType: pick(['startPause', 'stopPause', 'stopPause', 'cancelOrder']),
        actionId: 'i',
        blockingType: 'HARD',
      },
    ];
    if (step % 40 === 7) laws.act('ST11', () => void attempt(cell, 'ST11.Order', anyOrder(cell, vehicle, step)));
    if (step % 40 === 27) {
      laws.act('ST11', () => void attempt(cell, 'ST11.InstantActions', { serialNumber: vehicle, actions }));
    }
    const target = `ST04.${pick(['OpenDoor', 'CloseDoor', 'Hold', 'Unhold'])}`;
    if (step % 40 === 17) laws.act('ST04', () => void attempt(cell, target, undefined));
  }
  expect(laws.broken).toEqual({ untouched: {}, moved: {}, jumped: {}, offGrid: {}, offRange: {} });
});
