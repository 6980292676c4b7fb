import {
  AttributeIds,
  BrowseDirection,
  type ClientSession,
  DataType,
  makeBrowsePath,
  NodeClass,
  type NodeId,
  type ReferenceDescription,
  resolveNodeId,
  Variant,
  VariantArrayType,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const DI = 'http://opcfoundation.org/UA/DI/';
const MACHINERY = 'http://opcfoundation.org/UA/Machinery/';
const JOB_CONTROL = 'http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/';

async function below(session: ClientSession, nodeId: string | NodeId, reference = 'HierarchicalReferences') {
  const { references } = await session.browse({
    nodeId,
    ...{ browseDirection: BrowseDirection.Forward, referenceTypeId: reference, includeSubtypes: true, resultMask: 63 },
  });
  return references ?? [];
}
const names = (references: readonly ReferenceDescription[]) => references.map(({ nodeId }) => String(nodeId.value));
const value = async (session: ClientSession, id: string) =>
  (await session.read({ nodeId: lineNode(id) })).value.value as unknown;

async function indexOf(session: ClientSession, uri: string): Promise<number> {
  return (await session.readNamespaceArray()).indexOf(uri);
}

async function underObjects(session: ClientSession, name: string): Promise<NodeId> {
  const found = (await below(session, 'i=85')).find(({ browseName }) => browseName.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found.nodeId;
}

test('the namespace of the line keeps its index 2, before those of the companion specifications', async () => {
  const session = await line().connect('p-anna');
  const uris = await session.readNamespaceArray();
  expect(uris[2]).toBe('urn:verkstad:line');
  expect(uris.slice(3)).toEqual(expect.arrayContaining([DI, MACHINERY, JOB_CONTROL]));
  expect((await session.read({ nodeId: 'ns=2;s=ST03.Spindle.Load' })).statusCode.name).toBe('Good');
});

test('Machines organizes ST01 to ST12, the very nodes of the ISA-95 tree, each with who it is and how it is', async () => {
  const { connect, cells } = line();
  for (const name of ['p-anna', 'p-bo']) {
    const session = await connect(name);
    const machines = await below(session, await underObjects(session, 'Machines'), 'Organizes');
    const stations = Array.from({ length: 12 }, (_, n) => `ST${String(n + 1).padStart(2, '0')}`);
    expect(names(machines).sort()).toEqual(stations);
    const inTree = names(await below(session, lineNode('nordpump/halmstad/pumps/line1'), 'HasComponent'));
    expect(inTree).toEqual(expect.arrayContaining(stations));
    for (const id of stations) {
      expect(await value(session, `${id}.Identification.SerialNumber`)).toBe(`${cells[name].id}-${id}`);
      expect(await value(session, `${id}.Identification.ProductInstanceUri`)).toContain(cells[name].id);
      const packml = await value(session, `${id}.State.Current`);
      const expected = packml === 6 ? 'Executing' : packml === 9 ? 'OutOfService' : 'NotExecuting';
      expect(await value(session, `${id}.MachineryItemState.CurrentState`)).toMatchObject({ text: expected });
    }
  }
});

test('a browse path by the names of the specification leads to the node of the line', async () => {
  const session = await line().connect('p-anna');
  const [machinery, di] = [await indexOf(session, MACHINERY), await indexOf(session, DI)];
  const target = async (path: string) => {
    const { targets } = await session.translateBrowsePath(makeBrowsePath('i=85', path));
    return targets?.map(({ targetId }) => targetId.toString());
  };
  expect(await target(`/${machinery}:Machines/2:ST07/${di}:Identification/${di}:Manufacturer`)).toEqual([
    'ns=2;s=ST07.Identification.Manufacturer',
  ]);
  expect(
    await target(`/${machinery}:Machines/2:ST03/${machinery}:MachineryBuildingBlocks/${machinery}:MachineryItemState`),
  ).toEqual(['ns=2;s=ST03.MachineryItemState']);
});

test('the robot stands in the DeviceSet, and the position of an axis is the joint of the line itself', async () => {
  const session = await line().connect('p-anna');
  const devices = await below(session, await underObjects(session, 'DeviceSet'));
  expect(names(devices)).toEqual(expect.arrayContaining(['ST04.MotionDeviceSystem', 'ST02.RfidReader']));
  const axis = 'ST04.MotionDeviceSystem.MotionDevices.Robot.Axes.Axis3.ParameterSet';
  const [position] = await below(session, lineNode(axis));
  expect(position.nodeId.toString()).toBe(lineNode('ST04.Joint3.Angle'));
  expect(position.browseName.name).toBe('ActualPosition');
  expect((await session.read({ nodeId: lineNode('ST04.Joint3.Angle') })).statusCode.name).toBe('Good');
});

test('every node of the line has a type that is not abstract, an id of its own, and a value where it has one', async () => {
  const session = await line().connect('p-anna');
  const seen = new Map<string, ReferenceDescription>();
  const visit = async (nodeId: NodeId | string): Promise<void> => {
    for (const reference of await below(session, nodeId)) {
      const key = reference.nodeId.toString();
      if (reference.nodeId.namespace !== 2 || seen.has(key)) continue;
      expect(typeof reference.nodeId.value, key).toBe('string');
      seen.set(key, reference);
      await visit(reference.nodeId);
    }
  };
  await visit('i=85');
  await visit(await underObjects(session, 'Machines'));
  await visit(await underObjects(session, 'DeviceSet'));
  const objects = [...seen.values()].filter(({ nodeClass }) => NodeClass[nodeClass] === 'Object');
  expect(objects.filter(({ typeDefinition }) => typeDefinition.value === 0)).toEqual([]);
  const variables = [...seen.keys()].filter((key) => NodeClass[seen.get(key)?.nodeClass ?? 0] === 'Variable');
  expect(variables.length).toBeGreaterThan(1000);
  const notGood: string[] = [];
  for (let n = 0; n < variables.length; n += 500) {
    const keys = variables.slice(n, n + 500);
    const read = await session.read(keys.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })));
    read.forEach(({ statusCode }, k) => statusCode.isGood() || notGood.push(`${keys[k]} ${statusCode.name}`));
  }
  expect(notGood.filter((text) => !text.endsWith('BadStateNotActive'))).toEqual([]);
});

test('names and states are in the language of the session', async () => {
  const { connect } = line();
  const [swedish, english] = [await connect('p-anna', { locale: 'sv' }), await connect('p-anna', { locale: 'en' })];
  const shown = async (session: ClientSession) => [
    (
      await session.read({
        nodeId: lineNode('ST05.Identification.SerialNumber'),
        attributeId: AttributeIds.DisplayName,
      })
    ).value.value as unknown,
    await value(session, 'ST05.Identification.Model'),
  ];
  expect(await shown(english)).toMatchObject([{ text: 'SerialNumber' }, { text: 'AM printers' }]);
  expect(await shown(swedish)).toMatchObject([{ text: 'Serienummer' }, { text: 'AM-skrivare' }]);
});

test('PackML follows the machine: what holds it, clears it and sets its mode is one command with one refusal', async () => {
  const { connect, wall } = line();
  const session = await connect('p-bo');
  const states = async () =>
    Promise.all(
      ['', '.MachineState', '.MachineState.ExecuteState'].map(async (machine) => {
        const read = await session.read({ nodeId: lineNode(`ST10.PackML.BaseStateMachine${machine}.CurrentState`) });
        return read.statusCode.isGood() ? (read.value.value as { text: string }).text : read.statusCode.name;
      }),
    );
  expect((await states()).slice(0, 2)).toEqual(['Cleared', 'Running']);
  const call = async (methodId: string, inputArguments: Variant[] = [], objectId = 'ST10.PackML') =>
    session.call({ objectId: lineNode(objectId), methodId: lineNode(methodId), inputArguments });
  await call('ST10.Stop', [], 'ST10');
  wall.forward(10_000);
  expect(await states()).toEqual(['Cleared', 'Stopped', 'BadStateNotActive']);
  const speed = (wanted: number) => [new Variant({ dataType: DataType.Float, value: wanted })];
  expect((await call('ST10.PackML.SetMachSpeed', speed(3))).statusCode.name).toBe('Good');
  expect(await value(session, 'ST10.PackML.Status.MachSpeed')).toBe(3);
  expect(await value(session, 'ST10.Command.MachSpeed')).toBe(3);
  expect((await call('ST10.PackML.SetMachSpeed', speed(99))).statusCode.name).toBe('BadOutOfRange');
});

test('a job order from outside is stored and started, listed with its state, and refused with a reason', async () => {
  const { connect } = line();
  const [session, other] = [await connect('p-anna'), await connect('p-bo')];
  const namespace = await indexOf(session, JOB_CONTROL);
  const order = async (fields: Record<string, unknown>) =>
    session.constructExtensionObject(resolveNodeId(`ns=${namespace};i=3008`), fields);
  const make = async (id: number, fields: Record<string, unknown>) =>
    session.constructExtensionObject(resolveNodeId(`ns=${namespace};i=${id}`), fields);
  const storeAndStart = async (fields: Record<string, unknown>) =>
    session.call({
      objectId: lineNode('Orders.JobOrderControl'),
      methodId: lineNode('Orders.JobOrderControl.StoreAndStart'),
      inputArguments: [
        new Variant({ dataType: DataType.ExtensionObject, value: await order(fields) }),
        new Variant({ dataType: DataType.LocalizedText, arrayType: VariantArrayType.Array, value: [] }),
      ],
    });
  const listOf = async (who: ClientSession) =>
    (await value(who, 'Orders.JobOrderControl.JobOrderList')) as { jobOrder: { jobOrderID: string } }[];
  const before = await listOf(other);
  const quantity = new Variant({ dataType: DataType.UInt32, value: 7 });
  const wish = {
    jobOrderID: '',
    workMasterID: [await make(3007, { ID: 'P2' })],
    jobOrderParameters: [await make(3003, { ID: 'Quantity', value: quantity })],
    priority: 3,
  };
  const stored = await storeAndStart(wish);
  expect(stored.statusCode.name).toBe('Good');
  expect(stored.outputArguments?.[0].value).toEqual([0, 0]);
  const number = String(await value(session, 'Orders.Newest.Number'));
  const listed = (await listOf(session)).find(({ jobOrder }) => jobOrder.jobOrderID === number);
  expect(listed).toMatchObject({
    jobOrder: { priority: 3, workMasterID: [{ ID: 'P2' }], jobOrderParameters: [{ ID: 'Quantity' }] },
    state: [{ stateNumber: expect.any(Number) as number }],
  });
  expect((await listOf(other)).map(({ jobOrder }) => jobOrder.jobOrderID)).toEqual(
    before.map(({ jobOrder }) => jobOrder.jobOrderID),
  );
  expect((await storeAndStart({ ...wish, jobOrderID: 'mine' })).statusCode.name).toBe('BadInvalidArgument');
  expect(await value(session, 'LastRefusal')).toContain('leave JobOrderID empty');
  const on = async (method: string, id: string) =>
    session.call({
      objectId: lineNode('Orders.JobOrderControl'),
      methodId: lineNode(`Orders.JobOrderControl.${method}`),
      inputArguments: [
        new Variant({ dataType: DataType.String, value: id }),
        new Variant({ dataType: DataType.LocalizedText, arrayType: VariantArrayType.Array, value: [] }),
      ],
    });
  expect((await on('Abort', number)).statusCode.name).toBe('Good');
  expect((await on('Abort', 'no number')).statusCode.name).toBe('BadInvalidArgument');
  expect((await on('Resume', number)).statusCode.isGood()).toBe(false);
});
