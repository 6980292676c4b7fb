import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import mqttPacket from 'mqtt-packet';
import { websocketStream } from '#server/mqtt/websocket-stream.ts';
import { publish } from '#test/support/mqtt-attack.ts';
import { keyOf, mqttLine, settle, until } from '#test/support/mqtt-line.ts';
import { connectPacket } from '#test/support/mqtt-raw.ts';

/** The status that an upgrade is answered with. */
function upgrade(url: string, headers: Record<string, string>): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port, pathname } = new URL(url);
  const upgradeHeaders = {
    ...{ Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
    ...{ 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers },
  };
  return new Promise((resolve, reject) => {
    const req = request({ hostname, port, path: pathname, headers: upgradeHeaders });
    req.on('error', reject);
    req.on('upgrade', (res, socket) => {
      socket.destroy();
      resolve({ status: res.statusCode, body: '' });
    });
    req.on('response', (res) => {
      let body = '';
      res.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve({ status: res.statusCode, body }));
    });
    req.end();
  });
}

test('user name and key work over WebSocket as over TCP', async () => {
  const line = await mqttLine(['p-ann']);
  const { client, got } = await line.connect('p-ann', { url: line.webSocketUrl });
  await client.subscribeAsync('#', { qos: 1 });
  await until(() => expect(got.length).toBeGreaterThan(line.cells['p-ann'].model.signals.length));
  const wrong = line.connect('p-ann', { url: line.webSocketUrl, password: 'wrong' });
  await expect(wrong).rejects.toMatchObject({ code: 4 });
});

test('a browser with its cookie needs no key, and is the pane', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  line.cookieOf = 'p-bob';
  const { client, got } = await line.connect('p-bob', {
    ...{ url: line.webSocketUrl, username: '', clientId: 'screen' },
    password: undefined as unknown as string,
  });
  await client.subscribeAsync(`${line.prefix}/Clock`);
  await until(() => expect(got).toHaveLength(1));
  expect(line.evidence['p-bob'][0]).toMatchObject({
    ...{ kind: 'mqtt.session', participant: 'p-bob', client: 'pane', clientId: 'screen' },
  });
});

test('a cookie does not open the cell of another name, and a key beside it still counts', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  line.cookieOf = 'p-bob';
  const url = line.webSocketUrl;
  const noKey = { password: undefined as unknown as string };
  await expect(line.connect('p-ann', { url, ...noKey })).rejects.toMatchObject({ code: 5 });
  await line.connect('p-ann', { url, password: keyOf('p-ann') });
  expect(line.evidence['p-ann'][0]).toMatchObject({ kind: 'mqtt.session', client: 'own' });
});

test('pages of another origin are turned away, those of our own are not', async () => {
  const line = await mqttLine(['p-ann']);
  const { host } = new URL(line.webSocketUrl);
  const subprotocol = { 'Sec-WebSocket-Protocol': 'mqtt' };
  for (const origin of ['https://evil.example', 'null', `https://${host}.evil.example`]) {
    const { status, body } = await upgrade(line.webSocketUrl, { Origin: origin, ...subprotocol });
    expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([403, 'foreign_origin']);
  }
  expect((await upgrade(line.webSocketUrl, { Origin: `http://${host}`, ...subprotocol })).status).toBe(101);
  const { status, body } = await upgrade(line.webSocketUrl, { Origin: `http://${host}` });
  expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([400, 'no_subprotocol']);
});

test('packets may be split over frames and share one; text frames and frames that are too large end the connection', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  const open = async () => {
    const socket = new WebSocket(line.webSocketUrl, 'mqtt');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const got: Buffer[] = [];
    socket.on('message', (data) => got.push(data as Buffer));
    return { socket, closed, got };
  };
  const split = await open();
  const bytes = Buffer.concat([mqttPacket.generate(connectPacket('p-ann')), mqttPacket.generate({ cmd: 'pingreq' })]);
  for (const part of [bytes.subarray(0, 3), bytes.subarray(3, 20), bytes.subarray(20)]) split.socket.send(part);
  await until(() => expect(Buffer.concat(split.got)).toEqual(Buffer.from([0x20, 2, 0, 0, 0xd0, 0])));
  // Each packet would be let in: it is the frame that is too large, which is code 1009 (RFC 6455 clause 7.4.1).
  const half = mqttPacket.generate(publish('lab/x', 'y'.repeat(35_000)));
  split.socket.send(Buffer.concat([half, half]));
  expect(await split.closed).toBe(1009);
  const text = await open();
  // Without name and key its bytes are a text too.
  const { username: _, password: __, ...nameless } = connectPacket('p-ann');
  text.socket.send(mqttPacket.generate(nameless).toString());
  await text.closed;
  expect(text.got).toEqual([]);
  await settle(ann);
});

test('what nobody reads stays with its sender, and is all there once somebody does', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => {
    for (const each of server.clients) each.terminate();
    server.close();
  });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [sender, [websocket, req]] = await Promise.all([
    opened(url),
    once(server, 'connection') as Promise<[WebSocket, IncomingMessage]>,
  ]);
  const stream = websocketStream(websocket, req.socket);
  for (let n = 0; n < 400; n++) sender.send(Buffer.alloc(50_000));
  const other = await opened(url);
  for (let n = 0; n < 100; n++) {
    other.ping();
    await once(other, 'pong');
  }
  expect(stream.readableLength).toBeLessThan(200_000);
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await until(() => expect(bytes).toBe(400 * 50_000));
});

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
}
