import {
  type ClientSession,
  type CreateMonitoredItemsResponse,
  DataChangeFilter,
  DataChangeTrigger,
  ModifyMonitoredItemsRequest,
  PublishRequest,
  type Response,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
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
