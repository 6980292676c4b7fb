import mqtt from 'mqtt';
import { AttributeIds, DataType, Variant, type VariantLike } from 'node-opcua';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { CellView } from '#contract/cell-view.ts';
import { CommandResult } from '#contract/command.ts';
import { lineNode } from '#test/support/opcua-line.ts';
import { type ApiClient, type ServerForTest, startServer } from '#test/support/start-server.ts';
import { opcuaSession } from '#test/support/wire-session.ts';

/** What is refused, by all doors alike: the status, and the OPC UA StatusCode that stands for it. */
const CASES = [
  { name: 'range', target: 'ST03.Program.Feed', value: 9000, status: 'out_of_range', code: 'BadOutOfRange' },
  {
    name: 'contradiction',
    target: 'ST04.Safety.StopDistance',
    value: 3,
    status: 'out_of_range',
    code: 'BadOutOfRange',
  },
  { name: 'type', target: 'ST03.Program.Feed', value: 'fast', status: 'wrong_type', code: 'BadTypeMismatch' },
  { name: 'state', target: 'ST03.Unhold', value: undefined, status: 'wrong_state', code: 'BadInvalidState' },
  { name: 'target', target: 'ST03.Spin', value: undefined, status: 'unknown_target', code: 'BadMethodInvalid' },
] as const;

let server: ServerForTest;
let ann: ApiClient;
let prefix: string;
beforeAll(async () => {
  server = await startServer();
  ann = await server.tryIt();
  const { body } = await ann.send('GET', `/cells/${ann.me.cell}`);
  prefix = (body as unknown as CellView).topicPrefix;
});
afterAll(() => server.close());

async function byMqtt() {
  const { me } = ann;
  const client = await mqtt.connectAsync(server.mqttUrl, { username: me.id, password: me.key, reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const answers = new Map<string, CommandResult>();
  client.on('message', (_, payload) => {
    const answer = CommandResult.parse(JSON.parse(payload.toString()));
    answers.set(answer.id, answer);
  });
  await client.subscribeAsync(`${prefix}/rsp/+`);
  return async (command: { id: string }) => {
    await client.publishAsync(`${prefix}/cmd`, JSON.stringify(command), { qos: 1 });
    return vi.waitFor(() => answers.get(command.id) ?? Promise.reject(new Error('no answer yet')), { timeout: 20_000 });
  };
}

async function byOpcUa() {
  const { session, end } = await opcuaSession({ server, ann });
  onTestFinished(end);
  const lastRefusal = async () =>
    String((await session.read({ nodeId: lineNode('LastRefusal'), attributeId: AttributeIds.Value })).value.value);
  return {
    lastRefusal,
    async write(path: string, value: VariantLike) {
      const node = { nodeId: lineNode(path), attributeId: AttributeIds.Value };
      return (await session.write({ ...node, value: { value: new Variant(value) } })).name;
    },
    async call(path: string) {
      const objectId = lineNode(path.slice(0, path.lastIndexOf('.')));
      return (await session.call({ objectId, methodId: lineNode(path), inputArguments: [] })).statusCode.name;
    },
  };
}

test(
  'what is refused is refused alike by HTTP, MQTT and OPC UA, with the same reason',
  { timeout: 60_000 },
  async () => {
    const ask = await byMqtt();
    const opcua = await byOpcUa();
    for (const { name, target, value, status, code } of CASES) {
      const command = { id: `http-${name}`, target, ...(value !== undefined && { value }) };
      const { body } = await ann.send('POST', `/cells/${ann.me.cell}/commands`, command);
      expect(body, name).toMatchObject({ status, reason: expect.stringMatching(/\w{3}.*\./) as string });
      expect(await ask({ ...command, id: `mqtt-${name}` }), name).toMatchObject({ status, reason: body.reason });
      const typed =
        typeof value === 'number' ? { dataType: DataType.Double, value } : { dataType: DataType.String, value };
      expect(value === undefined ? await opcua.call(target) : await opcua.write(target, typed), name).toBe(code);
      // What OPC UA itself refuses, a type or a node that is not there, never becomes a command.
      if (name === 'range' || name === 'contradiction' || name === 'state')
        expect(await opcua.lastRefusal(), name).toBe(body.reason);
    }
  },
);

test('a unit that is not the parameter’s, or one where none belongs, is refused and not converted', async () => {
  const ask = await byMqtt();
  const wrong = { target: 'ST03.Program.CuttingSpeed', value: 2, unit: 'm/s' };
  const { body } = await ann.send('POST', `/cells/${ann.me.cell}/commands`, { id: 'u1', ...wrong });
  expect(body).toMatchObject({ status: 'wrong_unit', reason: expect.stringContaining('m/min') as string });
  expect(await ask({ id: 'u2', ...wrong })).toMatchObject({
    status: 'wrong_unit',
    reason: body.reason,
  });
  const hold = { id: 'u3', target: 'ST03.Hold', unit: 's' };
  expect(await ask(hold)).toMatchObject({ status: 'wrong_unit', reason: expect.stringContaining('Leave') as string });
  expect(await ask({ id: 'u4', ...wrong, value: 160, unit: 'm/min' } as { id: string })).toMatchObject({
    status: 'done',
  });
});

test('nobody commands the cell of another', async () => {
  const bo = await server.tryIt();
  const { status } = await bo.send('POST', `/cells/${ann.me.cell}/commands`, { id: 'x1', target: 'ST03.Hold' });
  expect([403, 404]).toContain(status);
  const { body } = await ann.send('POST', `/cells/${ann.me.cell}/commands`, { id: 'x2', target: 'ST03.Unhold' });
  expect(body).toMatchObject({ status: 'wrong_state' });
});
