import mqtt from 'mqtt';
import { AttributeIds, MessageSecurityMode, OPCUAClient, SecurityPolicy, UserTokenType } from 'node-opcua';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openTunnel, type Tunnel, type TunnelTo } from '#server/tunnel/connect.ts';
import { type ApiClient, type ServerForTest, startServer } from '#test/support/start-server.ts';
import { until } from '#test/support/mqtt-line.ts';

let server: ServerForTest;
let ann: ApiClient;
const said: string[] = [];
let tunnel: Tunnel;

const to = (more: Partial<TunnelTo> = {}): TunnelTo => ({
  ...{ url: server.pageUrl, user: ann.me.id, key: ann.me.key, opcuaPort: 0, mqttPort: 0 },
  say: (line) => void said.push(line),
  ...more,
});

beforeAll(async () => {
  server = await startServer();
  ann = await server.tryIt();
  await ann.send('POST', '/sandbox', { base: 'pump-line' });
  tunnel = await openTunnel(to());
}, 120_000);

afterAll(async () => {
  await tunnel?.close();
  await server?.close();
});

test('a real MQTT client reaches its line through the web port', async () => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${tunnel.mqttPort}`, {
    ...{ username: ann.me.id, password: ann.me.key, reconnectPeriod: 0 },
  });
  const topics: string[] = [];
  client.on('message', (topic) => void topics.push(topic));
  await client.subscribeAsync('nordpump/halmstad/pumps/line1/ST03/#');
  await until(() => expect(topics).toContain('nordpump/halmstad/pumps/line1/ST03/Spindle/Load'));
  await client.endAsync();
});

test('a real OPC UA client reaches its line through the web port, encrypted', async () => {
  const client = OPCUAClient.create({
    ...{ endpointMustExist: false, connectionStrategy: { maxRetry: 1 } },
    ...{ securityPolicy: SecurityPolicy.Basic256Sha256, securityMode: MessageSecurityMode.SignAndEncrypt },
  });
  await client.connect(`opc.tcp://127.0.0.1:${tunnel.opcuaPort}`);
  const session = await client.createSession({
    ...{ type: UserTokenType.UserName, userName: ann.me.id, password: ann.me.key },
  });
  const { value } = await session.read({ nodeId: 'ns=2;s=ST03.Spindle.Load', attributeId: AttributeIds.Value });
  expect(typeof value.value).toBe('number');
  await session.close();
  await client.disconnect();
});

test('a wrong key is said at once, and opens no port', async () => {
  await expect(openTunnel(to({ key: 'wrong' }))).rejects.toThrow('The user name or the key is wrong');
  await expect(openTunnel(to({ url: 'http://127.0.0.1:9' }))).rejects.toThrow('cannot be reached');
  await expect(openTunnel(to({ opcuaPort: tunnel.opcuaPort }))).rejects.toThrow('is in use');
});

const statusOf = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve) => {
    const url = `${server.pageUrl.replace('http', 'ws')}/connect/opcua`;
    const websocket = new WebSocket(url, 'opcua-tcp', { headers });
    websocket.on('error', () => {});
    websocket.once('open', () => {
      websocket.close();
      resolve(101);
    });
    websocket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });

test('no page of a browser opens a tunnel, not even our own, and nobody without a key', async () => {
  const basic = `Basic ${Buffer.from(`${ann.me.id}:${ann.me.key}`).toString('base64')}`;
  expect(await statusOf({ authorization: basic })).toBe(101);
  expect(await statusOf({ authorization: basic, origin: server.pageUrl })).toBe(403);
  expect(await statusOf({ authorization: basic, origin: 'https://evil.example' })).toBe(403);
  const { cookie = '' } = ann.headers;
  expect(await statusOf({ cookie })).toBe(401);
  expect(await statusOf({})).toBe(401);
});

test('a participant has ten tunnels at one time, and room again when they close', async () => {
  const url = `${server.pageUrl.replace('http', 'ws')}/connect/opcua`;
  const authorization = `Basic ${Buffer.from(`${ann.me.id}:${ann.me.key}`).toString('base64')}`;
  const open = Array.from({ length: 10 }, () => new WebSocket(url, 'opcua-tcp', { headers: { authorization } }));
  await Promise.all(open.map((each) => new Promise((resolve) => each.once('open', resolve))));
  expect(await statusOf({ authorization })).toBe(429);
  for (const each of open) each.close();
  await until(async () => expect(await statusOf({ authorization })).toBe(101));
});
