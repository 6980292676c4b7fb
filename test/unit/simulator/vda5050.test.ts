import { expect, test } from 'vitest';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from './support.ts';
import { stateOf, action, orderOf, give, atOnce, quiet, placeOf, runUntil, BRING } from './vehicle-orders.ts';

test('an order is carried out node by node and action by action', () => {
  const cell = quiet();
  give(cell, orderOf(BRING));
  const seen: string[] = [];
  const nodes: number[] = [];
  const castings = cell.read('ST01.Stock.Castings');
  let most = castings;
  for (let state = stateOf(cell); state.nodeStates.length > 0; state = stateOf(cell)) {
    const statuses = state.actionStates.map(({ actionStatus }) => actionStatus).join(' ');
    if (seen.at(-1) !== statuses) seen.push(statuses);
    if (nodes.at(-1) !== state.lastNodeSequenceId) nodes.push(state.lastNodeSequenceId);
    expect(state.edgeStates.length).toBe(state.nodeStates.length);
    expect(state.driving).toBe(state.velocity.vx > 0);
    most = Math.max(most, cell.read('ST01.Stock.Castings'));
    cell.runUntil(cell.now + seconds(0.2));
    expect(cell.now).toBeLessThan(minutes(15));
  }
  expect(seen).toEqual([
    'FINISHED INITIALIZING WAITING WAITING',
    'FINISHED RUNNING WAITING WAITING',
    'FINISHED FINISHED WAITING WAITING',
    'FINISHED FINISHED INITIALIZING WAITING',
    'FINISHED FINISHED RUNNING WAITING',
    'FINISHED FINISHED FINISHED WAITING',
  ]);
  expect(nodes).toEqual([0, 2, 4, 6, 8, 10]);
  expect(most).toBeGreaterThan(castings + 15);
  const { orderId, lastNodeId, lastNodeSequenceId, actionStates, batteryState, loads } = stateOf(cell);
  expect([orderId, lastNodeId, lastNodeSequenceId, loads]).toEqual(['o-1', 'dock2', 12, []]);
  expect(actionStates.map(({ actionStatus }) => actionStatus)).toEqual(Array(4).fill('FINISHED'));
  expect(batteryState.charging).toBe(true);
});

test('a vehicle stops where its base ends, and goes on when an update continues it', () => {
  const cell = quiet();
  give(cell, orderOf(['dock2', 'dock2-entry', 'store', 'packaging'], { released: 3 }));
  const waiting = runUntil(cell, ({ lastNodeId, driving }) => lastNodeId === 'store' && !driving);
  expect(waiting.nodeStates).toEqual([{ nodeId: 'packaging', sequenceId: 6, released: false }]);
  for (const sequence of [4, 6]) {
    const wrong = orderOf(['packaging', 'dock1-entry'], { sequence, update: 1 });
    expect(() => give(cell, wrong)).toThrow(/^orderUpdateError.*sequenceId 4/);
  }
  expect(() => give(cell, orderOf(['store', 'packaging'], { sequence: 6, update: 1 }))).toThrow(/^orderUpdateError/);
  give(cell, orderOf(['store', 'packaging', 'dock1-entry'], { sequence: 4, update: 2 }));
  expect(() => give(cell, orderOf(['store', 'packaging'], { sequence: 4, update: 1 }))).toThrow(/^orderUpdateError/);
  const { log } = cell;
  const commands = log.length;
  give(cell, orderOf(['store', 'packaging', 'dock1-entry'], { sequence: 4, update: 2 })); // sent twice: ignored
  expect(log.length).toBe(commands + 1);
  const done = runUntil(cell, ({ lastNodeId }) => lastNodeId === 'dock1-entry');
  expect([done.orderUpdateId, done.lastNodeSequenceId, done.nodeStates]).toEqual([2, 8, []]);
});

test('an order may say what the vehicle does anyway, where its nodes are, and limits that it keeps', () => {
  const cell = quiet();
  const { nodes, edges, ...order } = orderOf(['dock2', 'dock2-entry', 'store']);
  give(cell, {
    ...order,
    nodes: nodes.map((node) => {
      const { x, y, theta } = placeOf(cell, node.nodeId);
      const nodePosition = { x: x + 0.3, y, theta, mapId: 'hall', allowedDeviationXY: 0.3, allowedDeviationTheta: 0 };
      return { ...node, nodeDescription: 'a node', nodePosition };
    }),
    edges: edges.map((edge) => ({ ...edge, maxSpeed: 0.8, maxHeight: 2, rotationAllowed: true, length: 3 })),
  });
  expect(stateOf(cell).edgeStates.map(({ edgeId }) => edgeId)).toEqual(edges.map(({ edgeId }) => edgeId));
});

test('an update on the move changes neither place nor speed', () => {
  const cell = quiet();
  give(cell, orderOf(['dock2', 'dock2-entry', 'store', 'packaging'], { released: 3 }));
  runUntil(cell, ({ lastNodeId, driving }) => lastNodeId === 'dock2-entry' && driving);
  cell.runUntil(cell.now + seconds(5));
  const before = stateOf(cell);
  give(cell, orderOf(['store', 'packaging'], { sequence: 4, update: 1 }));
  const after = stateOf(cell);
  expect(
    Math.hypot(after.agvPosition.x - before.agvPosition.x, after.agvPosition.y - before.agvPosition.y),
  ).toBeLessThan(0.002);
  expect(after.velocity.vx).toBeCloseTo(before.velocity.vx, 4);
  expect(after.nodeStates.map(({ sequenceId }) => sequenceId)).toEqual([4, 6]);
  let stood = 0;
  while (stateOf(cell).lastNodeId !== 'packaging') {
    cell.runUntil(cell.now + seconds(1));
    if (!stateOf(cell).driving && stateOf(cell).lastNodeId !== 'packaging') stood += 1;
  }
  expect(stood).toBe(0);
});

test('a pause holds a vehicle where it is, and a cancelled order ends at the next node', () => {
  const cell = quiet();
  give(cell, orderOf(BRING));
  runUntil(cell, ({ lastNodeId, driving }) => lastNodeId === 'dock2-entry' && driving);
  cell.runUntil(cell.now + seconds(4));
  atOnce(cell, 'startPause');
  const paused = stateOf(cell);
  expect([paused.paused, paused.driving]).toEqual([true, false]);
  cell.runUntil(cell.now + minutes(3));
  expect(stateOf(cell).agvPosition).toEqual(paused.agvPosition);
  atOnce(cell, 'stopPause');
  expect(stateOf(cell).driving).toBe(true);
  atOnce(cell, 'cancelOrder');
  atOnce(cell, 'cancelOrder'); // sent twice: ignored
  const another = { ...action('cancelOrder'), actionId: 'again' };
  expect(() =>
    cell.command({ target: 'ST11.InstantActions', value: { serialNumber: 'AGV2', actions: [another] } }),
  ).toThrow(/^noOrderToCancel.*already/);
  const cancelling = stateOf(cell);
  expect(cancelling.nodeStates.map(({ nodeId }) => nodeId)).toEqual(['store']);
  expect(cancelling.actionStates.map(({ actionStatus }) => actionStatus)).toEqual([
    ...['FINISHED', 'FINISHED', 'FAILED', 'FAILED', 'RUNNING'],
  ]);
  const ended = runUntil(cell, ({ nodeStates }) => nodeStates.length === 0);
  expect([ended.orderId, ended.lastNodeId, ended.actionStates.at(-1)?.actionStatus]).toEqual([
    'o-1',
    'store',
    'FINISHED',
  ]);
  // Nobody wants it any longer: it comes home with its load.
  const home = runUntil(cell, ({ orderId, batteryState }) => orderId.startsWith('home') && batteryState.charging);
  expect([home.lastNodeId, home.loads]).toEqual(['dock2', []]);
});

test('who drives behind a vehicle that pauses stops too, and goes on with it', () => {
  const cell = quiet();
  give(cell, orderOf(['dock2', 'dock2-entry', 'store', 'packaging', 'dock1-entry']));
  runUntil(cell, ({ lastNodeId, driving }) => lastNodeId === 'dock2-entry' && driving);
  cell.runUntil(cell.now + seconds(6));
  give(cell, { ...orderOf(['dock1', 'dock1-entry', 'dock2-entry', 'store', 'packaging']), serialNumber: 'AGV1' });
  cell.runUntil(cell.now + seconds(12));
  expect(stateOf(cell, 'Agv1').driving).toBe(true);
  atOnce(cell, 'startPause');
  const gap = () => {
    const [a, b] = [stateOf(cell, 'Agv1').agvPosition, stateOf(cell).agvPosition];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  cell.runUntil(cell.now + minutes(2));
  expect(stateOf(cell, 'Agv1').driving).toBe(false);
  expect(gap()).toBeGreaterThan(1.5);
  expect(gap()).toBeLessThan(1.8);
  atOnce(cell, 'stopPause');
  cell.runUntil(cell.now + seconds(1));
  expect([stateOf(cell).driving, stateOf(cell, 'Agv1').driving]).toEqual([true, true]);
  runUntil(cell, ({ lastNodeId }) => lastNodeId === 'dock1-entry');
});

test('a vehicle that paused right in front of a node still arrives there', () => {
  const cell = quiet();
  give(cell, orderOf(['dock2', 'dock2-entry', 'store']));
  const toStoreM = () => Math.hypot(stateOf(cell).agvPosition.x - store.x, stateOf(cell).agvPosition.y - store.y);
  const store = placeOf(cell, 'store');
  while (toStoreM() > 0.06) cell.runUntil(cell.now + seconds(0.02));
  atOnce(cell, 'startPause');
  expect(stateOf(cell).lastNodeId).toBe('dock2-entry');
  atOnce(cell, 'stopPause');
  cell.runUntil(cell.now + seconds(2));
  expect(stateOf(cell).lastNodeId).toBe('store');
});

test('a pick where nothing is left fails, and the state says so', () => {
  const cell = quiet();
  const order = orderOf(['dock2', 'dock2-entry', 'store', { id: 'packaging', actions: [action('pick')] }]);
  give(cell, order);
  cell.runUntil(cell.now + seconds(1));
  cell.command({ target: 'ST10.Stop' });
  expect(cell.read('ST10.Cartons.Waiting')).toBe(0);
  const state = runUntil(cell, ({ actionStates }) => /FAILED|FINISHED/.test(actionStates[0].actionStatus));
  expect(state.actionStates[0].actionStatus).toBe('FAILED');
  expect(state.errors.map(({ errorType, errorLevel }) => [errorType, errorLevel])).toEqual([['pickError', 'WARNING']]);
  expect(state.loads).toEqual([]);
});

test('the missions of the fleet are such orders, and the map holds every node and edge that they name', () => {
  const cell = pumpLine(3n);
  const map = cell.capture('ST11.Fleet.Map');
  if (map.kind !== 'document') throw new Error(map.kind);
  const { nodes, edges } = map.content as { nodes: { nodeId: string }[]; edges: { edgeId: string }[] };
  const known = new Set([...nodes.map(({ nodeId }) => nodeId), ...edges.map(({ edgeId }) => edgeId)]);
  const orders = new Set<string>();
  while (cell.now < hours(2)) {
    cell.runUntil(cell.now + seconds(3));
    const state = stateOf(cell, 'Agv1');
    orders.add(state.orderId.split('-')[0]);
    for (const { nodeId } of state.nodeStates) expect(known).toContain(nodeId);
    for (const { edgeId } of state.edgeStates) expect(known).toContain(edgeId);
  }
  expect([...orders].sort()).toEqual(['', 'cartons', 'castings', 'cores']);
  expect(modelOf('pump-line').captures.has('ST11.Agv2.State')).toBe(true);
});
