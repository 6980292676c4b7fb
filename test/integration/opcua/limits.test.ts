import { connect, type Socket } from 'node:net';
import {
  AttributeIds,
  BrowseRequest,
  CallRequest,
  ClientMonitoredItem,
  type ClientSession,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsResponse,
  DataType,
  HistoryReadRequest,
  type HistoryReadResult,
  ModifyMonitoredItemsRequest,
  type ModifyMonitoredItemsResponse,
  MonitoringMode,
  ReadRawModifiedDetails,
  ReadRequest,
  RegisterNodesRequest,
  resolveNodeId,
  Subscription,
  TimestampsToReturn,
  TranslateBrowsePathsToNodeIdsRequest,
  WriteRequest,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { ask } from '#test/support/opcua-ask.ts';
import { filterOf, SERVER } from '#test/support/opcua-events.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const LOAD = { nodeId: lineNode('ST03.Spindle.Load'), attributeId: AttributeIds.Value };
const subscriptionOf = (session: ClientSession) =>
  session.createSubscription2({
    ...{ requestedPublishingInterval: 1000, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10 },
    ...{ maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 },
  });
const isServed = async (session: ClientSession) => (await session.read(LOAD)).statusCode.name;

test('a queue of millions and a sampling interval of nothing are revised to what a line gives', async () => {
  const session = await line().connect('p-anna');
  const subscription = await subscriptionOf(session);
  for (const [samplingInterval, queueSize] of [
    [0, 4_000_000_000],
    [1, 0],
    [-1, 1_000_000],
  ]) {
    const item = ClientMonitoredItem.create(
      subscription,
      LOAD,
      { samplingInterval, queueSize },
      TimestampsToReturn.Both,
    );
    await until(() => item.monitoredItemId !== undefined, 'the item');
    expect(item.monitoringParameters.queueSize).toBeLessThanOrEqual(100);
    expect(item.monitoringParameters.queueSize).toBeGreaterThanOrEqual(1);
    expect(item.monitoringParameters.samplingInterval).toBeGreaterThanOrEqual(100);
    const requestedParameters = { samplingInterval: 1, queueSize: 2_000_000_000, discardOldest: true };
    const modify = new ModifyMonitoredItemsRequest({
      ...{ subscriptionId: subscription.subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
      itemsToModify: [{ monitoredItemId: item.monitoredItemId ?? 0, requestedParameters }],
    });
    const { results } = (await ask(session, modify)).response as ModifyMonitoredItemsResponse;
    expect(results?.[0]).toMatchObject({ revisedQueueSize: 100, revisedSamplingInterval: 100 });
  }
});

test('queues of events, and items on what is not of the line, are revised too', async () => {
  const session = await line().connect('p-anna');
  const { subscriptionId } = await subscriptionOf(session);
  const timestampsToReturn = TimestampsToReturn.Both;
  const events = { nodeId: SERVER, attributeId: AttributeIds.EventNotifier };
  const requestedParameters = { samplingInterval: 1, queueSize: 4_000_000_000, filter: filterOf([]) };
  const create = async (itemToMonitor: object, requestedParameters: object) => {
    const itemsToCreate = [{ itemToMonitor, requestedParameters, monitoringMode: MonitoringMode.Reporting }];
    const request = new CreateMonitoredItemsRequest({ subscriptionId, timestampsToReturn, itemsToCreate });
    return ((await ask(session, request)).response as CreateMonitoredItemsResponse).results?.[0];
  };
  const made = await create(events, requestedParameters);
  expect(made?.revisedQueueSize).toBe(500);
  const monitoredItemId = made?.monitoredItemId ?? 0;
  const itemsToModify = [{ monitoredItemId, requestedParameters }];
  const modify = new ModifyMonitoredItemsRequest({ subscriptionId, timestampsToReturn, itemsToModify });
  const { results } = (await ask(session, modify)).response as ModifyMonitoredItemsResponse;
  expect(results?.[0].revisedQueueSize).toBe(500);
  expect((await create(events, { ...requestedParameters, queueSize: 0 }))?.revisedQueueSize).toBe(100);
  const rate = { nodeId: 'i=2272', attributeId: AttributeIds.Value };
  const ofServer = await create(rate, { samplingInterval: 1, queueSize: 4_000_000_000 });
  expect(ofServer).toMatchObject({ revisedSamplingInterval: 100, revisedQueueSize: 100 });
});

test('a session has ten subscriptions, and a request a thousand operations; then it is told no', async () => {
  const { connect: open } = line();
  const session = await open('p-anna');
  const subscription = await subscriptionOf(session);
  for (let n = 1; n < 10; n++) await subscriptionOf(session);
  await expect(subscriptionOf(session)).rejects.toThrow('BadTooManySubscriptions');
  const thousandAndOne = <T>(of: T): T[] => Array.from({ length: 1001 }, () => of);
  const value = { value: { dataType: DataType.Double, value: 80 } };
  const { nodeId } = LOAD;
  for (const request of [
    new ReadRequest({ timestampsToReturn: TimestampsToReturn.Both, nodesToRead: thousandAndOne(LOAD) }),
    new WriteRequest({ nodesToWrite: thousandAndOne({ ...LOAD, value }) }),
    new CallRequest({ methodsToCall: thousandAndOne({ objectId: nodeId, methodId: nodeId }) }),
    new BrowseRequest({ nodesToBrowse: thousandAndOne({ nodeId }) }),
    new TranslateBrowsePathsToNodeIdsRequest({ browsePaths: thousandAndOne({ startingNode: nodeId }) }),
    new RegisterNodesRequest({ nodesToRegister: thousandAndOne(resolveNodeId(nodeId)) }),
    new CreateMonitoredItemsRequest({
      subscriptionId: subscription.subscriptionId,
      itemsToCreate: thousandAndOne({ itemToMonitor: LOAD }),
    }),
  ]) {
    expect(`${request.constructor.name} ${(await ask(session, request)).status}`).toMatch(/ BadTooManyOperations$/);
  }
  expect(await isServed(session)).toBe('Good');
  expect(await isServed(await open('p-bo'))).toBe('Good');
});

test('continuation points of history are bounded: the oldest gives way', async () => {
  const { connect: open, cells } = line();
  const session = await open('p-anna');
  const endMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs) - 60_000;
  const read = async (continuationPoint?: Buffer): Promise<HistoryReadResult> => {
    const historyReadDetails = new ReadRawModifiedDetails({
      ...{ startTime: new Date(endMs - 30_000), endTime: new Date(endMs), numValuesPerNode: 2 },
    });
    const nodesToRead = [{ nodeId: LOAD.nodeId, ...(continuationPoint && { continuationPoint }) }];
    const { results } = await session.historyRead(new HistoryReadRequest({ historyReadDetails, nodesToRead }));
    return (results ?? [])[0];
  };
  const points: Buffer[] = [];
  for (let n = 0; n < 101; n++) points.push((await read()).continuationPoint);
  expect((await read(points[0])).statusCode.name).toBe('BadContinuationPointInvalid');
  expect((await read(points[100])).statusCode.name).toBe('Good');
  expect((await read(points[100])).statusCode.name).toBe('BadContinuationPointInvalid');
});

test('a flood of connections that say nothing is let go, and sessions go on', async () => {
  const { connect: open, server } = line();
  const session = await open('p-anna');
  const sockets: Socket[] = [];
  const livesMs: number[] = [];
  for (let n = 0; n < 200; n++) {
    const socket = connect(server.port, '127.0.0.1');
    const beginMs = performance.now();
    socket.on('error', () => {});
    socket.on('close', () => livesMs.push(performance.now() - beginMs));
    socket.resume();
    sockets.push(socket);
  }
  expect(await isServed(session)).toBe('Good');
  expect(await isServed(await open('p-bo'))).toBe('Good');
  // Well before those end that greeted, however late this test began to wait.
  await until(() => livesMs.length === sockets.length, 'the end of the silent connections', 18_000);
  expect(Math.min(...livesMs)).toBeLessThan(14_000);
  expect(await isServed(session)).toBe('Good');
}, 90_000);

test('what a session held is free when it ends, also when its client just vanishes from its channel', async () => {
  const { connect: open, server, cells, evidence } = line();
  const before = server.sessions;
  const session = await open('p-bo');
  const subscriptions = Subscription.registry.count();
  await subscriptionOf(session);
  expect([server.sessions, Subscription.registry.count()]).toEqual([before + 1, subscriptions + 1]);
  await session.close(false);
  await until(() => server.sessions === before, 'the end of the session');
  expect(Subscription.registry.count()).toBe(subscriptions);
  expect(evidence['p-bo'].at(-1)).toMatchObject({ kind: 'opcua.closed' });
  await until(() => !cells['p-bo'].isListenedTo || server.sessions > 0, 'the cell to be left alone');
});
