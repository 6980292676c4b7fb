import {
  AttributeIds,
  type CallMethodRequestOptions,
  CallResponse,
  type ClientSession,
  DataType,
  type OPCUAClient,
  StatusCodes,
  WriteResponse,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);

const read = async (session: ClientSession, path: string): Promise<unknown> =>
  (await session.read({ nodeId: lineNode(path), attributeId: AttributeIds.Value })).value.value;
const write = async (session: ClientSession, path: string, dataType: DataType, value: unknown): Promise<string> => {
  const node = { nodeId: lineNode(path), attributeId: AttributeIds.Value };
  return (await session.write({ ...node, value: { value: { dataType, value } } })).name;
};
const call = (session: ClientSession, path: string, inputArguments: CallMethodRequestOptions['inputArguments'] = []) =>
  session.call({ objectId: lineNode(path.slice(0, path.lastIndexOf('.'))), methodId: lineNode(path), inputArguments });

test('a write becomes a command of the own cell alone', async () => {
  const { connect, evidence } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const before = await read(bo, 'ST03.Program.Feed');
  expect(await write(anna, 'ST03.Program.Feed', DataType.Double, 80)).toBe('Good');
  expect(await read(anna, 'ST03.Program.Feed')).toBe(80);
  expect(await read(bo, 'ST03.Program.Feed')).toBe(before);
  const commands = evidence['p-anna'].filter(({ kind }) => kind === 'command');
  expect(commands).toMatchObject([
    { participant: 'p-anna', via: 'opcua', target: 'ST03.Program.Feed', status: 'done' },
  ]);
  expect(evidence['p-bo'].filter(({ kind }) => kind === 'command')).toEqual([]);
});

test('a refused write says what kind of refusal it is, and why', async () => {
  const anna = await line().connect('p-anna');
  expect(await write(anna, 'ST03.Program.Feed', DataType.Double, 9000)).toBe('BadOutOfRange');
  expect(await read(anna, 'LastRefusal')).toMatch(/9000|50/);
  expect(await write(anna, 'ST03.Program.Feed', DataType.String, 'fast')).toBe('BadTypeMismatch');
  expect(await write(anna, 'ST03.Program.Feed', DataType.Int32, 80)).toBe('BadTypeMismatch');
  expect(await write(anna, 'ST03.State.Current', DataType.Int32, 1)).toBe('BadNotWritable');
  expect(await write(anna, 'ST03.Nothing', DataType.Double, 1)).toBe('BadNodeIdUnknown');
  const name = { nodeId: lineNode('ST03.State.Current'), attributeId: AttributeIds.DisplayName };
  const text = { value: { dataType: DataType.LocalizedText, value: { text: 'mine' } } };
  expect((await anna.write({ ...name, value: text })).name).toBe('BadNotWritable');
  const server = { nodeId: 'i=2994', attributeId: AttributeIds.Value };
  expect((await anna.write({ ...server, value: { value: { dataType: DataType.Boolean, value: true } } })).name).toBe(
    'BadNotWritable',
  );
});

test('whoever asks for diagnostics gets the reason of a refusal with it, whoever does not gets none', async () => {
  const anna = await line().connect('p-anna');
  const { _client: client } = anna as unknown as { _client: OPCUAClient };
  const infos: (string | undefined)[] = [];
  let wanted = 0;
  client.on('send_request', ({ requestHeader }) => (requestHeader.returnDiagnostics = wanted));
  client.on('receive_response', (response) => {
    if (!(response instanceof CallResponse || response instanceof WriteResponse)) return;
    infos.push((response.diagnosticInfos ?? [])[0]?.additionalInfo ?? undefined);
  });
  await call(anna, 'ST04.Hold');
  const refused = await call(anna, 'ST04.Start');
  expect(refused.statusCode).toBe(StatusCodes.BadInvalidState);
  expect(refused.outputArguments ?? []).toEqual([]);
  wanted = 0x80;
  await call(anna, 'ST04.Start');
  await write(anna, 'ST03.Program.Feed', DataType.Double, 9000);
  const reason = (await read(anna, 'LastRefusal')) as string;
  expect(infos).toEqual([undefined, undefined, expect.stringContaining('ST04'), reason]);
});

test('a method acts on the own cell and answers with the plant time', async () => {
  const { connect, cells } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const result = await call(anna, 'ST06.Stop');
  expect(result.statusCode).toBe(StatusCodes.Good);
  const at = (result.outputArguments?.[0].value as Date).getTime();
  expect(at).toBe(Math.floor(cells['p-anna'].epochMs(cells['p-anna'].clock.simUs)));
  expect(await read(anna, 'ST06.State.Current')).not.toBe(await read(bo, 'ST06.State.Current'));
  expect((await anna.call({ objectId: lineNode('ST03'), methodId: lineNode('ST06.Stop') })).statusCode).toBe(
    StatusCodes.BadMethodInvalid,
  );
});

test('arguments are described and checked', async () => {
  const anna = await line().connect('p-anna', {});
  const { inputArguments } = await anna.getArgumentDefinition(lineNode('ST03.SetMode'));
  expect(inputArguments.map(({ name }) => name)).toEqual(['Mode']);
  expect((await call(anna, 'ST03.SetMode')).statusCode).toBe(StatusCodes.BadArgumentsMissing);
  expect((await call(anna, 'ST03.SetMode', [{ dataType: DataType.String, value: '1' }])).statusCode).not.toBe(
    StatusCodes.Good,
  );
  expect((await call(anna, 'ST03.SetMode', [{ dataType: DataType.Int32, value: 9 }])).statusCode).toBe(
    StatusCodes.BadOutOfRange,
  );
});

test('the clock of the own cell can be set by method and by write', async () => {
  const { connect, cells } = line();
  const anna = await connect('p-anna');
  expect((await call(anna, 'Clock.SetSpeed', [{ dataType: DataType.Double, value: 5 }])).statusCode.name).toBe('Good');
  expect(cells['p-anna'].clock.speed).toBe(5);
  expect(cells['p-bo'].clock.speed).toBe(1);
  expect((await call(anna, 'Clock.SetSpeed', [{ dataType: DataType.Double, value: 500 }])).statusCode.name).toBe(
    'BadOutOfRange',
  );
  expect(await write(anna, 'Clock.Paused', DataType.Boolean, true)).toBe('Good');
  expect(await read(anna, 'Clock.Paused')).toBe(true);
  expect(await write(anna, 'Clock.Speed', DataType.Double, 1)).toBe('Good');
  expect(await write(anna, 'Clock.Paused', DataType.Boolean, false)).toBe('Good');
});

test('every command that wants a value has an argument for it', async () => {
  const { cells } = line();
  const anna = await line().connect('p-anna');
  for (const target of cells['p-bo'].model.targets.values()) {
    if (target.hidden || target.shape) continue;
    const { status, reason } = await cells['p-bo'].command(
      { id: `probe ${target.path}`, target: target.path },
      { actor: 'p-bo', via: 'http' },
    );
    if (status !== 'wrong_type' && status !== 'out_of_range') continue;
    const { inputArguments } = await anna.getArgumentDefinition(lineNode(target.path));
    expect(`${target.path} ${inputArguments.length} ${reason}`).toContain(`${target.path} 1 `);
  }
});

test('an order is stored as JSON, started by its number, refused with its state, and sequenced by a rule', async () => {
  const anna = await line().connect('p-anna');
  const stored = await call(anna, 'Orders.Store', [
    { dataType: DataType.String, value: '{"variant":"P3","quantity":6,"priority":1}' },
  ]);
  expect(stored.statusCode.name).toBe('Good');
  const number = { dataType: DataType.UInt32, value: await read(anna, 'Orders.Newest.Number') };
  expect((await call(anna, 'Orders.Pause', [number])).statusCode.name).toBe('BadInvalidState');
  expect(await read(anna, 'LastRefusal')).toMatch(/state NotAllowedToStart, which does not allow Pause/);
  expect((await call(anna, 'Orders.Start', [number])).statusCode.name).toBe('Good');
  expect(await write(anna, 'Orders.Dispatching.Rule', DataType.Int32, 4)).toBe('Good');
  expect(await read(anna, 'Orders.Dispatching.Rule')).toBe(4);
  expect((await call(anna, 'ST04.Start')).statusCode.name).not.toBe('BadArgumentsMissing');
});
