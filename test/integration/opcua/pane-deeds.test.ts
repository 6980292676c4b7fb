import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpcUaPane, openPane } from '#server/opcua/pane.ts';
import { panePolicies } from '#contract/opcua-pane.ts';
import { LINE_NAMESPACE_URI } from '#server/opcua/line-definition.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { keyOf, lineNode, PANE_SECRET, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna']);
const folder = temporaryFolder();
let pane: OpcUaPane;

beforeAll(() => {
  const log = { debug() {}, info() {}, warn() {} };
  pane = openPane({ opcua: line().server, paneSecret: PANE_SECRET, dataDir: folder.path, log });
});
afterAll(async () => {
  await pane.close();
  folder.remove();
});

const anna = { participant: 'p-anna', cell: 'c-p-anna', key: keyOf('p-anna') };
const FEED = lineNode('ST03.Program.Feed');
const open = () => pane.connect(anna, { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' });

test('every policy opens a session in both modes, and the certificate of the server is shown', async () => {
  for (const policy of panePolicies) {
    for (const mode of policy === 'None' ? (['None'] as const) : (['Sign', 'SignAndEncrypt'] as const)) {
      const state = await pane.connect(anna, { policy, mode });
      expect(state).toMatchObject({ connected: true, policy, mode });
      // Under None no certificate comes.
      const shown = {
        thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) as string,
        applicationUri: 'urn:127.0.0.1:verkstad',
      };
      if (policy === 'None') expect(state.certificate).toBeUndefined();
      else expect(state.certificate).toMatchObject(shown);
    }
  }
}, 60_000);

test('a value is written with the type of its node, and a refusal comes with the words of the plant', async () => {
  await open();
  const { write } = await pane.abilities(anna, FEED);
  expect(write).toMatchObject({ dataType: 'Double', isArray: false, unit: expect.any(String) as string });
  const [low, high] = write?.range ?? [0, 0];
  expect(await pane.write(anna, { nodeId: FEED, value: String((low + high) / 2) })).toMatchObject({
    status: 'Good',
    isGood: true,
  });
  expect((await pane.abilities(anna, FEED)).write?.now).toBe(String((low + high) / 2));
  expect(await pane.write(anna, { nodeId: FEED, value: String(high + 1) })).toMatchObject({
    ...{ status: 'BadOutOfRange', isGood: false },
    reason: expect.stringMatching(/\d/) as string,
  });
  expect(await pane.write(anna, { nodeId: lineNode('ST03.Spindle.Load'), value: '1' })).toMatchObject({
    ...{ status: 'BadNotWritable', reason: expect.stringContaining('cannot be written') as string },
  });
  await expect(pane.write(anna, { nodeId: FEED, value: 'fast' })).rejects.toMatchObject({ code: 'bad_value' });
  const named = await pane.read(anna, `nsu=${LINE_NAMESPACE_URI};s=ST03.Program.Feed`);
  expect(named).toContainEqual({ name: 'NodeId', value: FEED });
  await expect(pane.read(anna, 'nsu=urn:nowhere;s=ST03')).rejects.toMatchObject({ code: 'bad_node_id' });
});

test('a method is called with its arguments as typed; history is read raw and by aggregates', async () => {
  await open();
  const methods = (await pane.browse(anna, lineNode('Alarms'))).filter(({ nodeClass }) => nodeClass === 'Method');
  const shelve = methods.find(({ browseName }) => browseName === 'Shelve');
  const { call } = await pane.abilities(anna, shelve?.nodeId ?? '');
  expect(call?.inputs).toMatchObject([{ dataType: 'String' }]);
  const asked = { objectId: call?.objectId ?? '', nodeId: shelve?.nodeId ?? '' };
  expect(await pane.call(anna, { ...asked, inputs: ['{"alarm":"Nothing","for":"5 min"}'] })).toMatchObject({
    ...{ isGood: false, reason: expect.stringContaining('Nothing') as string },
  });
  await expect(pane.call(anna, { ...asked, inputs: [] })).rejects.toMatchObject({ code: 'bad_arguments' });
  const cell = line().cells['p-anna'];
  const toMs = cell.epochMs(cell.advance());
  const wanted = { nodeId: lineNode('ST03.Spindle.Load'), fromMs: toMs - 300_000, toMs, intervalMs: 60_000 };
  expect((await pane.abilities(anna, wanted.nodeId)).hasHistory).toBe(true);
  const raw = await pane.history(anna, { ...wanted, kind: 'Raw' });
  expect(raw.values.length).toBeGreaterThan(5);
  const count = await pane.history(anna, { ...wanted, kind: 'Count' });
  expect(count.values).toHaveLength(5);
  await expect(pane.history(anna, { ...wanted, kind: 'Raw', toMs: 0 })).rejects.toMatchObject({ code: 'bad_window' });
});

test('events come as chosen, and a condition is acknowledged, confirmed, commented and shelved', async () => {
  const { cells, wall } = line();
  await open();
  await expect(pane.condition(anna, { deed: 'ConditionRefresh' })).rejects.toMatchObject({ code: 'no_events' });
  await pane.watch(anna, { notifier: 'i=2253', types: ['AlarmConditionType', 'AuditEventType'], leastSeverity: 100 });
  const value = { alarm: 'SpindleHot', enabled: true, limit: 1, onDelay: '0 s', offDelay: '0 s', deadband: 0 };
  const order = { id: 'hot', target: 'Alarms.Configure', value: JSON.stringify(value) };
  await cells['p-anna'].command(order, { actor: 'teacher', via: 'http' });
  for (let k = 0; k < 12; k++) wall.leap(1000);
  let seen = await pane.events(anna);
  const state = () => seen.conditions.find(({ name }) => name === 'SpindleHot');
  const follow = async (wanted: () => unknown, what: string) => {
    const timer = setInterval(() => void pane.events(anna).then((told) => (seen = told)), 20);
    try {
      await until(() => Boolean(wanted()), what);
    } finally {
      clearInterval(timer);
    }
  };
  await follow(() => state()?.isActive, 'the alarm');
  const conditionId = state()?.conditionId ?? '';
  const act = (deed: 'Acknowledge' | 'Confirm' | 'AddComment' | 'TimedShelve' | 'Unshelve', more: object = {}) =>
    pane.condition(anna, { deed, conditionId, ...more });
  expect(await act('Acknowledge', { comment: 'seen' })).toMatchObject({ status: 'Good' });
  await follow(() => state()?.isAcked && state()?.comment === 'seen', 'the acknowledgement');
  expect(await act('Acknowledge')).toMatchObject({ status: 'BadConditionBranchAlreadyAcked', isGood: false });
  expect(await act('Confirm')).toMatchObject({ status: 'Good' });
  await follow(() => state()?.isConfirmed, 'the confirmation');
  expect(await act('TimedShelve', { shelveMinutes: 5 })).toMatchObject({ status: 'Good' });
  await follow(() => state()?.isShelved, 'the shelving');
  expect(await act('Unshelve')).toMatchObject({ status: 'Good' });
  await follow(() => !state()?.isShelved, 'the unshelving');
  expect(await pane.condition(anna, { deed: 'ConditionRefresh' })).toMatchObject({ status: 'Good' });
  expect(seen.events.map(({ type }) => type)).toContain('AuditUpdateMethodEventType');
  expect(seen.events.map(({ type }) => type)).not.toContain('CommandEventType');
  const foreign = pane.condition(anna, { deed: 'Confirm', conditionId: 'ns=2;s=Alarms.None' });
  await expect(foreign).rejects.toMatchObject({ code: 'unknown_condition' });
});

test('the queue of one item can differ from that of the others', async () => {
  await open();
  const nodeIds = ['ST03.Spindle.Load', 'ST03.State.Current'].map(lineNode);
  const queues = [{ nodeId: nodeIds[1], queueSize: 7, discardOldest: false }];
  const { items } = await pane.subscribe(anna, { nodeIds, publishingMs: 100, samplingMs: 100, queueSize: 1, queues });
  expect(items).toMatchObject([
    { queueSize: 1, discardOldest: true },
    { queueSize: 7, discardOldest: false },
  ]);
});
