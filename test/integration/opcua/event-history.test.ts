import {
  AttributeIds,
  type ClientSession,
  type EventFilter,
  HistoryReadRequest,
  HistoryReadResult,
  ReadEventDetails,
  TimestampsToReturn,
  type Variant,
} from 'node-opcua';
import { expect, test } from 'vitest';
import {
  type Clause,
  CONDITION_FIELDS,
  eventFrom,
  filterOf,
  type SeenEvent,
  SERVER,
  subscribe,
  typeIs,
  watchEvents,
} from '#test/support/opcua-events.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);

interface Question {
  readonly node?: string;
  readonly start?: Date;
  readonly end?: Date;
  readonly count?: number;
  readonly where?: Clause;
  readonly point?: Buffer | null;
  readonly filter?: EventFilter | null;
}

async function ask(session: ClientSession, { node = SERVER, start, end, count = 0, where, point, filter }: Question) {
  const request = new HistoryReadRequest({
    historyReadDetails: new ReadEventDetails({
      ...{ startTime: start ?? null, endTime: end ?? null, numValuesPerNode: count },
      filter: filter === undefined ? filterOf(CONDITION_FIELDS, where) : (filter as never),
    }),
    nodesToRead: [{ nodeId: node, ...(point && { continuationPoint: point }) }],
    timestampsToReturn: TimestampsToReturn.Both,
  });
  const { results } = await session.historyRead(request);
  const result = results?.[0] ?? new HistoryReadResult();
  const data = result.historyData as unknown as { events?: { eventFields: Variant[] }[] } | null;
  const events = (data?.events ?? []).map(({ eventFields }) => eventFrom(CONDITION_FIELDS, eventFields));
  return { status: result.statusCode.name, point: result.continuationPoint, events };
}
const idsOf = (events: readonly SeenEvent[]): string[] => events.map(({ EventId }) => EventId.toString('hex'));

test('history tells the events that were told live, with the same ids, fields and order', async () => {
  const { cells, connect, wall } = line();
  const cell = cells['p-anna'];
  const session = await connect('p-anna');
  const live = await watchEvents(await subscribe(session), lineNode('nordpump/halmstad/pumps/line1'), CONDITION_FIELDS);
  const start = new Date(Math.ceil(cell.epochMs(cell.advance())) + 1);
  const { reason } = await cell.command(
    {
      id: 'h1',
      target: 'Alarms.Configure',
      value: '{"alarm":"SpindleHot","enabled":true,"limit":1,"onDelay":"0 s","deadband":0}',
    },
    { actor: 'p-anna', via: 'http' },
  );
  for (let k = 0; k < 120; k++) wall.leap(1000);
  expect(reason).toBeUndefined();
  const end = new Date(Math.floor(cell.epochMs(cell.clock.simUs)));
  const past = await ask(session, { node: lineNode('nordpump/halmstad/pumps/line1'), start, end });
  expect(past.status).toBe('Good');
  const told = await until(() => {
    const seen = live.got.filter(
      ({ Time, ConditionId, EventType }) => Time >= start && (ConditionId || !String(EventType).includes('Command')),
    );
    return seen.length >= past.events.length ? seen : undefined;
  }, 'the events');
  expect(past.events.length).toBeGreaterThan(10);
  expect(idsOf(past.events)).toEqual(idsOf(told));
  const alarm = past.events.find(({ 'ActiveState.Id': isActive }) => isActive === true);
  const then = told.find(({ EventId }) => alarm && EventId.equals(alarm.EventId));
  expect(alarm).toMatchObject({ ConditionName: 'SpindleHot', Retain: true, 'AckedState.Id': false });
  expect({ ...alarm, ReceiveTime: 0 }).toEqual({ ...then, ReceiveTime: 0 });
});

test('pages go on where they ended, forward and backward, with a filter', async () => {
  const { cells, connect, wall } = line();
  const session = await connect('p-anna');
  for (let k = 0; k < 120; k++) wall.leap(1000);
  const { anchorMs, simUs } = cells['p-anna'].clock;
  const end = new Date(anchorMs + Math.floor(simUs / 1000));
  const start = new Date(end.getTime() - 600_000);
  const where = typeIs(lineNode('PlantEventType'));
  const all = await ask(session, { start, end, where });
  expect(all.events.length).toBeGreaterThan(20);
  const pages: SeenEvent[] = [];
  let page = await ask(session, { start, end, where, count: 7 });
  const first = page.point;
  for (;;) {
    expect(page.events.length).toBeLessThanOrEqual(7);
    pages.push(...page.events);
    if (!page.point?.length) break;
    page = await ask(session, { start, end, where, count: 7, point: page.point });
  }
  expect(idsOf(pages)).toEqual(idsOf(all.events));
  const used = await ask(session, { start, end, where, count: 7, point: first });
  expect(used.status).toBe('BadContinuationPointInvalid');
  const back = await ask(session, { end, where, count: 5 });
  expect(idsOf(back.events)).toEqual(idsOf(all.events).reverse().slice(0, 5));
});

test('what cannot be answered is refused, and nobody reads the past of another', async () => {
  const { cells, connect, evidence } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const { anchorMs } = cells['p-anna'].clock;
  const [start, end] = [new Date(anchorMs + 1_800_000), new Date(anchorMs + 3_000_000)];
  expect((await ask(anna, { start, end, node: lineNode('ST03.Spindle') })).status).toBe(
    'BadHistoryOperationUnsupported',
  );
  expect((await ask(anna, { start, end, node: lineNode('ST99') })).status).toBe('BadNodeIdUnknown');
  expect((await ask(anna, { start })).status).toBe('BadInvalidTimestampArgument');
  expect((await ask(anna, { start, end, filter: null })).status).toBe('BadEventFilterInvalid');
  const page = await ask(anna, { start, end, count: 3 });
  expect((await ask(bo, { start, end, count: 3, point: page.point })).status).toBe('BadContinuationPointInvalid');
  const [own, foreign] = [await ask(anna, { start, end }), await ask(bo, { start, end })];
  const ids = new Set(idsOf(own.events));
  expect(idsOf(foreign.events).filter((id) => ids.has(id))).toEqual([]);
  expect(evidence['p-anna']).toContainEqual(
    expect.objectContaining({ kind: 'opcua.events.read', notifier: 'ns=0;i=2253' }),
  );
});

test('history tells who wrote, called and came in, of the own cell and as it was told, and commands of all doors', async () => {
  const { cells, connect, wall } = line();
  const cell = cells['p-anna'];
  wall.leap(2000);
  const start = new Date(Math.floor(cell.epochMs(cell.advance())));
  const lineId = lineNode('nordpump/halmstad/pumps/line1');
  // Nobody listens by OPC UA while somebody commands by another door.
  await cell.command({ id: 'j1', target: 'ST03.Hold' }, { actor: 'p-mallory', via: 'mqtt' });
  wall.leap(5000);
  const anna = await connect('p-anna');
  const bo = await connect('p-bo');
  const audit = await watchEvents(await subscribe(anna), SERVER, CONDITION_FIELDS, typeIs('i=2052'));
  const speed = { nodeId: lineNode('Clock.Speed'), attributeId: AttributeIds.Value };
  const { value } = await anna.read(speed);
  await anna.write({ ...speed, value: { value } });
  await anna.call({ objectId: lineNode('ST03'), methodId: lineNode('ST03.Unhold'), inputArguments: [] });
  await until(() => audit.got.length >= 2, 'both audit entries');
  wall.leap(5000);
  const end = new Date(Math.floor(cell.epochMs(cell.advance())));
  const past = await ask(anna, { start, end, where: typeIs('i=2052') });
  expect(past.events.map(({ SourceName }) => SourceName)).toEqual([
    'Session/ActivateSession',
    'Attribute/Write',
    'Attribute/Call',
  ]);
  expect(idsOf(past.events.slice(1))).toEqual(idsOf(audit.got));
  const commands = await ask(anna, { start, end, node: lineId, where: typeIs(lineNode('CommandEventType')) });
  expect(commands.events.map(({ Message }) => Message.text)).toEqual(['p-mallory commanded ST03.Hold by mqtt']);
  const back = await ask(anna, { end, count: 2, where: typeIs('i=2052') });
  expect(idsOf(back.events)).toEqual(idsOf(past.events).reverse().slice(0, 2));
  const foreign = await ask(bo, { start: new Date(0), end, where: typeIs('i=2052') });
  const seen = new Set(idsOf(past.events));
  expect(idsOf(foreign.events).filter((id) => seen.has(id))).toEqual([]);
});
