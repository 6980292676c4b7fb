import { DataType, type ClientSession } from 'node-opcua';
import { expect, test } from 'vitest';
import type { LocalCell } from '#server/cells/local-cell.ts';
import {
  CONDITION_FIELDS,
  onCondition,
  refresh,
  type SeenEvent,
  SERVER,
  subscribe,
  watchEvents,
  withComment,
} from '#test/support/opcua-events.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';
import type { TestClock } from '#test/support/test-clock.ts';

const line = useOpcuaLine(['p-anna', 'p-bo', 'p-carl', 'p-dora']);
const HOT = 'Alarms.SpindleHot';
const actor = { actor: 'teacher', via: 'http' } as const;

let count = 0;
const command = (cell: LocalCell, target: string, value: object | string) =>
  cell.command({ id: `c${++count}`, target, value: typeof value === 'string' ? value : JSON.stringify(value) }, actor);

/** Makes the spindle too hot: its limit comes down. */
async function heat(cell: LocalCell, wall: TestClock, limit = 1): Promise<void> {
  await command(cell, 'Alarms.Configure', {
    alarm: 'SpindleHot',
    enabled: true,
    limit,
    onDelay: '0 s',
    offDelay: '0 s',
    deadband: 0,
  });
  for (let k = 0; k < 12; k++) wall.leap(1000);
}
const last = (got: readonly SeenEvent[], condition = HOT): SeenEvent | undefined =>
  got.findLast(({ ConditionId }) => String(ConditionId) === lineNode(condition));

async function watchConditions(session: ClientSession) {
  const subscription = await subscribe(session);
  return { subscription, ...(await watchEvents(subscription, SERVER, CONDITION_FIELDS)) };
}

test('an alarm lives through active, acknowledged, confirmed and normal, and says at each step how it stands', async () => {
  const { cells, connect, wall, evidence } = line();
  const cell = cells['p-anna'];
  const session = await connect('p-anna');
  const { got } = await watchConditions(session);
  await heat(cell, wall);
  const raised = await until(() => (last(got)?.['ActiveState.Id'] ? last(got) : undefined), 'the alarm');
  expect(raised).toMatchObject({
    ...{
      ConditionName: 'SpindleHot',
      Retain: true,
      SourceName: 'ST03',
      HighLimit: 1,
      Severity: 600,
      LastSeverity: 600,
    },
    ...{ 'EnabledState.Id': true, 'AckedState.Id': false, 'ConfirmedState.Id': false, SuppressedOrShelved: false },
  });
  expect(raised.InputNode.toString()).toBe(lineNode('ST03.Spindle.Temperature'));
  expect(raised.EventType.toString()).toBe('ns=0;i=9482');
  expect(raised['LimitState.CurrentState'].text).toBe('High');

  expect(await onCondition(session, HOT, 'Acknowledge', withComment(Buffer.from('nonsense'), 'x'))).toBe(
    'BadEventIdUnknown',
  );
  for (const method of ['Confirm', 'AddComment'] as const) {
    expect(await onCondition(session, HOT, method, withComment(Buffer.from('nonsense'), 'x'))).toBe(
      'BadEventIdUnknown',
    );
  }
  expect(await onCondition(session, HOT, 'Confirm', withComment(raised.EventId, 'x'))).toBe('BadInvalidState');
  expect(await onCondition(session, HOT, 'Acknowledge', withComment(raised.EventId, 'Ser på det'))).toBe('Good');
  const acked = await until(() => (last(got)?.['AckedState.Id'] ? last(got) : undefined), 'the acknowledgement');
  expect(acked).toMatchObject({ Retain: true, ClientUserId: 'p-anna', 'ActiveState.Id': true });
  expect(acked.Comment.text).toBe('Ser på det');
  expect(await onCondition(session, HOT, 'Acknowledge', withComment(raised.EventId, 'again'))).toBe(
    'BadEventIdUnknown',
  );
  expect(await onCondition(session, HOT, 'Acknowledge', withComment(acked.EventId, 'again'))).toBe(
    'BadConditionBranchAlreadyAcked',
  );
  expect(await onCondition(session, HOT, 'Confirm', withComment(acked.EventId, 'Bytt lager'))).toBe('Good');
  const confirmed = await until(() => (last(got)?.['ConfirmedState.Id'] ? last(got) : undefined), 'the confirmation');
  expect(await onCondition(session, HOT, 'Confirm', withComment(confirmed.EventId, ''))).toBe(
    'BadConditionBranchAlreadyConfirmed',
  );
  expect(await onCondition(session, HOT, 'AddComment', withComment(confirmed.EventId, 'Klart'))).toBe('Good');
  await until(() => last(got)?.Comment.text === 'Klart', 'the comment');
  await heat(cell, wall, 110);
  const normal = await until(() => (last(got)?.['ActiveState.Id'] === false ? last(got) : undefined), 'normal');
  expect(normal).toMatchObject({ Retain: false, 'AckedState.Id': true });

  const entries = evidence['p-anna'].filter(({ kind }) => kind === 'opcua.condition');
  expect(entries).toContainEqual(
    expect.objectContaining({
      method: 'Acknowledge',
      alarm: HOT,
      status: 'done',
      eventId: raised.EventId.toString('hex'),
    }),
  );
  expect(evidence['p-anna']).toContainEqual(
    expect.objectContaining({ kind: 'refusal', what: expect.stringContaining('Acknowledge') as string }),
  );
});

test('an alarm can be shelved and switched off, and each wrong step has a status of its own', async () => {
  const { cells, connect, wall } = line();
  const session = await connect('p-bo');
  const { got } = await watchConditions(session);
  await heat(cells['p-bo'], wall);
  await until(() => last(got)?.['ActiveState.Id'], 'the alarm');
  const ms = (value: number) => [{ dataType: DataType.Double, value }];
  expect(await onCondition(session, HOT, 'Unshelve')).toBe('BadConditionNotShelved');
  expect(await onCondition(session, HOT, 'TimedShelve', ms(1e12))).toBe('BadShelvingTimeOutOfRange');
  expect(await onCondition(session, HOT, 'TimedShelve')).toBe('BadArgumentsMissing');
  expect(await onCondition(session, HOT, 'TimedShelve', [{ dataType: DataType.String, value: '1' }])).toBe(
    'BadInvalidArgument',
  );
  expect(await onCondition(session, HOT, 'TimedShelve', ms(60_000))).toBe('Good');
  const shelved = await until(() => (last(got)?.SuppressedOrShelved ? last(got) : undefined), 'shelved');
  expect(shelved['ShelvingState.CurrentState.Id'].toString()).toBe('ns=0;i=2932');
  expect(await onCondition(session, HOT, 'OneShotShelve')).toBe('BadConditionAlreadyShelved');
  expect(await onCondition(session, HOT, 'Unshelve')).toBe('Good');
  expect(await onCondition(session, HOT, 'Enable')).toBe('BadConditionAlreadyEnabled');
  expect(await onCondition(session, HOT, 'Disable')).toBe('Good');
  await until(() => last(got)?.['EnabledState.Id'] === false, 'disabled');
  expect(await onCondition(session, HOT, 'Disable')).toBe('BadConditionAlreadyDisabled');
  expect(await onCondition(session, HOT, 'OneShotShelve')).toBe('BadConditionDisabled');
  expect(await onCondition(session, HOT, 'TimedShelve', ms(60_000))).toBe('BadConditionDisabled');
  const { EventId: newest } = last(got) ?? shelved;
  for (const method of ['Acknowledge', 'Confirm', 'AddComment'] as const) {
    expect(await onCondition(session, HOT, method, withComment(newest, 'x'))).toBe('BadConditionDisabled');
  }
  expect(await onCondition(session, 'Alarms.NoSuch', 'Enable')).toBe('BadNodeIdUnknown');
});

test('a refresh tells every retained condition between its start and its end, with the ids they had', async () => {
  const { cells, connect, wall } = line();
  await heat(cells['p-carl'], wall);
  await command(cells['p-carl'], 'Alarms.Create', {
    ...{ alarm: 'MyOwn', signal: 'ST03.Spindle.Temperature', kind: 'high-high', limit: 2, text: 'Of my own' },
  });
  for (let k = 0; k < 12; k++) wall.leap(1000);
  const session = await connect('p-carl');
  const { got, subscription, item } = await watchConditions(session);
  const other = await watchConditions(session);
  const beside = await watchEvents(subscription, SERVER, CONDITION_FIELDS);
  expect(await refresh(session, subscription.subscriptionId)).toBe('Good');
  const types = () => got.map(({ EventType }) => EventType.toString());
  await until(() => types().includes('ns=0;i=2788'), 'the end of the refresh');
  const [start, end] = [types().indexOf('ns=0;i=2787'), types().indexOf('ns=0;i=2788')];
  const retained = got.slice(start + 1, end);
  expect(retained.map(({ ConditionName }) => ConditionName as string)).toEqual(
    expect.arrayContaining(['SpindleHot', 'MyOwn']),
  );
  expect(retained.every(({ Retain }) => Retain === true)).toBe(true);
  expect(other.got.map(({ EventType }) => EventType.toString())).not.toContain('ns=0;i=2787');
  const first = last(got)?.EventId;
  expect(await onCondition(session, HOT, 'Acknowledge', withComment(first ?? Buffer.alloc(0), ''))).toBe('Good');
  const own = last(got, 'Alarms.MyOwn');
  expect(
    await onCondition(session, 'Alarms.MyOwn', 'Acknowledge', withComment(own?.EventId ?? Buffer.alloc(0), 'mine')),
  ).toBe('Good');
  expect(await refresh(session, subscription.subscriptionId, item.monitoredItemId ?? 0)).toBe('Good');
  await until(() => types().filter((type) => type === 'ns=0;i=2788').length === 2, 'the second refresh');
  const refreshed = (seen: readonly SeenEvent[]) => seen.filter(({ EventType }) => EventType.value === 2787).length;
  expect([got, beside.got, other.got].map(refreshed)).toEqual([2, 1, 0]);
  const inputArguments = [{ dataType: DataType.UInt32, value: subscription.subscriptionId }];
  const elsewhere = await session.call({ objectId: SERVER, methodId: 'i=3875', inputArguments });
  expect(elsewhere.statusCode.name).toBe('BadNodeIdInvalid');
  expect(await refresh(session, subscription.subscriptionId, 999_999)).toBe('BadMonitoredItemIdInvalid');
});

test('a session reaches no condition and no subscription of another', async () => {
  const { cells, connect, wall } = line();
  await heat(cells['p-anna'], wall);
  await heat(cells['p-dora'], wall);
  const [anna, dora] = [await connect('p-anna'), await connect('p-dora')];
  const [ofAnna, ofDora] = [await watchConditions(anna), await watchConditions(dora)];
  expect(await refresh(dora, ofAnna.subscription.subscriptionId)).toBe('BadSubscriptionIdInvalid');
  expect(await refresh(anna, ofAnna.subscription.subscriptionId)).toBe('Good');
  expect(await refresh(dora, ofDora.subscription.subscriptionId)).toBe('Good');
  const foreign = await until(() => last(ofAnna.got), 'the alarm of Anna');
  const own = await until(() => last(ofDora.got), 'the alarm of Dora');
  expect(foreign.EventId.equals(own.EventId)).toBe(false);
  expect(await onCondition(dora, HOT, 'Acknowledge', withComment(foreign.EventId, 'mine?'))).toBe('BadEventIdUnknown');
  await command(cells['p-anna'], 'Alarms.Create', {
    ...{ alarm: 'OfAnna', signal: 'ST03.Spindle.Temperature', kind: 'low-low', limit: 0.5 },
  });
  expect(await onCondition(dora, 'Alarms.OfAnna', 'Disable')).toBe('BadNodeIdUnknown');
  expect(await onCondition(anna, 'Alarms.OfAnna', 'Disable')).toBe('Good');
  const ids = new Set(ofDora.got.map(({ EventId }) => EventId.toString('hex')));
  expect(ofAnna.got.filter(({ EventId }) => ids.has(EventId.toString('hex')))).toEqual([]);
});
