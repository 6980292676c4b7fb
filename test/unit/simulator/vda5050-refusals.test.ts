import { expect, test } from 'vitest';
import { pumpLine } from './support.ts';
import { type State, stateOf, action, orderOf, give, atOnce, quiet, placeOf } from './vehicle-orders.ts';

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
