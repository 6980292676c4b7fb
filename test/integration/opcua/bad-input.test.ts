import {
  AttributeIds,
  type ClientSession,
  type CreateMonitoredItemsResponse,
  CreateSessionRequest,
  DataChangeFilter,
  DataChangeTrigger,
  DataType,
  ModifyMonitoredItemsRequest,
  PublishRequest,
  type Response,
  TimestampsToReturn,
  WriteRequest,
} from 'node-opcua';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '#test/support/opcua-ask.ts';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';
import type { Cases } from '#test/support/opcua-nonsense/cases.ts';
import { badHistory, historyOf, rawHistory } from '#test/support/opcua-nonsense/history.ts';
import { badItems, itemsOf } from '#test/support/opcua-nonsense/items.ts';
import { badReads } from '#test/support/opcua-nonsense/reads.ts';
import { badWrites } from '#test/support/opcua-nonsense/writes.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const FEED = lineNode('ST03.Program.Feed');

/** Status codes of the single operations of an answer, or of the whole where it has none. */
async function told(session: ClientSession, request: object): Promise<string> {
  const { response, status } = await ask(session, request);
  const { results } = (response ?? {}) as Response & {
    results?: { statusCode?: { name: string }; name?: string }[] | null;
  };
  return results?.length ? results.map((one) => one.statusCode?.name ?? one.name).join() : status;
}

/** Each request is told what is wrong with it. */
async function expectTold(session: ClientSession, cases: Cases): Promise<void> {
  const seen: Record<string, string> = {};
  for (const [name, [request]] of Object.entries(cases)) seen[name] = await told(session, request);
  expect(seen).toEqual(Object.fromEntries(Object.entries(cases).map(([name, [, status]]) => [name, status])));
}

test('reads, browses and paths that mean nothing are each told what is wrong with them', async () => {
  await expectTold(await line().connect('p-anna'), badReads());
});

test('writes and calls that cannot be are each told what is wrong with them, and change nothing', async () => {
  const anna = await line().connect('p-anna');
  const before = await anna.read({ nodeId: FEED });
  await expectTold(anna, badWrites());
  expect((await anna.read({ nodeId: FEED })).value.value).toBe(before.value.value);
});

test('history that cannot be read is told what is wrong with it', async () => {
  const { connect, cells } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const nowMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs);
  const raw = rawHistory(nowMs);
  const pageOfBo = async (more: object = {}) =>
    (await bo.historyRead(historyOf(raw, [{ nodeId: lineNode('ST03.Spindle.Load'), ...more }]))).results?.[0];
  const { continuationPoint: cursor = Buffer.alloc(0) } = (await pageOfBo()) ?? {};
  expect(cursor.length).toBeGreaterThan(0);
  await expectTold(anna, badHistory(nowMs, cursor));
  expect((await pageOfBo({ continuationPoint: cursor }))?.statusCode.name).toBe('Good');
});

test('subscriptions and items that cannot be are told what is wrong with them', async () => {
  const anna = await line().connect('p-anna');
  expect(await told(anna, new PublishRequest({ subscriptionAcknowledgements: [] }))).toBe('BadNoSubscription');
  const { subscriptionId } = await anna.createSubscription2({
    requestedPublishingInterval: 500,
    publishingEnabled: true,
  });
  await expectTold(anna, badItems(subscriptionId));

  const made = await ask(anna, itemsOf(subscriptionId).item({}));
  const [{ monitoredItemId }] = (made.response as CreateMonitoredItemsResponse).results ?? [];
  const filter = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: 1, deadbandValue: -5 });
  const change = new ModifyMonitoredItemsRequest({
    ...{ subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
    itemsToModify: [{ monitoredItemId, requestedParameters: { samplingInterval: 500, queueSize: 1, filter } }],
  });
  expect(await told(anna, change)).toBe('BadDeadbandFilterInvalid');
});

test('an interval that is no number is as good as none, and ends neither the connection nor the server', async () => {
  const [anna, bo] = [await line().connect('p-anna'), await line().connect('p-bo')];
  const subscription = await anna.createSubscription2({ requestedPublishingInterval: 500, publishingEnabled: true });
  const { subscriptionId } = subscription;
  const { item } = itemsOf(subscriptionId);
  for (const [samplingInterval, revised] of [
    [NaN, 500],
    [-Infinity, 500],
    [-5, 500],
    [Infinity, 3_600_000],
  ]) {
    const created = (await ask(anna, item({}, { samplingInterval }))).response as CreateMonitoredItemsResponse;
    const [{ monitoredItemId, revisedSamplingInterval }] = created.results ?? [];
    expect(revisedSamplingInterval, String(samplingInterval)).toBe(revised);
    const change = new ModifyMonitoredItemsRequest({
      ...{ subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
      itemsToModify: [{ monitoredItemId, requestedParameters: { clientHandle: 1, samplingInterval, queueSize: 1 } }],
    });
    expect(await told(anna, change), String(samplingInterval)).toBe('Good');
  }
  expect((await bo.read({ nodeId: FEED })).statusCode.name).toBe('Good');
});

test('a session without security is opened whatever stands in the place of a certificate', async () => {
  const { client, connect, server } = line();
  const request = new CreateSessionRequest({
    ...{ endpointUrl: server.localUrl, sessionName: 'no certificate', clientNonce: Buffer.alloc(32, 1) },
    ...{ clientCertificate: Buffer.from('no certificate'), clientDescription: { applicationUri: 'urn:x' } },
  });
  expect((await ask(await client(), request)).status).toBe('Good');
  expect((await (await connect('p-bo')).read({ nodeId: FEED })).statusCode.name).toBe('Good');
});

test('a failure of the server’s own while it answers one request is that of the request alone', async () => {
  const { cells, connect } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const cell = cells['p-anna'] as unknown as Partial<Record<'sample' | 'command', unknown>>;
  const broken = () => {
    throw new Error('broken on purpose');
  };
  onTestFinished(() => {
    delete cell.sample;
    delete cell.command;
  });
  Object.assign(cell, { sample: broken, command: broken });
  const load = { nodeId: lineNode('ST03.Spindle.Load') };
  expect((await anna.read(load)).statusCode.name).toBe('BadInternalError');
  const value = { value: { dataType: DataType.Double, value: 80 } };
  const write = new WriteRequest({ nodesToWrite: [{ nodeId: FEED, attributeId: AttributeIds.Value, value }] });
  expect(await told(anna, write)).toBe('BadInternalError');
  expect((await bo.read(load)).statusCode.name).toBe('Good');
  delete cell.sample;
  expect((await anna.read(load)).statusCode.name).toBe('Good');
});

test('a failure of the server’s own while a line goes on ends the session that it is about, and no other', async () => {
  const { cells, connect, wall, log } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const load = { nodeId: lineNode('ST03.Spindle.Load') };
  for (const session of [anna, bo]) {
    const { subscriptionId } = await session.createSubscription2({ requestedPublishingInterval: 500 });
    expect(await told(session, itemsOf(subscriptionId).item({}))).toBe('Good');
  }
  const cell = cells['p-anna'] as unknown as { sample?: unknown };
  onTestFinished(() => {
    delete cell.sample;
  });
  cell.sample = () => {
    throw new Error('broken on purpose');
  };
  wall.forward(60_000);
  delete cell.sample;
  expect(log.some((text) => text.includes('broken on purpose'))).toBe(true);
  expect(await told(anna, new PublishRequest({ subscriptionAcknowledgements: [] }))).toMatch(/^BadSession/);
  expect((await bo.read(load)).statusCode.name).toBe('Good');
});
