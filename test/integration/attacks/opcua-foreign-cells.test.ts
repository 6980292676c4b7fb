import {
  AddNodesRequest,
  AddReferencesRequest,
  AttributeIds,
  CallRequest,
  type ClientSession,
  coerceExpandedNodeId,
  DataType,
  DeleteMonitoredItemsRequest,
  DeleteNodesRequest,
  DeleteReferencesRequest,
  DeleteSubscriptionsRequest,
  HistoryReadRequest,
  ModifyMonitoredItemsRequest,
  MonitoringMode,
  QueryFirstRequest,
  QueryNextRequest,
  ReadRawModifiedDetails,
  ReadRequest,
  RegisterNodesRequest,
  RepublishRequest,
  type Response,
  SetMonitoringModeRequest,
  SetPublishingModeRequest,
  SetTriggeringRequest,
  TimestampsToReturn,
  TransferSubscriptionsRequest,
  Variant,
  WriteRequest,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { foreignLine } from '#test/support/foreign-line.ts';
import { ask } from '#test/support/opcua-ask.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo', 'p-cleo'], () => ({ models: { 'p-cleo': foreignLine } }));
const SIGNAL = lineNode(foreignLine.signals[0].path);
const STATION = lineNode('ST77');

/** Status codes of the single operations of an answer, or of the whole. */
function statusesIn({ response, status }: { response?: Response; status: string }): string[] {
  const { results } = (response ?? {}) as {
    results?: ({ statusCode?: { name: string } } & { name?: string })[] | null;
  };
  return results?.length ? results.map((one) => one.statusCode?.name ?? one.name ?? '') : [status];
}

async function subscribed(participant: string) {
  const session = await line().connect(participant);
  const subscription = await session.createSubscription2({ requestedPublishingInterval: 100, publishingEnabled: true });
  const item = await subscription.monitor(
    { nodeId: lineNode('Clock.SimTime'), attributeId: AttributeIds.Value },
    { samplingInterval: 100, queueSize: 5 },
    TimestampsToReturn.Both,
  );
  const got: unknown[] = [];
  item.on('changed', (value: unknown) => got.push(value));
  return { session, subscription, item, got };
}

test('every attribute of a foreign node is unknown, registered or not, one by one and in one request', async () => {
  const anna = await line().connect('p-anna');
  await ask(anna, new RegisterNodesRequest({ nodesToRegister: [SIGNAL, STATION] }));
  const nodesToRead = [SIGNAL, STATION, lineNode('ST77.Hold')].flatMap((nodeId) =>
    Array.from({ length: 27 }, (_, k) => ({ nodeId, attributeId: k + 1 })),
  );
  expect(new Set(statusesIn(await ask(anna, new ReadRequest({ nodesToRead }))))).toEqual(new Set(['BadNodeIdUnknown']));
});

test('foreign history, calls and writes are answered as those of a node that nobody has', async () => {
  const anna = await line().connect('p-anna');
  const historyReadDetails = new ReadRawModifiedDetails({
    ...{
      isReadModified: false,
      startTime: new Date(0),
      endTime: new Date(4e12),
      numValuesPerNode: 10,
      returnBounds: false,
    },
  });
  const history = (nodeId: string) => new HistoryReadRequest({ historyReadDetails, nodesToRead: [{ nodeId }] });
  const value = { value: new Variant({ dataType: DataType.Double, value: 1 }) };
  const write = (nodeId: string) =>
    new WriteRequest({ nodesToWrite: [{ nodeId, attributeId: AttributeIds.Value, value }] });
  const call = (objectId: string, methodId: string) =>
    new CallRequest({ methodsToCall: [{ objectId, methodId, inputArguments: [] }] });
  for (const of of [history, write, (id: string) => call(id, `${id}.Hold`)]) {
    const [theirs, nobodys] = [await ask(anna, of(SIGNAL)), await ask(anna, of(lineNode('Nobody.Has')))];
    expect(statusesIn(theirs)).toEqual(statusesIn(nobodys));
    expect(statusesIn(theirs)[0]).toMatch(/^Bad/);
  }
  // A method of one's own on an object that is not its, and of another on an object of one's own.
  expect(statusesIn(await ask(anna, call('ns=2;s=ST10', 'ns=2;s=ST03.Hold')))[0]).toMatch(/^Bad/);
  expect(statusesIn(await ask(anna, call('ns=2;s=ST03', 'ns=2;s=ST77.Hold')))).toEqual(
    statusesIn(await ask(anna, call('ns=2;s=ST03', 'ns=2;s=ST03.Fly'))),
  );
});

test('the address space cannot be queried, added to or deleted from', async () => {
  const anna = await line().connect('p-anna');
  const requests: object[] = [
    new QueryFirstRequest({ nodeTypes: [{ typeDefinitionNode: coerceExpandedNodeId('i=58'), includeSubTypes: true }] }),
    new QueryNextRequest({ continuationPoint: Buffer.from('x') }),
    new AddNodesRequest({
      nodesToAdd: [{ parentNodeId: coerceExpandedNodeId('ns=2;s=ST03'), browseName: { name: 'X' } }],
    }),
    new AddReferencesRequest({ referencesToAdd: [{ sourceNodeId: 'ns=2;s=ST03' }] }),
    new DeleteNodesRequest({ nodesToDelete: [{ nodeId: 'ns=2;s=ST03', deleteTargetReferences: true }] }),
    new DeleteReferencesRequest({ referencesToDelete: [{ sourceNodeId: 'ns=2;s=ST03' }] }),
  ];
  for (const request of requests) {
    expect(statusesIn(await ask(anna, request)).join(), request.constructor.name).toMatch(/^Bad/);
  }
  expect((await anna.read({ nodeId: lineNode('ST03'), attributeId: AttributeIds.BrowseName })).statusCode.name).toBe(
    'Good',
  );
});

test('nobody can steer, read again, take over or end the subscription of another', async () => {
  const { session: bo, subscription, item, got } = await subscribed('p-bo');
  const anna = (await subscribed('p-anna')).session;
  const { subscriptionId } = subscription;
  const itemId = item.monitoredItemId ?? 0;
  const requests: object[] = [
    new RepublishRequest({ subscriptionId, retransmitSequenceNumber: 1 }),
    new TransferSubscriptionsRequest({ subscriptionIds: [subscriptionId], sendInitialValues: true }),
    new SetPublishingModeRequest({ publishingEnabled: false, subscriptionIds: [subscriptionId] }),
    new SetMonitoringModeRequest({
      subscriptionId,
      monitoringMode: MonitoringMode.Disabled,
      monitoredItemIds: [itemId],
    }),
    new SetTriggeringRequest({ subscriptionId, triggeringItemId: itemId, linksToAdd: [itemId] }),
    new ModifyMonitoredItemsRequest({
      ...{ subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
      itemsToModify: [{ monitoredItemId: itemId, requestedParameters: { samplingInterval: 1e6, queueSize: 1 } }],
    }),
    new DeleteMonitoredItemsRequest({ subscriptionId, monitoredItemIds: [itemId] }),
    new DeleteSubscriptionsRequest({ subscriptionIds: [subscriptionId] }),
  ];
  for (const request of requests) {
    expect(statusesIn(await ask(anna, request)).join(), request.constructor.name).toMatch(/^Bad/);
  }
  const before = got.length;
  line().wall.forward(3000);
  await until(() => got.length > before, 'the next value of Bo');
  expect((await bo.read({ nodeId: lineNode('Clock.Run') })).statusCode.name).toBe('Good');
});

test('the authentication token of another session is worth nothing on another channel', async () => {
  const bo = await line().connect('p-bo');
  const anna = await line().connect('p-anna');
  const tokens = [bo, anna] as unknown as { authenticationToken: unknown }[];
  const own = tokens[1].authenticationToken;
  tokens[1].authenticationToken = tokens[0].authenticationToken;
  const stolen = await ask(
    anna,
    new ReadRequest({ nodesToRead: [{ nodeId: lineNode('Clock.Run'), attributeId: 13 }] }),
  );
  tokens[1].authenticationToken = own;
  expect(stolen.status).toMatch(/^BadSecureChannelIdInvalid|^BadSessionIdInvalid|^BadSessionNotActivated/);
  expect((await bo.read({ nodeId: lineNode('Clock.Run') })).statusCode.name).toBe('Good');
});

test('a subscription stays with its session: not even another one of the same participant can take it over', async () => {
  const { subscription, got } = await subscribed('p-bo');
  const second = await line().connect('p-bo');
  const subscriptionIds = [subscription.subscriptionId];
  const taken = await ask(second, new TransferSubscriptionsRequest({ subscriptionIds, sendInitialValues: true }));
  expect(statusesIn(taken)).toEqual(['BadNotSupported']);
  const before = got.length;
  line().wall.forward(3000);
  await until(() => got.length > before, 'the next value of the first session');
});

/** All that a session can browse and read below ServerDiagnostics (OPC 10000-5, 6.3.3), by node id. */
async function diagnosticsSeenBy(session: ClientSession): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const waiting = ['i=2274'];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    const { value, statusCode } = await session.read({ nodeId: next, attributeId: AttributeIds.Value });
    seen.set(next, `${statusCode.name} ${JSON.stringify(value)}`);
    const { references } = await session.browse(next);
    for (const { nodeId, isForward } of references ?? []) if (isForward) waiting.push(nodeId.toString());
    expect(seen.size).toBeLessThan(500);
  }
  return seen;
}

test('the diagnostics of the server are off, and the same whether others are there or not', async () => {
  const anna = await line().connect('p-anna');
  const alone = await diagnosticsSeenBy(anna);
  const [others] = [await subscribed('p-bo'), await subscribed('p-bo'), await subscribed('p-cleo')];
  const among = await diagnosticsSeenBy(anna);
  expect([...among]).toEqual([...alone]);
  expect([...among.values()].join('\n')).not.toMatch(/p-bo|p-cleo|c-p-bo|127\.0\.0\.1:\d/);
  expect((await anna.read({ nodeId: 'i=2294' })).value.value).toBe(false);
  // By the ids under which the library would show them.
  expect((await anna.browse(others.session.sessionId.toString())).references ?? []).toEqual([]);
});
