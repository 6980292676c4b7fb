import { AttributeIds, DataType, TimestampsToReturn } from 'node-opcua';
import { expect, test } from 'vitest';
import {
  onCondition,
  refresh,
  type SeenEvent,
  SERVER,
  subscribe,
  typeIs,
  watchEvents,
} from '#test/support/opcua-events.ts';
import { subscribe as subscribeTo, watch } from '#test/support/opcua-items.ts';
import { lineNode, PANE_SECRET, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const AUDIT = ['ActionTimeStamp', 'Status', 'ClientUserId', 'ClientAuditEntryId'];
const SPEED = lineNode('Clock.Speed');

const byName = (got: readonly SeenEvent[], name: string): SeenEvent[] =>
  got.filter(({ SourceName }) => SourceName === name);

test('a write tells who wrote what, from which value to which, in the cell where it was and nowhere else', async () => {
  const { connect } = line();
  const [anna, second, bo] = [await connect('p-anna'), await connect('p-anna'), await connect('p-bo')];
  const fields = [...AUDIT, 'AttributeId', 'OldValue', 'NewValue'];
  const write = typeIs('i=2100');
  const seen = await watchEvents(await subscribe(second), SERVER, fields, write);
  const foreign = await watchEvents(await subscribe(bo), SERVER, fields, write);
  const put = (nodeId: string, dataType: DataType, of: unknown) =>
    anna.write({ nodeId, attributeId: AttributeIds.Value, value: { value: { dataType, value: of } } });
  const [before] = await anna.read([{ nodeId: SPEED, attributeId: AttributeIds.Value }]);
  const type = before.value.dataType;
  expect((await put(SPEED, type, 2)).name).toBe('Good');
  expect((await put(lineNode('ST03.Spindle.Temperature'), DataType.Double, 2)).isGood()).toBe(false);
  const [done, refused] = await until(() => (seen.got.length >= 2 ? seen.got : undefined), 'the audit entries');
  expect(done).toMatchObject({
    ...{ SourceName: 'Attribute/Write', ClientUserId: 'p-anna', Status: true, AttributeId: AttributeIds.Value },
    ...{ OldValue: before.value.value as number, NewValue: 2 },
  });
  expect(done.SourceNode.toString()).toBe(SPEED);
  expect(refused).toMatchObject({ ClientUserId: 'p-anna', Status: false, Severity: 600 });
  expect(refused.Message.text).toContain('BadNotWritable');
  expect(foreign.got).toEqual([]);
});

test('a call tells its arguments and its outcome, and a command of another door is told too', async () => {
  const { cells, connect } = line();
  const session = await connect('p-anna');
  const subscription = await subscribe(session);
  const calls = await watchEvents(
    subscription,
    SERVER,
    [...AUDIT, 'MethodId', 'InputArguments', 'StatusCodeId'],
    typeIs('i=2127'),
  );
  const commands = await watchEvents(
    subscription,
    SERVER,
    ['2:Target', '2:Actor', '2:Via', '2:Outcome'],
    typeIs(lineNode('CommandEventType')),
  );
  const inputArguments = [{ dataType: DataType.Int32, value: 77 }];
  await session.call({ objectId: lineNode('ST03'), methodId: lineNode('ST03.Hold'), inputArguments: [] });
  await session.call({ objectId: lineNode('ST03'), methodId: lineNode('ST03.SetMode'), inputArguments });
  await cells['p-anna'].command({ id: 'x1', target: 'ST03.Unhold' }, { actor: 'p-mallory', via: 'mqtt' });
  await until(() => calls.got.length >= 2 && commands.got.length >= 1, 'both');
  const [hold, mode] = byName(calls.got, 'Attribute/Call');
  expect(hold).toMatchObject({ ClientUserId: 'p-anna' });
  expect(hold.MethodId.toString()).toBe(lineNode('ST03.Hold'));
  expect(hold.SourceNode.toString()).toBe(lineNode('ST03'));
  expect(mode.Status).toBe(false);
  expect(mode.InputArguments.map(({ value }) => value as number)).toEqual([77]);
  expect(commands.got[0]).toMatchObject({
    '2:Target': 'ST03.Unhold',
    '2:Actor': 'p-mallory',
    '2:Via': 'mqtt',
    SourceName: 'ST03',
  });

  const audited = () => byName(calls.got, 'Attribute/Call').slice(2);
  await refresh(session, subscription.subscriptionId);
  await onCondition(session, 'Alarms.SpindleHot', 'Unshelve');
  await until(() => audited().length >= 2, 'both calls of methods of conditions');
  expect(audited().map(({ Message }) => Message.text)).toEqual([
    'p-anna called ConditionRefresh',
    'p-anna called Alarms.SpindleHot.Unshelve: BadConditionDisabled',
  ]);
});

test('that a session was activated is told to the sessions of the same participant only', async () => {
  const { connect } = line();
  const activated = typeIs('i=2075');
  const own = await watchEvents(await subscribe(await connect('p-anna')), SERVER, AUDIT, activated);
  const foreign = await watchEvents(await subscribe(await connect('p-bo')), SERVER, AUDIT, activated);
  await connect('p-anna');
  const [event] = await until(() => (own.got.length > 0 ? own.got : undefined), 'the entry');
  expect(event).toMatchObject({ ClientUserId: 'p-anna', Status: true, SourceName: 'Session/ActivateSession' });
  expect(foreign.got).toEqual([]);
});

test('evidence tells which items there were, on which terms, and when they ended', async () => {
  const { connect, evidence } = line();
  const session = await connect('p-bo', { clientName: `workspace-${PANE_SECRET}` });
  const begin = evidence['p-bo'].length;
  const subscription = await subscribeTo(session, 500);
  const { item } = await watch(subscription, 'ST03.Spindle.Load', { samplingInterval: 10, queueSize: 1e6 });
  expect(item.monitoringParameters).toMatchObject({ samplingInterval: 100, queueSize: 100 });
  await item.modify({ samplingInterval: 250, queueSize: 2 });
  await subscription.modify({ requestedPublishingInterval: 1000 });
  const attribute = { nodeId: lineNode('ST03.Spindle.Load'), attributeId: AttributeIds.DisplayName };
  await subscription.monitor(attribute, { samplingInterval: 100 }, TimestampsToReturn.Both);
  await item.terminate();
  await session.close();
  const deeds = evidence['p-bo'].slice(begin).map(({ wallMs: _, plantUs: __, ...entry }) => entry);
  const id = String(item.monitoredItemId);
  const who = { participant: 'p-bo', client: 'pane', session: session.sessionId.value };
  const terms = { samplingMs: 100, publishingMs: 500, queueSize: 100, policy: 'None', mode: 'None' };
  const began = { kind: 'opcua.subscribe', item: id, signal: 'ST03.Spindle.Load', ...terms, ...who };
  const ended = { kind: 'opcua.unsubscribe', item: id, ...who };
  expect(deeds).toEqual([
    began,
    ended,
    { ...began, samplingMs: 250, queueSize: 2 },
    ended,
    { ...began, samplingMs: 250, queueSize: 2, publishingMs: 1000 },
    {
      ...began,
      item: expect.any(String) as string,
      signal: 'ns=2;s=ST03.Spindle.Load',
      samplingMs: expect.any(Number) as number,
      queueSize: expect.any(Number) as number,
      publishingMs: 1000,
    },
    ended,
    { kind: 'opcua.closed', ...who },
  ]);
});

test('reads and browses are coalesced into counts', async () => {
  const { connect, evidence } = line();
  const session = await connect('p-bo');
  const begin = evidence['p-bo'].length;
  for (let n = 0; n < 7; n++) {
    await session.read({ nodeId: lineNode('ST03.Spindle.Load'), attributeId: AttributeIds.Value });
  }
  await session.read({ nodeId: lineNode('ST03.Spindle.Load.EURange'), attributeId: AttributeIds.Value });
  await session.read({ nodeId: lineNode('ST03.Spindle.Load'), attributeId: AttributeIds.DisplayName });
  await session.browse(lineNode('ST03'));
  await session.close();
  const deeds = evidence['p-bo'].slice(begin);
  const total = (kind: string, what: string) =>
    deeds.reduce((sum, entry) => {
      if (entry.kind === 'opcua.read' && kind === entry.kind && entry.signal === what) return sum + entry.count;
      if (entry.kind === 'opcua.browse' && kind === entry.kind && entry.node === what) return sum + entry.count;
      return sum;
    }, 0);
  expect(total('opcua.read', 'ST03.Spindle.Load')).toBe(7);
  expect(total('opcua.read', 'ns=2;s=ST03.Spindle.Load.EURange')).toBe(1);
  expect(total('opcua.browse', 'ns=2;s=ST03')).toBe(1);
  expect(deeds.length).toBeLessThanOrEqual(6);
});
