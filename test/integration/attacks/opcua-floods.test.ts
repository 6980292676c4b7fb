import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net';
import {
  AttributeIds,
  BrowseDirection,
  BrowseNextRequest,
  BrowseRequest,
  type BrowseResponse,
  CallRequest,
  type CallResponse,
  type ClientSession,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsResponse,
  CreateSessionRequest,
  CreateSubscriptionRequest,
  type CreateSubscriptionResponse,
  DataType,
  DeleteMonitoredItemsRequest,
  HistoryReadRequest,
  MessageSecurityMode,
  PublishRequest,
  type PublishResponse,
  ReadRawModifiedDetails,
  SecurityPolicy,
  WriteRequest,
} from 'node-opcua';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '#test/support/opcua-ask.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';
import { usedBytes } from '#test/support/used-bytes.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const LOAD = { nodeId: lineNode('ST03.Spindle.Load'), attributeId: AttributeIds.Value };
const isServed = async (session: ClientSession) => (await session.read(LOAD)).statusCode.name;

function openSocket(): Socket {
  const socket = connectTcp(line().server.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** OPC 10000-6, 7.1.2: a message head with the size that it announces, then its body. */
function message(kind: string, announced: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(kind, 'ascii');
  head.writeUInt32LE(announced, 4);
  return Buffer.concat([head, body]);
}

/** Version 0, buffers of 64 KB, messages of any size, and an address. */
function hello(): Buffer {
  const url = Buffer.from(`opc.tcp://127.0.0.1:${line().server.port}/${'x'.repeat(300)}`);
  const body = Buffer.alloc(24);
  body.writeUInt32LE(65_536, 4);
  body.writeUInt32LE(65_536, 8);
  body.writeUInt32LE(url.length, 20);
  return message('HELF', 8 + body.length + url.length, Buffer.concat([body, url]));
}

test('a continuation point of another session is worth nothing, for Browse and for history', async () => {
  const { cells, connect } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const nodesToBrowse = [
    {
      ...{ nodeId: 'i=85', referenceTypeId: 'i=33', includeSubtypes: true, resultMask: 63 },
      browseDirection: BrowseDirection.Forward,
    },
  ];
  const page = await ask(anna, new BrowseRequest({ requestedMaxReferencesPerNode: 1, nodesToBrowse }));
  const point = (page.response as BrowseResponse).results?.[0].continuationPoint;
  expect(point?.length).toBeGreaterThan(0);
  const next = async (session: ClientSession) => {
    const { response } = await ask(session, new BrowseNextRequest({ continuationPoints: [point as Buffer] }));
    return (response as BrowseResponse).results?.[0].statusCode.name;
  };
  expect(await next(bo)).toBe('BadContinuationPointInvalid');
  expect(await next(anna)).toBe('Good');

  const endMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs) - 60_000;
  const read = async (session: ClientSession, continuationPoint?: Buffer) => {
    const historyReadDetails = new ReadRawModifiedDetails({
      ...{ startTime: new Date(endMs - 30_000), endTime: new Date(endMs), numValuesPerNode: 2 },
    });
    const nodesToRead = [{ nodeId: LOAD.nodeId, ...(continuationPoint && { continuationPoint }) }];
    const { results } = await session.historyRead(new HistoryReadRequest({ historyReadDetails, nodesToRead }));
    return (results ?? [])[0];
  };
  const { continuationPoint: cursor } = await read(anna);
  expect((await read(bo, cursor)).statusCode.name).toBe('BadContinuationPointInvalid');
  expect((await read(anna, cursor)).statusCode.name).toBe('Good');
});

test('hellos without end, and chunks that announce what never comes, cost no memory and disturb nobody', async () => {
  const { connect } = line();
  const session = await connect('p-bo');
  await isServed(session);
  const before = usedBytes();
  const sockets = Array.from({ length: 200 }, openSocket);
  let closed = 0;
  let closedSilent = 0;
  const silent = Array.from({ length: 5 }, openSocket);
  for (const socket of silent) socket.on('close', () => (closedSilent += 1));
  for (const [n, socket] of sockets.entries()) {
    socket.on('close', () => (closed += 1));
    // In one piece: what follows a Hello so closely once ended the whole server.
    const announced = [message('OPNF', 0x7fff_ffff, Buffer.alloc(2000)), message('OPNF', 3, Buffer.alloc(100))];
    socket.write(n % 2 === 0 ? Buffer.concat([hello(), announced[(n / 2) % 2]]) : hello());
  }
  expect(await isServed(session)).toBe('Good');
  expect(await isServed(await connect('p-anna'))).toBe('Good');
  // What announces too much is cut off at once; who only greets is, when no channel follows.
  await until(() => closed >= sockets.length / 2, 'the end of those that announced too much', 20_000);
  expect(usedBytes() - before).toBeLessThan(40e6);
  // Who says nothing at all is given half the time.
  await until(() => closedSilent === silent.length, 'the end of those that said nothing', 20_000);
  expect(closed).toBeLessThan(sockets.length);
  await until(() => closed === sockets.length, 'the end of those that only greeted', 60_000);
  expect(usedBytes() - before).toBeLessThan(10e6);
  expect(await isServed(session)).toBe('Good');
}, 120_000);

test('sessions that are opened and never activated give way, and others come in', async () => {
  const { client, connect, server } = line();
  const before = server.sessions;
  const attacker = await client();
  const url = server.localUrl;
  for (let n = 0; n < 40; n++) {
    const request = new CreateSessionRequest({
      ...{ endpointUrl: url, sessionName: `flood ${n}`, clientNonce: randomBytes(32) },
      ...{ requestedSessionTimeout: 3_600_000, clientDescription: { applicationUri: 'urn:flood' } },
    });
    expect((await ask(attacker, request)).status).toBe('Good');
    expect(server.sessions - before).toBeLessThanOrEqual(5);
  }
  expect(await isServed(await connect('p-bo'))).toBe('Good');
});

test('queues that nobody reads stay as long as was granted, and the memory with them', async () => {
  const { connect, wall, cells } = line();
  const session = await connect('p-anna');
  const other = await connect('p-bo');
  const created = await ask(
    session,
    new CreateSubscriptionRequest({
      ...{ requestedPublishingInterval: 1000, requestedLifetimeCount: 100_000, requestedMaxKeepAliveCount: 1000 },
      ...{ maxNotificationsPerPublish: 0, publishingEnabled: true },
    }),
  );
  const { subscriptionId } = created.response as CreateSubscriptionResponse;
  const paths = cells['p-anna'].model.signals.map(({ path }) => path);
  const items = new CreateMonitoredItemsRequest({
    subscriptionId,
    itemsToCreate: paths.map((path, n) => ({
      itemToMonitor: { nodeId: lineNode(path), attributeId: AttributeIds.Value },
      requestedParameters: {
        clientHandle: n + 1,
        samplingInterval: 100,
        queueSize: 4_000_000_000,
        discardOldest: true,
      },
      monitoringMode: 2,
    })),
  });
  expect((await ask(session, items)).status).toBe('Good');
  const beats = async (count: number) => {
    for (let n = 0; n < count; n++) {
      wall.forward(1000);
      await new Promise(setImmediate);
    }
  };
  await beats(200);
  const full = usedBytes();
  await beats(200);
  expect(usedBytes() - full).toBeLessThan(5e6);
  expect(await isServed(other)).toBe('Good');

  const { response } = await ask(session, new PublishRequest({ subscriptionAcknowledgements: [] }));
  const [data] = (response as PublishResponse).notificationMessage.notificationData ?? [];
  const { monitoredItems } = data as unknown as {
    monitoredItems: { clientHandle: number; value: { statusCode: { hasOverflowBit: boolean } } }[];
  };
  const counts = new Map<number, number>();
  for (const { clientHandle } of monitoredItems) counts.set(clientHandle, (counts.get(clientHandle) ?? 0) + 1);
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(100);
  expect(monitoredItems.some(({ value }) => value.statusCode.hasOverflowBit)).toBe(true);
}, 60_000);

test('refusals and items without end fill no log: what is written of them is bounded, and others are written down', async () => {
  const { connect, evidence } = line();
  const [session, other] = [await connect('p-anna'), await connect('p-bo')];
  const { subscriptionId } = (await ask(session, new CreateSubscriptionRequest({ requestedPublishingInterval: 1000 })))
    .response as CreateSubscriptionResponse;
  const before = evidence['p-anna'].length;
  const thousand = <T>(make: (n: number) => T): T[] => Array.from({ length: 1000 }, (_, n) => make(n));
  const value = { value: { dataType: DataType.Double, value: 1 } };
  for (let round = 0; round < 4; round++) {
    const nodesToWrite = thousand((n) => ({ ...LOAD, nodeId: lineNode(`ST03.No${round}.${n}`), value }));
    expect((await ask(session, new WriteRequest({ nodesToWrite }))).status).toBe('Good');
    const itemsToCreate = thousand((clientHandle) => ({
      ...{ itemToMonitor: LOAD, monitoringMode: 2, requestedParameters: { clientHandle, samplingInterval: 1000 } },
    }));
    const items = (await ask(session, new CreateMonitoredItemsRequest({ subscriptionId, itemsToCreate }))).response;
    const monitoredItemIds = ((items as CreateMonitoredItemsResponse).results ?? []).map((one) => one.monitoredItemId);
    await ask(session, new DeleteMonitoredItemsRequest({ subscriptionId, monitoredItemIds }));
  }
  // 12,000 things were done; 5,000 of them begin at once, and those that end are ended.
  expect(evidence['p-anna'].length - before).toBeLessThan(7700);
  const seen = evidence['p-bo'].length;
  await other.write({ ...LOAD, value });
  expect(evidence['p-bo'].slice(seen)).toMatchObject([{ kind: 'refusal', what: 'write ST03.Spindle.Load' }]);
}, 60_000);

test('a write that was overheard and is sent again is not done again, on its own connection or on another', async () => {
  const { server, connect, evidence } = line();
  const overheard: Buffer[] = [];
  const upstream: Socket[] = [];
  const listener = createServer((socket) => {
    const up = connectTcp(server.port, '127.0.0.1');
    upstream.push(up);
    socket.on('data', (data) => {
      overheard.push(data);
      up.write(data);
    });
    up.on('data', (data) => socket.write(data));
    for (const [one, other] of [
      [socket, up],
      [up, socket],
    ]) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listener.close());
  const done = () => evidence['p-anna'].filter(({ kind }) => kind === 'command').length;
  for (const door of [{}, { policy: SecurityPolicy.Basic256Sha256, mode: MessageSecurityMode.SignAndEncrypt }]) {
    const url = `opc.tcp://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    const anna = await connect('p-anna', { ...door, url });
    const before = done();
    overheard.length = 0;
    const value = { value: { dataType: DataType.Double, value: 81 } };
    const node = { nodeId: lineNode('ST03.Program.Feed'), attributeId: AttributeIds.Value };
    expect((await anna.write({ ...node, value })).name).toBe('Good');
    expect(done()).toBe(before + 1);
    const recorded = Buffer.concat(overheard);
    const stranger = openSocket();
    stranger.write(Buffer.concat([hello(), recorded]));
    await until(() => stranger.bytesRead > 0 || stranger.closed, 'the answer to the Hello of the stranger');
    expect(await isServed(anna)).toBe('Good');
    const own = upstream.at(-1);
    own?.write(recorded);
    await until(() => own?.closed, 'the end of a connection on which something came twice');
    expect(done()).toBe(before + 1);
  }
  expect(await isServed(await connect('p-bo'))).toBe('Good');
});

test('calls without end are refused from some number on, each told why, and leave others what is theirs', async () => {
  const { cells, connect, evidence } = line();
  const [session, other] = [await connect('p-anna'), await connect('p-bo')];
  const give = (n: number) =>
    cells['p-anna'].command({ id: `${n}`, target: 'ST12.Unhold' }, { actor: 'p-anna', via: 'mqtt' });
  await Promise.all(Array.from({ length: 2000 }, (_, n) => give(n)));
  const before = evidence['p-anna'].length;
  const methodsToCall = Array.from({ length: 200 }, () => {
    return { objectId: lineNode('ST12'), methodId: lineNode('ST12.Hold') };
  });
  const { response } = await ask(session, new CallRequest({ methodsToCall }));
  const told = ((response as CallResponse).results ?? []).map(({ statusCode }) => statusCode.name);
  expect(told.filter((name) => name === 'BadTooManyOperations').length).toBeGreaterThan(100);
  const { value } = await session.read({ nodeId: lineNode('LastRefusal'), attributeId: AttributeIds.Value });
  expect(value.value).toMatch(/5 a second.*Wait/);
  expect(evidence['p-anna'].length - before).toBeLessThan(100);
  const hold = { objectId: lineNode('ST12'), methodId: lineNode('ST12.Hold'), inputArguments: [] };
  expect((await other.call(hold)).statusCode.name).toBe('Good');
});
