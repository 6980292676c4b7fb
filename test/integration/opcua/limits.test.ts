import { connect, type Socket } from 'node:net';
import {
  AttributeIds,
  ClientMonitoredItem,
  type ClientSession,
  HistoryReadRequest,
  type HistoryReadResult,
  ReadRawModifiedDetails,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
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
    await item.modify({ samplingInterval: 1, queueSize: 2_000_000_000, discardOldest: true }, TimestampsToReturn.Both);
    expect(item.monitoringParameters.queueSize).toBeLessThanOrEqual(100);
  }
});

test('a session has ten subscriptions, and a request a thousand operations; then it is told no', async () => {
  const { connect: open } = line();
  const session = await open('p-anna');
  for (let n = 0; n < 10; n++) await subscriptionOf(session);
  await expect(subscriptionOf(session)).rejects.toThrow('BadTooManySubscriptions');
  const reads = Array.from({ length: 1001 }, () => LOAD);
  await expect(session.read(reads)).rejects.toThrow('BadTooManyOperations');
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
  let closed = 0;
  for (let n = 0; n < 200; n++) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => (closed += 1));
    socket.resume();
    sockets.push(socket);
  }
  expect(await isServed(session)).toBe('Good');
  expect(await isServed(await open('p-bo'))).toBe('Good');
  await until(() => closed === sockets.length, 'the end of the silent connections', 60_000);
  expect(await isServed(session)).toBe('Good');
}, 90_000);

test('what a session held is free when it ends, also when its client just vanishes from its channel', async () => {
  const { connect: open, server, cells, evidence } = line();
  const before = server.sessions;
  const session = await open('p-bo');
  await subscriptionOf(session);
  expect(server.sessions).toBe(before + 1);
  await session.close(false);
  await until(() => server.sessions === before, 'the end of the session');
  expect(evidence['p-bo'].at(-1)).toMatchObject({ kind: 'opcua.closed' });
  await until(() => !cells['p-bo'].isListenedTo || server.sessions > 0, 'the cell to be left alone');
});
