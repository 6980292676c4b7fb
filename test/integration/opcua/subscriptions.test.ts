import {
  AttributeIds,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsResponse,
  CreateSubscriptionRequest,
  type CreateSubscriptionResponse,
  DataChangeFilter,
  DataChangeTrigger,
  DeadbandType,
  type DataValue,
  DeleteSubscriptionsRequest,
  MessageSecurityMode,
  ModifySubscriptionRequest,
  type ModifySubscriptionResponse,
  MonitoringMode,
  PublishRequest,
  type PublishResponse,
  RepublishRequest,
  type RepublishResponse,
  SecurityPolicy,
  SetMonitoringModeRequest,
  SetPublishingModeRequest,
  SetTriggeringRequest,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
import type { HistoryColumn } from '#contract/history.ts';
import { ask } from '#test/support/opcua-ask.ts';
import { subscribe, watch } from '#test/support/opcua-items.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);

const usOf = ({ sourceTimestamp, sourcePicoseconds }: DataValue, anchorMs: number): number =>
  Math.round(((sourceTimestamp?.getTime() ?? NaN) - anchorMs) * 1000 + sourcePicoseconds / 1e6);

/** What someone notices who looks at a history of changes at whole multiples of `everyUs` from `fromUs` on. */
function sampledEvery(everyUs: number, { tUs, values }: HistoryColumn, fromUs: number, toUs: number) {
  const noticed: { value: number; changedUs: number; seenUs: number }[] = [];
  for (let t = fromUs; t <= toUs; t += everyUs) {
    const n = tUs.findLastIndex((each) => each <= t);
    if (values[n] !== noticed.at(-1)?.value) noticed.push({ value: values[n], changedUs: tUs[n], seenUs: t });
  }
  return noticed;
}

test('items at 100 ms deliver what the recomputed history shows every 100 ms, 250 of one session and 50 of another', async () => {
  const { cells, connect, wall } = line();
  const encrypted = { policy: SecurityPolicy.Basic256Sha256, mode: MessageSecurityMode.SignAndEncrypt };
  const watched = [];
  for (const [name, count, door] of [
    ['p-anna', 250, {}],
    ['p-bo', 50, encrypted],
  ] as const) {
    const session = await connect(name, door);
    const subscription = await subscribe(session);
    const { signals } = cells[name].model;
    const spread = Array.from({ length: count }, (_, n) => signals[Math.floor((n * signals.length) / count)]);
    const items = await Promise.all(spread.map(({ path }) => watch(subscription, path)));
    expect(new Set(items.map(({ path }) => path)).size).toBe(count);
    await until(() => items.every(({ got }) => got.length === 1), 'the first value of every item');
    watched.push({ name, items });
  }
  const fromUs = cells['p-anna'].clock.simUs;
  for (let n = 0; n < 40; n++) {
    wall.forward(1000);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  for (const { name, items } of watched) {
    const cell = cells[name];
    const paths = items.map(({ path }) => path);
    const { columns } = await cell.history({ signals: paths, fromUs, toUs: cell.clock.simUs }, name);
    const expected = columns.map((column) => sampledEvery(100_000, column, fromUs, cell.clock.simUs));
    await until(() => items.every(({ got }, n) => got.length >= expected[n].length), 'all samples');
    items.forEach(({ path, got }, n) => {
      const seen = got.slice(1).map((each) => Number(each.value.value));
      expect([path, ...seen]).toEqual([path, ...expected[n].slice(1).map(({ value }) => value)]);
      got.slice(1).forEach((each, k) => {
        const { changedUs, seenUs } = expected[n][k + 1];
        expect(usOf(each, cell.anchorMs)).toBeGreaterThanOrEqual(changedUs);
        expect(usOf(each, cell.anchorMs)).toBeLessThanOrEqual(seenUs);
      });
    });
    expect(items.filter(({ got }) => got.length > 5).length).toBeGreaterThan(5);
  }
});

test('when an item ends, those that were sampled with it go on', async () => {
  const { connect, wall } = line();
  const subscription = await subscribe(await connect('p-anna'));
  const [ends, ...others] = [
    await watch(subscription, 'ST03.Spindle.Load'),
    await watch(subscription, 'ST03.Spindle.Load'),
    await watch(subscription, 'ST03.Spindle.Load'),
    await watch(subscription, 'ST08.State.Current'),
  ];
  await ends.item.terminate();
  const seen = ends.got.length;
  const goOn = () => {
    wall.forward(500);
    return others.every(({ got }) => got.length > 3);
  };
  await until(goOn, 'values of the items that are left');
  expect(ends.got.length).toBe(seen);
});

test('a percent deadband is a percentage of the range of the signal', async () => {
  const { connect, wall } = line();
  const session = await connect('p-anna');
  const subscription = await subscribe(session);
  const filter = new DataChangeFilter({
    trigger: DataChangeTrigger.StatusValue,
    deadbandType: DeadbandType.Percent,
    deadbandValue: 100,
  });
  const still = await watch(subscription, 'ST03.Spindle.Load', { filter });
  const lively = await watch(subscription, 'ST03.Spindle.Load');
  await until(() => still.got.length === 1 && lively.got.length === 1, 'the first values');
  wall.forward(10_000);
  await until(() => lively.got.length > 3, 'changes');
  expect(still.got.length).toBe(1);
});

test('an item that is only sampled is reported when the one that triggers it is', async () => {
  const { connect, wall } = line();
  const session = await connect('p-anna');
  const subscription = await session.createSubscription2({ requestedPublishingInterval: 100, publishingEnabled: true });
  const watch = async (path: string, mode: MonitoringMode) => {
    const item = await subscription.monitor(
      { nodeId: lineNode(path), attributeId: AttributeIds.Value },
      { samplingInterval: 100, queueSize: 10 },
      TimestampsToReturn.Both,
      mode,
    );
    const got: unknown[] = [];
    item.on('changed', (value: unknown) => got.push(value));
    return { item, got };
  };
  const linked = await watch('ST03.Spindle.Temperature', MonitoringMode.Sampling);
  const trigger = await watch('ST03.Spindle.Load', MonitoringMode.Reporting);
  for (let n = 0; n < 5; n++) wall.forward(1000);
  await until(() => trigger.got.length > 2, 'the trigger');
  expect(linked.got).toEqual([]);
  const links = new SetTriggeringRequest({
    subscriptionId: subscription.subscriptionId,
    triggeringItemId: trigger.item.monitoredItemId ?? 0,
    linksToAdd: [linked.item.monitoredItemId ?? 0],
  });
  expect((await ask(session, links)).status).toBe('Good');
  for (let n = 0; n < 5; n++) wall.forward(1000);
  await until(() => linked.got.length > 0, 'the item that is linked');
});

test('what was not acknowledged can be had again, what is held back is kept, silence says so, and an end is one', async () => {
  const { connect, wall } = line();
  const session = await connect('p-anna');
  const rates = { requestedPublishingInterval: 100, requestedMaxKeepAliveCount: 3, requestedLifetimeCount: 100 };
  const of = async <R>(request: object): Promise<R> => (await ask(session, request)).response as R;
  const { subscriptionId } = await of<CreateSubscriptionResponse>(
    new CreateSubscriptionRequest({ ...rates, publishingEnabled: true }),
  );
  const created = await of<CreateMonitoredItemsResponse>(
    new CreateMonitoredItemsRequest({
      ...{ subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
      itemsToCreate: [
        {
          itemToMonitor: { nodeId: lineNode('Clock.SimTime'), attributeId: AttributeIds.Value },
          monitoringMode: MonitoringMode.Reporting,
          requestedParameters: { clientHandle: 7, samplingInterval: 100, queueSize: 10, discardOldest: true },
        },
      ],
    }),
  );
  const monitoredItemIds = [created.results?.[0].monitoredItemId ?? 0];
  const publish = async (...acknowledged: number[]) => {
    const subscriptionAcknowledgements = acknowledged.map((sequenceNumber) => ({ subscriptionId, sequenceNumber }));
    const { status, response } = await ask(session, new PublishRequest({ subscriptionAcknowledgements }));
    const { notificationMessage: message, results } = (response ?? {}) as Partial<PublishResponse>;
    const [data] = (message?.notificationData ?? []) as { monitoredItems?: { value: DataValue }[] }[];
    return {
      ...{ status, sequence: message?.sequenceNumber ?? 0, acknowledged: results?.map(({ name }) => name) },
      values: (data?.monitoredItems ?? []).map(({ value }) => String(value.value.value)),
    };
  };
  const again = async (retransmitSequenceNumber: number) => {
    const { status, response } = await ask(session, new RepublishRequest({ subscriptionId, retransmitSequenceNumber }));
    const message = (response as RepublishResponse | undefined)?.notificationMessage;
    const [data] = (message?.notificationData ?? []) as unknown as { monitoredItems: { value: DataValue }[] }[];
    return { status, values: data?.monitoredItems.map(({ value }) => String(value.value.value)) };
  };

  const first = await publish();
  expect(first).toMatchObject({ status: 'Good', values: [expect.any(String)] });
  expect(await again(first.sequence)).toEqual({ status: 'Good', values: first.values });
  const silence = await publish(first.sequence);
  expect(silence).toEqual({ status: 'Good', sequence: first.sequence + 1, acknowledged: ['Good'], values: [] });
  expect((await again(first.sequence)).status).toBe('BadMessageNotAvailable');
  expect((await publish(first.sequence)).acknowledged).toEqual(['BadSequenceNumberUnknown']);

  const isPublished = (publishingEnabled: boolean) =>
    ask(session, new SetPublishingModeRequest({ publishingEnabled, subscriptionIds: [subscriptionId] }));
  expect((await isPublished(false)).status).toBe('Good');
  for (let n = 0; n < 3; n++) wall.forward(1000);
  expect((await publish()).values).toEqual([]);
  await isPublished(true);
  expect((await publish()).values.length).toBeGreaterThan(1);

  const mode = (monitoringMode: MonitoringMode) =>
    ask(session, new SetMonitoringModeRequest({ subscriptionId, monitoringMode, monitoredItemIds }));
  await mode(MonitoringMode.Sampling);
  for (let n = 0; n < 3; n++) wall.forward(1000);
  expect((await publish()).values).toEqual([]);
  await mode(MonitoringMode.Disabled);
  for (let n = 0; n < 3; n++) wall.forward(1000);
  await mode(MonitoringMode.Reporting);
  expect((await publish()).values).toHaveLength(1);

  const modified = await of<ModifySubscriptionResponse>(
    new ModifySubscriptionRequest({ subscriptionId, ...rates, requestedPublishingInterval: 1 }),
  );
  expect(modified.revisedPublishingInterval).toBeGreaterThanOrEqual(50);
  await ask(session, new DeleteSubscriptionsRequest({ subscriptionIds: [subscriptionId] }));
  expect((await publish()).status).toBe('BadNoSubscription');
});
