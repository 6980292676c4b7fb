import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpcUaPane, openPane } from '#server/opcua/pane.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { keyOf, lineNode, PANE_SECRET, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
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

const anyText = expect.any(String) as string;
const user = (participant: string, key = keyOf(participant)) => ({ participant, cell: `c-${participant}`, key });
const wanted = (paths: string[], more: object = {}) => ({
  nodeIds: paths.map(lineNode),
  publishingMs: 100,
  samplingMs: 10,
  queueSize: 1,
  ...more,
});

test('the pane is a client of its own, and shows what the server revised', async () => {
  const { evidence, wall } = line();
  const anna = user('p-anna');
  expect(await pane.state(anna)).toMatchObject({ connected: false, items: [] });
  await expect(pane.browse(anna, 'i=85')).rejects.toMatchObject({ code: 'pane_not_connected' });
  expect(await pane.connect(anna, { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' })).toMatchObject({
    connected: true,
    policy: 'Basic256Sha256',
    mode: 'SignAndEncrypt',
    endpointUrl: line().server.endpointUrl,
  });
  const children = await pane.browse(anna, lineNode('ST03.Spindle'));
  const load = children.find(({ browseName }) => browseName === 'Load');
  expect(load).toMatchObject({ nodeId: lineNode('ST03.Spindle.Load'), nodeClass: 'Variable', hasChildren: true });
  const attributes = await pane.read(anna, lineNode('ST03.Spindle.Load'));
  const attribute = (name: string) => attributes.find((each) => each.name === name)?.value;
  expect(attribute('DataType')).toBe('Double');
  expect(attribute('AccessLevel')).toContain('HistoryRead');
  expect(attribute('StatusCode')).toBe('Good');
  expect(await pane.read(anna, lineNode('ST03.Spindle.Load.EngineeringUnits'))).toContainEqual({
    name: 'Value',
    value: '%',
  });

  const state = await pane.subscribe(anna, wanted(['ST03.Spindle.Load', 'ST03.State.Current']));
  expect(state).toMatchObject({ publishingMs: 100, items: [{ samplingMs: 100 }, { samplingMs: 100 }] });
  wall.forward(3000);
  await until(() => evidence['p-anna'].some(({ kind }) => kind === 'opcua.subscribe'), 'evidence');
  const items = async () => (await pane.state(anna)).items;
  for (let n = 0; n < 200 && (await items()).some(({ value }) => value === undefined); n++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await items()).toMatchObject([
    { displayName: anyText, status: 'Good', value: anyText, sourceTimestamp: anyText },
    { status: 'Good' },
  ]);

  const before = evidence['p-anna'].length;
  await pane.subscribe(anna, wanted(['ST03.State.Current', 'ST04.State.Current']));
  const deeds = evidence['p-anna'].slice(before).filter(({ kind }) => kind.includes('subscribe'));
  expect(deeds).toMatchObject([
    { kind: 'opcua.unsubscribe', client: 'pane' },
    { kind: 'opcua.subscribe', client: 'pane', signal: 'ST04.State.Current', mode: 'SignAndEncrypt' },
  ]);
  expect(await pane.subscribe(anna, wanted([]))).toMatchObject({ connected: true, items: [] });
  expect(await pane.disconnect(anna)).toMatchObject({ connected: false });
  expect(evidence['p-anna'].at(-1)).toMatchObject({ kind: 'opcua.closed', client: 'pane' });
});

test('what cannot be done has one clear answer', async () => {
  const bo = user('p-bo');
  await expect(pane.connect(bo, { policy: 'None', mode: 'Sign' })).rejects.toMatchObject({ code: 'bad_security' });
  const wrong = pane.connect(user('p-bo', 'wrong'), { policy: 'None', mode: 'None' });
  await expect(wrong).rejects.toMatchObject({
    code: 'session_refused',
    message: expect.stringContaining('BadUserAccessDenied') as string,
  });
  await pane.connect(bo, { policy: 'None', mode: 'None' });
  await expect(pane.read(bo, 'nonsense')).rejects.toMatchObject({ code: 'bad_node_id' });
  await expect(pane.read(bo, lineNode('ST03.Nothing'))).rejects.toMatchObject({ code: 'unknown_node' });
  expect((await pane.subscribe(bo, wanted(['ST03.Nothing']))).items).toMatchObject([{ status: 'BadNodeIdUnknown' }]);
});

test('names, descriptions and messages come in the language of the page, and follow it while the session goes on', async () => {
  const anna = user('p-anna');
  const [spindle, load] = [lineNode('ST03.Spindle'), lineNode('ST03.Spindle.Load')];
  const nameOf = async (nodeId: string) =>
    (await pane.browse(anna, spindle)).find((child) => child.nodeId === nodeId)?.displayName;
  const about = async () => (await pane.read(anna, load)).find(({ name }) => name === 'Description')?.value;
  await pane.connect(anna, { policy: 'Basic256Sha256', mode: 'SignAndEncrypt', language: 'sv' });
  expect(await pane.subscribe(anna, wanted(['ST03.Spindle.Load']))).toMatchObject({
    language: 'sv',
    items: [{ displayName: 'Spindelns belastning' }],
  });
  expect(await nameOf(load)).toBe('Spindelns belastning');
  const swedish = await about();
  expect(await pane.speak(anna, 'en')).toMatchObject({
    ...{ connected: true, language: 'en' },
    items: [{ displayName: 'Load of the spindle drive', nodeId: load, status: 'Good' }],
  });
  expect(await nameOf(load)).toBe('Load of the spindle drive');
  expect(await about()).not.toBe(swedish);
  await pane.disconnect(anna);
  await expect(pane.speak(anna, 'sv')).rejects.toMatchObject({ code: 'pane_not_connected' });
});

test('when the cell is gone the pane says that its session ended', async () => {
  const bo = user('p-bo');
  await pane.connect(bo, { policy: 'None', mode: 'None' });
  await pane.subscribe(bo, wanted(['ST03.State.Current']));
  line().cells['p-bo'].close('The cell was reset.');
  for (let n = 0; n < 300 && (await pane.state(bo)).connected; n++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await pane.state(bo)).toMatchObject({
    connected: false,
    problem: expect.stringMatching(/ended|lost|closed/) as string,
  });
});
