import {
  AttributeIds,
  ContentFilter,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsResponse,
  DataType,
  ElementOperand,
  FilterOperator,
  MonitoringMode,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
import {
  fieldNamed,
  filterOf,
  literal,
  type SeenEvent,
  SERVER,
  subscribe,
  typeIs,
  watchEvents,
} from '#test/support/opcua-events.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const FINISHED = lineNode('PartFinishedEventType');

test('each session is told what happens in its own cell, at the plant time of the happening, in its own language', async () => {
  const { cells, connect, wall } = line();
  const told: Record<string, SeenEvent[]> = {};
  const happened: Record<string, { t: number; event: string; value: number }[]> = { 'p-anna': [], 'p-bo': [] };
  for (const [name, locale] of [
    ['p-anna', 'sv'],
    ['p-bo', 'en'],
  ]) {
    cells[name].listen({ happened: (one) => void happened[name].push(one) });
    const session = await connect(name, { locale });
    const fields = ['2:Serial', '2:Name', '2:Value'];
    told[name] = (await watchEvents(await subscribe(session), SERVER, fields, typeIs(FINISHED))).got;
  }
  for (let k = 0; k < 60; k++) wall.leap(1000);
  for (const name of ['p-anna', 'p-bo']) {
    const parts = happened[name].filter(({ event }) => /\.Part(Done|Left)$/.test(event));
    expect(parts.length).toBeGreaterThan(3);
    await until(() => told[name].length >= parts.length, `the parts of ${name}`);
    const { anchorMs } = cells[name].clock;
    expect(told[name].map((one) => [one.Time.getTime(), one['2:Serial'], one['2:Value']])).toEqual(
      parts.map(({ t, value }) => [Math.floor(anchorMs + t / 1000), value, value]),
    );
    expect(new Set(told[name].map(({ EventId }) => EventId.toString('hex'))).size).toBe(parts.length);
  }
  expect(told['p-anna'][0].Message.text).toContain('detalj');
  expect(told['p-bo'][0].Message.text).toContain('part');
  const all = [...told['p-anna'], ...told['p-bo']].map(({ EventId }) => EventId.toString('hex'));
  expect(new Set(all).size, 'no event is told to both').toBe(all.length);
});

test('a station tells of itself alone, the line of all stations', async () => {
  const { connect, wall } = line();
  const session = await connect('p-anna');
  const subscription = await subscribe(session);
  const mill = await watchEvents(subscription, lineNode('ST03'));
  const all = await watchEvents(subscription, lineNode('nordpump/halmstad/pumps/line1'));
  for (let k = 0; k < 120; k++) wall.leap(1000);
  await until(() => mill.got.length > 2 && all.got.length > mill.got.length, 'events');
  expect(new Set(mill.got.map(({ SourceName }) => SourceName))).toEqual(new Set(['ST03']));
  expect(mill.got[0].SourceNode.toString()).toBe(lineNode('ST03'));
  expect(new Set(all.got.map(({ SourceName }) => SourceName)).size).toBeGreaterThan(3);
});

test('where clauses choose by type, list, equality, order, pattern and absence', async () => {
  const { connect, wall } = line();
  const subscription = await subscribe(await connect('p-anna'));
  const where = (operator: FilterOperator, ...operands: unknown[]) =>
    watchEvents(subscription, SERVER, [], { operator, operands });
  const text = (value: string) => literal(DataType.String, value);
  const name = fieldNamed('SourceName');
  const all = await watchEvents(subscription, SERVER);
  const chosen = {
    equals: await where(FilterOperator.Equals, name, text('ST03')),
    inList: await where(FilterOperator.InList, name, text('ST04'), text('ST05')),
    like: await where(FilterOperator.Like, name, text('ST0[78]')),
    severe: await where(FilterOperator.GreaterThan, fieldNamed('Severity'), literal(DataType.Int64, [0, 100])),
    mild: await where(
      FilterOperator.Between,
      fieldNamed('Severity'),
      literal(DataType.Double, 1),
      literal(DataType.Byte, 100),
    ),
    noAlarm: await where(FilterOperator.IsNull, fieldNamed('ActiveState.Id')),
    ofType: await watchEvents(subscription, SERVER, [], typeIs(lineNode('PartEventType'))),
    ofBase: await watchEvents(subscription, SERVER, [], typeIs('i=2041')),
  };
  for (let k = 0; k < 200; k++) wall.leap(1000);
  const quiet = await until(() => (all.got.length > 40 ? all.got.length : undefined), 'events');
  const names = (wanted: (one: SeenEvent) => boolean) =>
    all.got.filter(wanted).map(({ EventId }) => EventId.toString('hex'));
  const expected = {
    equals: names((one) => one.SourceName === 'ST03'),
    inList: names((one) => ['ST04', 'ST05'].includes(one.SourceName)),
    like: names((one) => ['ST07', 'ST08'].includes(one.SourceName)),
    severe: names((one) => one.Severity > 100),
    mild: names((one) => one.Severity <= 100),
    noAlarm: names((one) => one.ConditionId === null || one.ConditionId === undefined),
    ofType: names((one) => /Part\w+EventType$/.test(String(one.EventType.value))),
    ofBase: names(() => true),
  };
  expect(quiet).toBe(all.got.length);
  for (const [which, { got }] of Object.entries(chosen)) {
    const wanted = expected[which as keyof typeof expected];
    await until(() => got.length >= wanted.length, which);
    expect(
      got.map(({ EventId }) => EventId.toString('hex')),
      which,
    ).toEqual(wanted);
  }
  expect(expected.like.length).toBeGreaterThan(0);
});

test('elements of a where clause that share others cost no more than there are, and round ones are refused', async () => {
  const { connect, wall } = line();
  const subscription = await subscribe(await connect('p-anna'));
  const element = (filterOperator: FilterOperator, ...filterOperands: unknown[]) => ({
    filterOperator,
    filterOperands: filterOperands as never,
  });
  const place = (index: number) => new ElementOperand({ index });
  const watchFor = async (elements: ReturnType<typeof element>[]) => {
    const filter = filterOf([]);
    filter.whereClause = new ContentFilter({ elements });
    const got: unknown[] = [];
    const item = await subscription.monitor(
      { nodeId: SERVER, attributeId: AttributeIds.EventNotifier },
      { samplingInterval: 0, queueSize: 500, discardOldest: true, filter },
      TimestampsToReturn.Both,
    );
    item.on('changed', (values: unknown) => got.push(values));
    return { got, status: item.statusCode.name };
  };
  const all = await watchEvents(subscription, SERVER);
  // Both operands of each lead to the next: evaluated as a tree, the last one would be looked at 2^18 times an event.
  const ladder = Array.from({ length: 18 }, (_, k) => element(FilterOperator.And, place(k + 1), place(k + 1)));
  const { got } = await watchFor([...ladder, element(FilterOperator.Not, literal(DataType.Boolean, false))]);
  const { user } = process.cpuUsage();
  for (let k = 0; k < 60; k++) wall.leap(1000);
  expect((process.cpuUsage().user - user) / 1e6).toBeLessThan(2);
  await until(() => all.got.length > 3 && got.length === all.got.length, 'the events');
  const round = watchFor([element(FilterOperator.Not, place(1)), element(FilterOperator.Not, place(0))]);
  await expect(round.then(({ status }) => Promise.reject(new Error(status)))).rejects.toThrow(
    'BadFilterElementInvalid',
  );
});

test('what notifies of nothing, and an item without an event filter, is refused', async () => {
  const { connect } = line();
  const session = await connect('p-anna');
  const subscription = await subscribe(session);
  const monitor = async (nodeId: string, filter?: object) => {
    const item = await subscription
      .monitor(
        { nodeId, attributeId: AttributeIds.EventNotifier },
        { samplingInterval: 0, queueSize: 10, discardOldest: true, ...(filter && { filter: filter as never }) },
        TimestampsToReturn.Both,
      )
      .catch((error: unknown) => error);
    return String((item as { statusCode?: { name: string } }).statusCode?.name ?? item);
  };
  expect(await monitor(lineNode('ST03.Spindle'), filterOf([]))).toContain('BadAttributeIdInvalid');
  expect(await monitor('i=85', filterOf([]))).toContain('BadAttributeIdInvalid');
  expect(await monitor(lineNode('ST99'), filterOf([]))).toContain('BadNodeIdUnknown');
  const unfiltered = new CreateMonitoredItemsRequest({
    subscriptionId: subscription.subscriptionId,
    timestampsToReturn: TimestampsToReturn.Both,
    itemsToCreate: [
      {
        itemToMonitor: { nodeId: lineNode('ST03'), attributeId: AttributeIds.EventNotifier },
        monitoringMode: MonitoringMode.Reporting,
        requestedParameters: { clientHandle: 77, samplingInterval: 0, queueSize: 1, discardOldest: true },
      },
    ],
  });
  // The library has it, its types have not.
  const raw = session as unknown as {
    createMonitoredItems(request: CreateMonitoredItemsRequest): Promise<CreateMonitoredItemsResponse>;
  };
  const { results } = await raw.createMonitoredItems(unfiltered);
  expect(results?.[0].statusCode.name).toBe('BadFilterNotAllowed');
});

test('event types are there to browse and to read, with their fields', async () => {
  const { connect } = line();
  const session = await connect('p-anna');
  const { references } = await session.browse({ nodeId: lineNode('PartEventType'), resultMask: 63 } as never);
  const found = (references ?? []).map(({ nodeId }) => nodeId.toString());
  expect(found).toEqual(expect.arrayContaining([FINISHED, lineNode('PartEventType.Serial')]));
  const [notifier, name] = await session.read([
    { nodeId: lineNode('ST03'), attributeId: AttributeIds.EventNotifier },
    { nodeId: FINISHED, attributeId: AttributeIds.BrowseName },
  ]);
  expect(notifier.value.value).toBe(5);
  expect(String(name.value.value)).toContain('PartFinishedEventType');
});
