import {
  AttributeIds,
  BrowseDirection,
  type ClientSession,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsResponse,
  DataType,
  MonitoringMode,
  NodeClass,
  type NodeId,
  NumericRange,
  ReadRequest,
  type ReadResponse,
  TimestampsToReturn,
  VariantArrayType,
  WriteRequest,
  type WriteResponse,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { projectRoot, versionIn } from '#server/project-root.ts';
import { ask, blankRange } from '#test/support/opcua-ask.ts';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';
import { readAll, walk, type WalkedNode } from '#test/support/opcua-walk.ts';

const line = useOpcuaLine(['p-anna']);
const HAS_TYPE = 'ns=0;i=40';
const HAS_PROPERTY = 'ns=0;i=46';

const value = async (session: ClientSession, nodeId: string): Promise<unknown> =>
  (await session.read({ nodeId, attributeId: AttributeIds.Value })).value.value as unknown;

/** Everything under Objects, walked once for all tests of the file. */
let walked: Promise<Map<string, WalkedNode>> | undefined;
async function everything() {
  const session = await line().connect('p-anna');
  const nodes = await (walked ??= walk(session, 'ns=0;i=85'));
  const all = [...nodes.values()];
  return { session, nodes, all, own: all.filter(({ id }) => id.startsWith('ns=2')) };
}

const of = (nodes: readonly WalkedNode[], nodeClass: number) => nodes.filter((node) => node.nodeClass === nodeClass);
const typeOf = ({ forward }: WalkedNode) =>
  forward.filter(({ referenceTypeId }) => referenceTypeId.toString() === HAS_TYPE);

test('every object and variable has one type, which is not abstract, and every node a name', async () => {
  const { session, all } = await everything();
  const typed = [...of(all, NodeClass.Object), ...of(all, NodeClass.Variable)];
  expect(typed.length).toBeGreaterThan(1500);
  expect(typed.filter((node) => typeOf(node).length !== 1).map(({ id }) => id)).toEqual([]);
  const types = [...new Set(typed.map((node) => typeOf(node)[0].nodeId.toString()))];
  const abstract = await readAll(session, types, AttributeIds.IsAbstract);
  expect(types.filter((_, n) => abstract[n].value.value !== false)).toEqual([]);
  expect(
    all
      .slice(1)
      .filter(({ name, displayName }) => !name || !displayName)
      .map(({ id }) => id),
  ).toEqual([]);
});

test('no reference is there twice, and each is seen from its other end', async () => {
  const { nodes, all } = await everything();
  const keyOf = (from: string, type: NodeId, to: string) => `${from} ${type.toString()} ${to}`;
  const inverse = new Set<string>();
  for (const { id, inverse: references } of all) {
    for (const { nodeId, referenceTypeId } of references) inverse.add(keyOf(nodeId.toString(), referenceTypeId, id));
  }
  const twice: string[] = [];
  const oneWay: string[] = [];
  for (const { id, forward } of all) {
    const seen = new Set<string>();
    for (const { nodeId, referenceTypeId } of forward) {
      const key = keyOf(id, referenceTypeId, nodeId.toString());
      if (seen.has(key)) twice.push(key);
      seen.add(key);
      if (nodes.has(nodeId.toString()) && !inverse.has(key)) oneWay.push(key);
    }
  }
  expect(twice).toEqual([]);
  expect(oneWay).toEqual([]);
});

test('children of one node have different browse names', async () => {
  const { all } = await everything();
  const confused = all.flatMap(({ id, forward }) => {
    const names = forward
      .filter(({ referenceTypeId }) => ['ns=0;i=46', 'ns=0;i=47'].includes(referenceTypeId.toString()))
      .map(({ browseName }) => browseName.toString());
    return names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${id} ${name}`);
  });
  expect(confused).toEqual([]);
});

/** Variant stands for any type; Number, Integer and UInteger are abstract too. */
const isAbstractNumber = (type: string | undefined) => type === 'Variant';

/** The built-in type that a data type is encoded as: numbers 1 to 25 are those, others derive from one. */
async function builtInOf(session: ClientSession, id: string): Promise<string> {
  for (let next = id; ;) {
    const number = Number(/^ns=0;i=(\d+)$/.exec(next)?.[1] ?? NaN);
    if (number === 29) return 'Int32';
    if (number <= 25) return DataType[number];
    const ask = { browseDirection: BrowseDirection.Inverse, referenceTypeId: 'i=45', includeSubtypes: true };
    const { references } = await session.browse({ nodeId: next, ...ask, resultMask: 63 });
    next = references?.[0]?.nodeId.toString() ?? 'ns=0;i=24';
  }
}

test('values are of the data type and rank that their variable says', async () => {
  const { session, own } = await everything();
  const variables = of(own, NodeClass.Variable).map(({ id }) => id);
  expect(variables.length).toBeGreaterThan(800);
  const read = (attribute: AttributeIds) => readAll(session, variables, attribute);
  const [values, types, ranks, dimensions] = await Promise.all(
    [AttributeIds.Value, AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.ArrayDimensions].map(read),
  );
  const builtIn = new Map<string, string>();
  for (const { value: type } of types) {
    const id = String(type.value);
    if (!builtIn.has(id)) builtIn.set(id, await builtInOf(session, id));
  }
  const wrong = variables.flatMap((id, n) => {
    const { value: got, statusCode } = values[n];
    const rank = ranks[n].value.value as number;
    const problems: string[] = [];
    if (rank < -1) problems.push(`ValueRank ${rank}`);
    if (rank > 0 && (dimensions[n].value.value as unknown[] | null)?.length !== rank) problems.push('ArrayDimensions');
    if (statusCode.isGood() && got.dataType !== DataType.Null) {
      const expected = builtIn.get(String(types[n].value.value));
      if (!isAbstractNumber(expected) && DataType[got.dataType] !== expected) {
        problems.push(`${DataType[got.dataType]} instead of ${expected}`);
      }
      if ((got.arrayType === VariantArrayType.Array) !== rank > 0) problems.push(`array, rank ${rank}`);
    }
    return problems.map((problem) => `${id}: ${problem}`);
  });
  expect(wrong).toEqual([]);
});

test('quantities have range and unit, states their words, in the language of the session', async () => {
  const { session, own, nodes } = await everything();
  const typed = (type: string) =>
    of(own, NodeClass.Variable).filter((node) => typeOf(node)[0].nodeId.toString() === `ns=0;i=${type}`);
  const properties = ({ forward }: WalkedNode) =>
    forward
      .filter(({ referenceTypeId }) => referenceTypeId.toString() === HAS_PROPERTY)
      .map(({ browseName }) => browseName.toString());
  const lacks = (list: readonly WalkedNode[], ...names: string[]) =>
    list.filter((node) => !names.every((name) => properties(node).includes(name))).map(({ id }) => id);
  expect(typed('2368').length).toBeGreaterThan(100);
  expect(lacks(typed('2368'), 'EURange', 'EngineeringUnits')).toEqual([]);
  expect(typed('11238').length).toBeGreaterThan(10);
  expect(lacks(typed('11238'), 'EnumValues', 'ValueAsText')).toEqual([]);

  const swedish = await line().connect('p-anna', { locale: 'sv-SE' });
  const places = of(own, NodeClass.Object).map(({ id }) => id);
  const [en, sv] = await Promise.all([session, swedish].map((one) => readAll(one, places, AttributeIds.DisplayName)));
  const locales = (read: typeof en) =>
    new Set(read.map(({ value: { value: text } }) => (text as { locale: string }).locale));
  expect([...locales(sv.filter((_, n) => nodes.get(places[n])?.id.startsWith('ns=2;s=ST')))]).toEqual(['sv']);
  const text = (read: typeof en, id: string) => (read[places.indexOf(id)].value.value as { text: string }).text;
  expect(text(en, lineNode('ST03'))).not.toBe(text(sv, lineNode('ST03')));
});

test('the server says what it is, how it is, and what it grants', async () => {
  const { session } = await everything();
  const status = (await value(session, 'i=2256')) as {
    state: number;
    startTime: Date;
    buildInfo: Record<string, unknown>;
  };
  expect(status.state).toBe(0);
  expect(status.buildInfo).toMatchObject({
    ...{ productName: 'Verkstad', manufacturerName: 'Verkstad', productUri: 'urn:verkstad' },
  });
  expect(status.buildInfo.softwareVersion).toBe(versionIn(projectRoot()));
  expect((status.buildInfo.buildDate as Date).getTime()).toBeGreaterThan(Date.UTC(2026, 0));
  expect(await value(session, 'i=2271')).toEqual(['en', 'sv']);
  expect(await value(session, 'i=2272')).toBe(100);
  // OPC 10000-5, 6.3.11: MaxNodesPerRead, -Write, -Browse, -MethodCall, -TranslateBrowsePaths; MaxMonitoredItemsPerCall.
  for (const id of ['11705', '11707', '11710', '11709', '11712', '11714']) {
    expect(await value(session, `i=${id}`), id).toBe(1000);
  }
  // Diagnostics are off, and say so (OPC 10000-5, 6.3.3).
  expect(await value(session, 'i=2294')).toBe(false);
});

test('the server and every variable with history list the aggregates, and how they are computed', async () => {
  const { session, nodes } = await everything();
  const listed = (id: string) =>
    nodes
      .get(id)
      ?.forward.map(({ browseName }) => browseName.toString())
      .sort() ?? [];
  const aggregates = listed('ns=0;i=2997').filter((name) => name !== 'FolderType');
  expect(aggregates).toEqual(
    expect.arrayContaining(['Average', 'Count', 'Interpolative', 'Maximum', 'Minimum', 'TimeAverage']),
  );
  expect(listed('ns=0;i=11201')).toEqual(listed('ns=0;i=2997'));
  expect(await value(session, 'i=11193')).toBe(true);
  expect(await value(session, 'i=11242')).toBe(true);
  expect(await value(session, 'i=11273')).toBe(10_000);

  const load = nodes.get(lineNode('ST03.Spindle.Load'));
  const configurations =
    load?.forward.filter(({ referenceTypeId }) => referenceTypeId.toString() === 'ns=0;i=56') ?? [];
  expect(configurations.map(({ browseName }) => browseName.toString())).toEqual(['HA Configuration']);
  const configuration = configurations[0].nodeId.toString();
  const { references } = await session.browse(configuration);
  const names = references?.map(({ browseName }) => browseName.toString());
  expect(names).toEqual(expect.arrayContaining(['AggregateConfiguration', 'AggregateFunctions', 'Stepped']));
  const child = async (name: string) => {
    const found = await session.browse(`${configuration}.AggregateConfiguration`);
    return value(
      session,
      found.references?.find(({ browseName }) => browseName.name === name)?.nodeId.toString() ?? '',
    );
  };
  expect(await value(session, `${configuration}.Stepped`)).toBe(true);
  expect([await child('TreatUncertainAsBad'), await child('PercentDataBad'), await child('PercentDataGood')]).toEqual([
    true,
    100,
    100,
  ]);
});

test('a part of an array can be read and watched, and a range of no characters means the whole of anything', async () => {
  const session = await line().connect('p-anna');
  const words = { nodeId: lineNode('ST03.State.Current.EnumValues'), attributeId: AttributeIds.Value };
  const read = async (more: object) => {
    const request = new ReadRequest({
      timestampsToReturn: TimestampsToReturn.Both,
      nodesToRead: [{ ...words, ...more }],
    });
    const [{ value: got, statusCode }] = ((await ask(session, request)).response as ReadResponse).results ?? [];
    return [statusCode.name, ((got.value ?? []) as unknown[]).length];
  };
  const [, count] = await read({});
  expect(count).toBeGreaterThan(5);
  expect(await read({ indexRange: '1:2' })).toEqual(['Good', 2]);
  expect(await read({ indexRange: '3' })).toEqual(['Good', 1]);
  expect(await read({ indexRange: '900:901' })).toEqual(['BadIndexRangeNoData', 0]);
  expect(await read({ indexRange: blankRange() })).toEqual(['Good', count]);

  const feed = { nodeId: lineNode('ST03.Program.Feed'), attributeId: AttributeIds.Value };
  const value80 = { value: { dataType: DataType.Double, value: 80 } };
  const write = new WriteRequest({ nodesToWrite: [{ ...feed, indexRange: blankRange(), value: value80 }] });
  expect(((await ask(session, write)).response as WriteResponse).results?.map(({ name }) => name)).toEqual(['Good']);

  const { subscriptionId } = await session.createSubscription2({
    requestedPublishingInterval: 100,
    publishingEnabled: true,
  });
  const items = new CreateMonitoredItemsRequest({
    ...{ subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
    itemsToCreate: [
      { itemToMonitor: { ...feed, indexRange: blankRange() }, monitoringMode: MonitoringMode.Reporting },
      { itemToMonitor: { ...words, indexRange: new NumericRange('1:2') }, monitoringMode: MonitoringMode.Reporting },
    ],
  });
  const { results } = (await ask(session, items)).response as CreateMonitoredItemsResponse;
  expect(results?.map(({ statusCode }) => statusCode.name)).toEqual(['Good', 'Good']);
});
