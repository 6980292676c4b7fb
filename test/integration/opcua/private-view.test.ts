import {
  AttributeIds,
  BrowseDirection,
  type ClientSession,
  DataType,
  type LocalizedText,
  makeBrowsePath,
  MessageSecurityMode,
  SecurityPolicy,
  StatusCodes,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { foreignLine } from '#test/support/foreign-line.ts';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo', 'p-cleo'], () => ({ models: { 'p-cleo': foreignLine } }));
const encrypted = { policy: SecurityPolicy.Basic256Sha256, mode: MessageSecurityMode.SignAndEncrypt };

async function everyNode(session: ClientSession): Promise<string[]> {
  const seen = new Set<string>();
  const waiting = ['i=85'];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { references } = await session.browse({
      nodeId: next,
      browseDirection: BrowseDirection.Forward,
      referenceTypeId: 'HierarchicalReferences',
      includeSubtypes: true,
      resultMask: 63,
    });
    for (const { nodeId } of references ?? []) {
      const id = nodeId.toString();
      if (seen.has(id) || id === 'ns=0;i=2253') continue;
      seen.add(id);
      waiting.push(id);
    }
  }
  return [...seen].filter((id) => id.startsWith('ns=2'));
}

test('two participants read their own values under the same node ids, in both policies', async () => {
  const { cells, connect, wall } = line();
  wall.forward(5000);
  const sessions = { 'p-anna': await connect('p-anna'), 'p-bo': await connect('p-bo', encrypted) };
  const paths = cells['p-anna'].model.signals.map(({ path }) => path);
  const nodes = paths.map((path) => ({ nodeId: lineNode(path), attributeId: AttributeIds.Value }));
  const seen = await Promise.all(Object.values(sessions).map((session) => session.read(nodes)));
  Object.keys(sessions).forEach((name, k) => {
    const cell = cells[name];
    paths.forEach((path, n) => {
      const { value, tUs } = cell.sample(n);
      const got = seen[k][n];
      expect(`${path} ${got.statusCode.name} ${Number(got.value.value)}`).toBe(`${path} Good ${value}`);
      expect(got.sourceTimestamp?.getTime()).toBe(Math.floor(cell.epochMs(tUs)));
    });
  });
  const differing = paths.filter((_, n) => seen[0][n].value.value !== seen[1][n].value.value);
  expect(differing.length).toBeGreaterThan(paths.length / 4);
});

test('no node has a number for an id, and every node that is browsed can be read', async () => {
  const { connect } = line();
  const session = await connect('p-anna');
  const nodes = await everyNode(session);
  expect(nodes.length).toBeGreaterThan(300);
  expect(nodes.filter((id) => !id.startsWith('ns=2;s='))).toEqual([]);
  for (let n = 0; n < nodes.length; n += 1000) {
    const some = nodes.slice(n, n + 1000).map((nodeId) => ({ nodeId, attributeId: AttributeIds.BrowseName }));
    expect((await session.read(some)).filter(({ statusCode }) => statusCode.isNotGood())).toEqual([]);
  }
});

test('a node of another line does not exist, by any service and for any attribute', async () => {
  const { connect } = line();
  const anna = await connect('p-anna');
  const cleo = await connect('p-cleo');
  expect((await everyNode(anna)).filter((id) => id.includes('ST77') || id.includes('line9'))).toEqual([]);
  expect((await everyNode(cleo)).filter((id) => id.includes('ST03') || id.includes('pumps'))).toEqual([]);

  const hidden = lineNode('ST77');
  const unknown = StatusCodes.BadNodeIdUnknown;
  const attributes = await anna.read(Array.from({ length: 27 }, (_, n) => ({ nodeId: hidden, attributeId: n + 1 })));
  expect([...new Set(attributes.map(({ statusCode }) => statusCode))]).toEqual([unknown]);
  expect((await anna.browse(hidden)).statusCode).toBe(unknown);
  const signal = foreignLine.signals[0].path;
  expect((await anna.read({ nodeId: lineNode(signal), attributeId: AttributeIds.Value })).statusCode).toBe(unknown);
  const value = { value: { dataType: DataType.Double, value: 1 } };
  expect(await anna.write({ nodeId: lineNode(signal), attributeId: AttributeIds.Value, value })).toBe(unknown);
  expect((await anna.call({ objectId: hidden, methodId: lineNode('ST77.Hold') })).statusCode).toBe(unknown);
  const history = await anna.readHistoryValue(lineNode(signal), new Date(0), new Date());
  expect(history.statusCode).toBe(unknown);
  const subscription = await anna.createSubscription2({ requestedPublishingInterval: 100, publishingEnabled: true });
  const item = await subscription.monitor(
    { nodeId: lineNode(signal), attributeId: AttributeIds.Value },
    { samplingInterval: 100, queueSize: 1 },
    TimestampsToReturn.Both,
  );
  expect(item.statusCode).toBe(unknown);
  expect((await anna.registerNodes([hidden]))[0].toString()).toBe(hidden);
});

test('no path leads through another line', async () => {
  const { connect } = line();
  const anna = await connect('p-anna');
  const cleo = await connect('p-cleo');
  const visible = makeBrowsePath('i=85', '/2:Other/2:Site/2:Area/2:Line9/2:ST77');
  expect((await cleo.translateBrowsePath(visible)).targets?.[0].targetId.toString()).toBe(lineNode('ST77'));
  expect((await anna.translateBrowsePath(visible)).statusCode).toBe(StatusCodes.BadNoMatch);
  const own = makeBrowsePath('i=85', '/2:Nordpump/2:Halmstad/2:Pumps/2:Line1/2:ST03');
  expect((await anna.translateBrowsePath(own)).targets?.[0].targetId.toString()).toBe(lineNode('ST03'));
  expect((await cleo.translateBrowsePath(makeBrowsePath(lineNode('ST03'), '/2:State'))).statusCode).toBe(
    StatusCodes.BadNodeIdUnknown,
  );
});

test('texts come in the language that the session asks for', async () => {
  const { connect } = line();
  const session = await connect('p-anna', { locale: 'sv-SE' });
  const node = { nodeId: lineNode('ST03.Spindle.Load') };
  const english = await (await connect('p-anna')).read({ ...node, attributeId: AttributeIds.DisplayName });
  const swedish = await session.read({ ...node, attributeId: AttributeIds.DisplayName });
  const [en, sv] = [english, swedish].map(({ value }) => value.value as LocalizedText);
  expect([en.locale, sv.locale]).toEqual(['en', 'sv']);
  expect(sv.text).not.toBe(en.text);
  const { references } = await session.browse(lineNode('ST03.Spindle'));
  const load = references?.find(({ browseName }) => browseName.name === 'Load');
  expect(load?.displayName.text).toBe(sv.text);
});
