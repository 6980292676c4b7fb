import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from './support.ts';

interface State {
  readonly orderId: string;
  readonly orderUpdateId: number;
  readonly lastNodeId: string;
  readonly lastNodeSequenceId: number;
  readonly driving: boolean;
  readonly paused: boolean;
  readonly nodeStates: readonly { nodeId: string; sequenceId: number; released: boolean }[];
  readonly edgeStates: readonly { edgeId: string; sequenceId: number; released: boolean }[];
  readonly actionStates: readonly { actionId: string; actionType: string; actionStatus: string }[];
  readonly agvPosition: { readonly x: number; readonly y: number; readonly theta: number };
  readonly velocity: { readonly vx: number };
  readonly loads: readonly { loadType: string }[];
  readonly batteryState: { readonly batteryCharge: number; readonly charging: boolean };
  readonly errors: readonly { errorType: string; errorLevel: string }[];
}

function stateOf(cell: Cell, vehicle = 'Agv2'): State {
  const capture = cell.capture(`ST11.${vehicle}.State`);
  if (capture.kind !== 'document') throw new Error(capture.kind);
  return capture.content as unknown as State;
}

const action = (actionType: string, loadType?: string) => ({
  actionType,
  actionId: `${actionType}-1`,
  blockingType: 'HARD',
  ...(loadType && { actionParameters: [{ key: 'loadType', value: loadType }] }),
});
type Action = ReturnType<typeof action>;
interface Stop {
  readonly id: string;
  readonly actions?: readonly Action[];
}

/** An order through these nodes, of which the first `released` may be driven to. */
function orderOf(
  stops: readonly (string | Stop)[],
  { released = stops.length, sequence = 0, update = 0, id = 'o-1' } = {},
) {
  const nodes = stops.map((stop, k) => {
    const { id: nodeId, actions = [] } = typeof stop === 'string' ? { id: stop } : stop;
    return { nodeId, sequenceId: sequence + 2 * k, released: k < released, actions };
  });
  const edges = nodes.slice(1).map(({ nodeId, released: isReleased }, k) => ({
    edgeId: `${nodes[k].nodeId}--${nodeId}`,
    ...{ sequenceId: sequence + 2 * k + 1, released: isReleased, actions: [] },
    ...{ startNodeId: nodes[k].nodeId, endNodeId: nodeId },
  }));
  return { serialNumber: 'AGV2', orderId: id, orderUpdateId: update, nodes, edges };
}

const give = (cell: Cell, value: unknown) => cell.command({ target: 'ST11.Order', value });
const atOnce = (cell: Cell, actionType: string) =>
  cell.command({ target: 'ST11.InstantActions', value: { serialNumber: 'AGV2', actions: [action(actionType)] } });

/** A line whose second vehicle is free, because nobody wishes for anything. */
function quiet(): Cell {
  const cell = pumpLine(5n);
  cell.command({ target: 'ST10.Cartons.Most', value: 40 });
  cell.command({ target: 'ST10.Cartons.CallAt', value: 40 });
  cell.command({ target: 'ST01.Stock.ReorderPoint', value: 0 });
  cell.runUntil(minutes(5));
  expect(stateOf(cell).nodeStates).toEqual([]);
  return cell;
}

/** Where the map has a node. */
function placeOf(cell: Cell, nodeId: string): { x: number; y: number; theta: number } {
  const map = cell.capture('ST11.Fleet.Map');
  if (map.kind !== 'document') throw new Error(map.kind);
  const nodes = map.content.nodes as { nodeId: string; nodePosition: { x: number; y: number; theta: number } }[];
  const found = nodes.find((node) => node.nodeId === nodeId);
  if (!found) throw new Error(`${nodeId} is not on the map`);
  return found.nodePosition;
}

function runUntil(cell: Cell, isSo: (state: State) => boolean): State {
  const limit = cell.now + minutes(20);
  for (let state = stateOf(cell); ; state = stateOf(cell)) {
    if (isSo(state)) return state;
    if (cell.now > limit) throw new Error(`Never came: ${JSON.stringify(state)}`);
    cell.runUntil(cell.now + seconds(0.5));
  }
}

const BRING = [
  { id: 'dock2', actions: [action('stopCharging'), action('pick', 'castings')] },
  'dock2-entry',
  { id: 'store', actions: [action('drop')] },
  'packaging',
  'dock1-entry',
  'dock2-entry',
  { id: 'dock2', actions: [action('startCharging')] },
];

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

test('what is malformed, impossible, out of turn or leads nowhere is refused by its error type, and nothing changes', () => {
  const cell = quiet();
  const state = JSON.stringify(stateOf(cell));
  const good = orderOf(['dock2', 'dock2-entry', 'store']);
  const { nodes, edges } = good;
  const cases: [unknown, RegExp][] = [
    ['{"orderId"', /^validationError.*JSON/],
    [undefined, /^validationError/],
    [[], /^validationError/],
    [{ ...good, nodes: 'dock2' }, /^validationError: nodes/],
    [{ ...good, orderId: '' }, /^validationError: orderId/],
    [{ ...good, orderId: 'x'.repeat(37) }, /^validationError: orderId.*36/],
    [{ ...good, orderId: 'å' }, /^validationError: orderId/],
    [{ ...good, orderUpdateId: -1 }, /^validationError: orderUpdateId/],
    [{ ...good, serialNumber: 'AGV9' }, /^validationError.*AGV1 or AGV2/],
    [{ ...good, edges: edges.slice(1) }, /^validationError: there are 3 nodes and 1 edges/],
    [{ ...good, nodes: [nodes[0], nodes[2], nodes[1]] }, /^validationError: nodes\[1\]\.sequenceId/],
    [{ ...good, edges: [edges[0], { ...edges[1], endNodeId: 'packaging' }] }, /^validationError.*from/],
    [
      {
        ...good,
        nodes: [nodes[0], { ...nodes[1], released: false }, nodes[2]],
        edges: [{ ...edges[0], released: false }, edges[1]],
      },
      /^validationError: something released/,
    ],
    // An edge is released only together with the node at its end, and nothing follows an edge that is not (6.6.1).
    [{ ...good, nodes: [...nodes.slice(0, 2), { ...nodes[2], released: false }] }, /^validationError: edges\[1\]\.rel/],
    [{ ...good, edges: [{ ...edges[0], released: false }, edges[1]] }, /^validationError: edges\[0\]\.released/],
    [{ ...good, edges: [{ ...edges[0], edgeId: 'e0' }, edges[1]] }, /^noRouteError.*It is called dock2--dock2-entry/],
    [{ ...good, nodes: [{ ...nodes[0], actions: undefined }, ...nodes.slice(1)] }, /^validationError: nodes\[0\]\.act/],
    [
      { ...good, nodes: [{ ...nodes[0], released: 'yes' }, ...nodes.slice(1)] },
      /^validationError: nodes\[0\]\.released/,
    ],
    [orderOf(['dock2', 'dock2-entry', 'stor']), /^noRouteError: there is no node "stor"\. Did you mean "store"\?/],
    [orderOf(['dock2', 'store']), /^noRouteError: no way leads from dock2 to store.*dock2-entry/],
    [orderOf(['store', 'packaging']), /^noRouteError: the order does not begin at dock2/],
    [
      orderOf(['dock2', 'dock2-entry', 'store', 'packaging', 'dock1-entry', 'dock1']),
      /^noRouteError: dock1 is not for AGV2/,
    ],
    [
      orderOf([{ id: 'dock2', actions: [action('lift')] }]),
      /^orderError: nodes\[0\]\.actions\[0\]\.actionType "lift".*startCharging/,
    ],
    [orderOf([{ id: 'dock2', actions: [action('drop')] }]), /^orderError: .*"drop".*empty/],
    [orderOf([{ id: 'dock2', actions: [action('pick', 'cartons')] }]), /^orderError: .*"pick"/],
    [
      orderOf([{ id: 'dock2', actions: [action('pick'), { ...action('pick'), actionId: 'p-2' }] }]),
      /^orderError.*loaded/,
    ],
    [orderOf([{ id: 'dock2', actions: [action('pick'), action('pick')] }]), /^validationError.*there twice/],
    [orderOf([{ id: 'dock2', actions: [{ ...action('pick'), blockingType: 'NOW' }] }]), /^validationError.*HARD/],
    [orderOf(['dock2', { id: 'dock2-entry', actions: [action('startCharging')] }]), /^orderError.*"startCharging"/],
    [
      orderOf([
        { id: 'dock2', actions: [1, 2, 3, 4, 5].map((k) => ({ ...action('stopCharging'), actionId: `s-${k}` })) },
      ]),
      /^orderError: 5 actions/,
    ],
    [orderOf(Array<string>(13).fill('dock2')), /^orderError: 13 nodes/],
  ];
  for (const [value, message] of cases) expect(() => give(cell, value), JSON.stringify(value)).toThrow(message);
  // What is optional in the standard is never ignored (6.1.1): it is obeyed, or the order is refused with the field.
  for (const more of [
    { minHeight: 1 },
    { orientation: 0 },
    { direction: 'left' },
    { trajectory: { degree: 1, knotVector: [], controlPoints: [] } },
    { corridor: { leftWidth: 1, rightWidth: 1 } },
    { maxSpeed: 0.3 },
    { maxHeight: 1 },
    { rotationAllowed: false },
  ]) {
    const [field] = Object.keys(more);
    const given = { ...good, edges: [edges[0], { ...edges[1], ...more }] };
    expect(() => give(cell, given), field).toThrow(`orderError: the vehicle cannot use edges[1].${field}.`);
  }
  const { x, y, theta } = placeOf(cell, 'dock2');
  for (const [field, more] of [
    ['nodes[0].nodePosition.mapId', { mapId: 'yard' }],
    ['nodes[0].nodePosition', { x: x + 0.2 }],
    ['nodes[0].nodePosition.theta', { theta: theta + 1 }],
  ] as const) {
    const nodePosition = { x, y, mapId: 'hall', ...more };
    const given = { ...good, nodes: [{ ...nodes[0], nodePosition }, ...nodes.slice(1)] };
    expect(() => give(cell, given), field).toThrow(`orderError: the vehicle cannot use ${field}.`);
  }
  expect(() => give(cell, { ...good, zoneSetId: 'z' })).toThrow(/^orderError: the vehicle cannot use zoneSetId/);
  const height = { ...action('pick'), actionParameters: [{ key: 'height', value: '1' }] };
  expect(() => give(cell, orderOf([{ id: 'dock2', actions: [height] }]))).toThrow(
    /^orderError: the vehicle cannot use nodes\[0\]\.actions\[0\]\.actionParameters\[0\]\. pick knows loadType/,
  );
  expect(() => atOnce(cell, 'cancelOrder')).toThrow(/^noOrderToCancel/);
  expect(() => atOnce(cell, 'fly')).toThrow(/^orderError.*startPause/);
  expect(cell.log.length).toBe(3);
  expect(JSON.parse(JSON.stringify(stateOf(cell))) as State).toEqual({
    ...(JSON.parse(state) as State),
    batteryState: stateOf(cell).batteryState,
  });
  const calm = pumpLine(5n);
  calm.command({ target: 'ST10.Cartons.Most', value: 40 });
  calm.command({ target: 'ST10.Cartons.CallAt', value: 40 });
  calm.command({ target: 'ST01.Stock.ReorderPoint', value: 0 });
  calm.runUntil(cell.now);
  expect(calm.hash).toBe(cell.hash);
  give(cell, good);
  expect(() => give(cell, orderOf(['dock2'], { id: 'o-2' }))).toThrow(/^orderError: AGV2 carries out o-1/);
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
