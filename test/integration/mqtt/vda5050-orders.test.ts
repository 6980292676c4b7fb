import { expect, test } from 'vitest';
import { pass, settle, until } from '#test/support/mqtt-line.ts';
import { actionsOf, master, messages, of, orderOf, states } from '#test/support/vda5050-master.ts';

test('an order is driven node by node up to the end of its base, and an update of its horizon goes on from there', async () => {
  const { line, ann, send } = await master();
  const last = () => states(ann).at(-1);
  const arrives = (node: string) =>
    until(async () => {
      await pass(line, 5000);
      await settle(ann);
      expect(last()).toMatchObject({ orderId: 'o-1', lastNodeId: node, driving: false });
    });
  await send('order', orderOf(['dock2', 'dock2-entry', 'store', 'packaging'], { released: 3 }));
  await arrives('store');
  expect(last()).toMatchObject({
    nodeStates: [{ nodeId: 'packaging', sequenceId: 6, released: false }],
    edgeStates: [{ edgeId: 'store--packaging', sequenceId: 5, released: false }],
    newBaseRequest: true,
  });
  await send('order', orderOf(['store', 'packaging'], { sequence: 4, update: 1 }));
  await arrives('packaging');
  expect(last()).toMatchObject({ orderUpdateId: 1, lastNodeSequenceId: 6, nodeStates: [], edgeStates: [] });
  const passed = states(ann).flatMap(({ orderId, lastNodeId }) => (orderId === 'o-1' ? [lastNodeId] : []));
  expect([...new Set(passed)]).toEqual(['dock2', 'dock2-entry', 'store', 'packaging']);
  const commands = line.evidence['p-ann'].filter((entry) => entry.kind === 'command' && entry.via === 'mqtt');
  expect(commands).toMatchObject([
    { target: 'ST11.Order', status: 'done' },
    { target: 'ST11.Order', status: 'done' },
  ]);
});

test('a refused order stands in the state with its references until an order is accepted, and is told on refusals', async () => {
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
  // An instant action that is accepted is no order.
  await send('instantActions', actionsOf('startPause', 'pause'));
  await send('instantActions', actionsOf('stopPause', 'go'));
  await settle(ann);
  expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'noRouteError' }]);
  expect(states(ann).at(-1)?.actionStates.slice(-2)).toMatchObject([{ actionId: 'pause' }, { actionId: 'go' }]);
  await send('order', orderOf(['dock2', 'dock2-entry']));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ orderId: 'o-1', errors: [], actionStates: [] }));
});

test('an order with what the vehicle cannot do or use is an orderError that refers to the field', async () => {
  const { ann, send } = await master();
  const refers = async (order: object, references: readonly (readonly [string, string])[]) => {
    await send('order', order);
    await settle(ann);
    const error = states(ann).at(-1)?.errors.at(-1);
    expect(error).toMatchObject({ errorType: 'orderError', errorLevel: 'WARNING' });
    expect(error?.errorReferences.slice(4)).toEqual(
      references.map(([referenceKey, referenceValue]) => ({ referenceKey, referenceValue })),
    );
  };
  const order = orderOf(['dock2', 'dock2-entry']);
  const [edge] = order.edges;
  const lift = { actionType: 'lift', actionId: 'a-7', blockingType: 'HARD' };
  await refers({ ...order, edges: [{ ...edge, orientation: 0 }] }, [
    ['edgeId', 'dock2--dock2-entry'],
    ['edges[0].orientation', '0'],
  ]);
  await refers({ ...order, nodes: [{ ...order.nodes[0], actions: [lift] }, order.nodes[1]] }, [
    ['nodeId', 'dock2'],
    ['actionId', 'a-7'],
    ['nodes[0].actions[0].actionType', 'lift'],
  ]);
  await refers({ ...order, zoneSetId: 'z1' }, [['zoneSetId', 'z1']]);
  expect(states(ann).at(-1)).toMatchObject({ orderId: expect.not.stringMatching('o-1') as string, nodeStates: [] });
});

test('the same order again changes nothing, an older update is refused, and the order goes on', async () => {
  const { line, ann, send } = await master();
  await send('order', orderOf(['dock2', 'dock2-entry', 'store'], { update: 3 }));
  await send('instantActions', actionsOf('startPause', 'pause'));
  await send('instantActions', actionsOf('stopPause', 'go'));
  await send('order', orderOf(['dock2', 'dock2-entry'], { id: 'o-2' }));
  await until(() => expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'orderError' }]));
  await send('order', orderOf(['dock2', 'dock2-entry', 'store'], { update: 3 }));
  await settle(ann);
  const kept = { orderId: 'o-1', actionStates: [{ actionId: 'pause' }, { actionId: 'go' }] };
  expect(states(ann).at(-1)).toMatchObject({ ...kept, errors: [{ errorType: 'orderError' }] });
  await send('order', orderOf(['store', 'packaging'], { update: 2, sequence: 4 }));
  const errors = [{ errorType: 'orderError' }, { errorType: 'orderUpdateError' }];
  await until(() => expect(states(ann).at(-1)).toMatchObject({ ...kept, errors, orderUpdateId: 3 }));
  await send('order', orderOf(['store', 'packaging'], { update: 4, sequence: 4 }));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ ...kept, errors: [], orderUpdateId: 4 }));
  await until(async () => {
    await pass(line, 5000);
    expect(states(ann).at(-1)).toMatchObject({ orderId: 'o-1', lastNodeId: 'packaging' });
  });
});

test('instant actions show what became of them in actionStates, and a cancelled order takes a new one after it', async () => {
  const { line, ann, send } = await master();
  const shows = (actionId: string, actionStatus: string) =>
    until(() =>
      expect(states(ann).at(-1)?.actionStates).toContainEqual(expect.objectContaining({ actionId, actionStatus })),
    );
  const pick = { actionType: 'pick', actionId: 'p-1', blockingType: 'HARD' };
  const order = orderOf(['dock2', 'dock2-entry', 'store', 'packaging']);
  await send('order', { ...order, nodes: [...order.nodes.slice(0, 3), { ...order.nodes[3], actions: [pick] }] });
  await pass(line, 3000);
  await send('instantActions', actionsOf('startPause', 'pause'));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ paused: true, driving: false }));
  await shows('pause', 'FINISHED');
  await send('instantActions', actionsOf('stopPause', 'go'));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ paused: false, driving: true }));
  await send('instantActions', actionsOf('liftFork', 'no'));
  await shows('no', 'FAILED');
  const refers = { referenceKey: 'actionId', referenceValue: 'no' };
  expect(states(ann).at(-1)?.errors[0].errorReferences).toContainEqual(refers);
  await send('instantActions', actionsOf('cancelOrder', 'cancel'));
  await shows('cancel', 'RUNNING');
  await shows('p-1', 'FAILED');
  await send('instantActions', actionsOf('cancelOrder', 'again'));
  await shows('again', 'FAILED');
  expect(states(ann).at(-1)?.errors.at(-1)).toMatchObject({ errorType: 'noOrderToCancel', errorLevel: 'WARNING' });
  await until(async () => {
    await pass(line, 5000);
    await shows('cancel', 'FINISHED');
  });
  const { orderId, lastNodeId, driving } = states(ann).at(-1) ?? {};
  expect([orderId, driving]).toEqual(['o-1', false]);
  await send('order', orderOf([lastNodeId ?? '', 'store'], { id: 'o-2' }));
  await until(() => expect(states(ann).at(-1)).toMatchObject({ orderId: 'o-2', errors: [], actionStates: [] }));
});

test('cancelling without an order is noOrderToCancel', async () => {
  const { ann, send } = await master();
  await send('order', orderOf(['dock2']));
  await until(() => expect(states(ann).at(-1)?.orderId).toBe('o-1'));
  await send('instantActions', actionsOf('cancelOrder', 'c'));
  await until(() => expect(states(ann).at(-1)?.errors).toMatchObject([{ errorType: 'noOrderToCancel' }]));
});

test('a message that is malformed becomes a validationError, and nothing of it is taken', async () => {
  const { line, ann } = await master();
  const good = orderOf(['dock2']);
  const cases: [text: string, reason: string][] = [
    ['drive', 'is no JSON'],
    ['[]', 'no JSON object'],
    [JSON.stringify({ ...good, version: '1.1.0' }), 'version is "1.1.0"'],
    [JSON.stringify({ ...good, serialNumber: 'AGV1' }), 'serialNumber is "AGV1"'],
    [JSON.stringify({ ...good, manufacturer: 'x' }), 'manufacturer is "x"'],
    [JSON.stringify({ ...good, headerId: undefined }), 'headerId is missing'],
    [JSON.stringify({ ...good, timestamp: 'now' }), 'timestamp is "now"'],
    [JSON.stringify({ ...good, nodes: [{ ...good.nodes[0], sequenceId: '0' }] }), 'nodes[0].sequenceId is "0"'],
  ];
  for (const [text, reason] of cases) {
    await ann.client.publishAsync(of('AGV2', 'order'), text, { qos: 1 });
    await settle(ann);
    expect(states(ann).at(-1)?.errors.at(-1)).toMatchObject({ errorType: 'validationError', errorLevel: 'WARNING' });
    expect(messages(ann, `${line.prefix}/refusals`).at(-1)?.text).toContain(JSON.stringify(reason).slice(1, -1));
  }
  expect(states(ann).at(-1)).toMatchObject({ orderId: expect.not.stringMatching('o-1') as string });
  expect(states(ann).at(-1)?.errors).toHaveLength(cases.length);
});
