import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import mqttPacket from 'mqtt-packet';
import { WebSocket } from 'ws';
import { doorkeeperForTest, liveCellForTest } from '#test/support/live-cell-for-test.ts';
import { startMqttDoor } from '#server/mqtt/mqtt-door.ts';

/**
 * Prints what MQTT costs: cells that nobody subscribes, then clients over WebSocket, each on a cell of its own, who
 * watch `--stations` stations. The clients run in a second process. Cost of the plants themselves is measured first.
 *
 *     npx tsx test/bench/mqtt-clients.ts --clients 300 --seconds 10 --stations 1
 */
const TICK_MS = 100;
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '10' },
    stations: { type: 'string', default: '1' },
    as: { type: 'string', default: 'server' },
    url: { type: 'string', default: '' },
  },
});
const [count, seconds, stations] = [Number(values.clients), Number(values.seconds), Number(values.stations)];
if (values.as === 'clients') runClients(values.url);
else await runServer();

async function runServer(): Promise<void> {
  const clock = { now: () => Date.now(), forward: () => {}, leap: () => {}, onTick: () => {} };
  const cells = Array.from({ length: count }, (_, k) => liveCellForTest({ id: `c-${k}`, seed: k, wall: clock }).cell);
  const list = cells.map((cell, k) => ({ participant: `p-${k}`, key: 'key', cell }));
  const log = { info: () => {}, warn: console.error, error: console.error };
  const door = await startMqttDoor({ host: '127.0.0.1', port: 0, doorkeeper: doorkeeperForTest(list), log });
  const http = createServer().on('upgrade', (req, socket, head) => door.handleUpgrade(req, socket, head));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const ticks = setInterval(() => cells.forEach((cell) => cell.tick()), TICK_MS);

  const rows: { measure: string; value: number; unit: string }[] = [];
  const add = (measure: string, value: number, unit: string) =>
    rows.push({ measure, value: Number(value.toFixed(2)), unit });
  const memoryKb = () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1000;
  };
  const percent = async (): Promise<number> => {
    const [before, startMs] = [process.cpuUsage(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 10 / (performance.now() - startMs);
  };

  add('plants.corePercent', await percent(), '%');
  const [aloneKb, url] = [memoryKb(), `ws://127.0.0.1:${(http.address() as AddressInfo).port}`];
  const args = ['--as', 'clients', '--url', url, '--clients', values.clients, '--stations', values.stations];
  const clients = fork(fileURLToPath(import.meta.url), args, { execArgv: process.execArgv });
  const told = () => new Promise<number>((resolve) => clients.once('message', (value) => resolve(Number(value))));
  await told();
  add('brokerWithClient.heapKb', (memoryKb() - aloneKb) / count, 'kB');
  add('connected.corePercent', await percent(), '%');
  clients.send('subscribe');
  await told();
  add('subscribed.corePercent', await percent(), '%');
  clients.send('count');
  const got = await told();
  add('delivered.perClientSecond', got / count / seconds, '1/s');
  add('rssMb', process.memoryUsage().rss / 1e6, 'MB');

  console.log(JSON.stringify({ bench: 'mqtt-clients', machine: cpus()[0].model, count, stations, rows }, null, 2));
  clearInterval(ticks);
  clients.kill();
  await door.close();
  http.closeAllConnections();
  http.close();
}

function runClients(url: string): void {
  const sockets = Array.from({ length: count }, () => new WebSocket(`${url}/mqtt`, 'mqtt'));
  let [got, connected, subscribed] = [0, 0, 0];
  const tell = (value: number) => process.send?.(value);
  sockets.forEach((socket, k) => {
    const hello = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 600 } as const;
    socket.on('open', () => {
      const connect = { ...hello, clientId: `bench-${k}`, username: `p-${k}`, password: Buffer.from('key') };
      socket.send(mqttPacket.generate(connect));
    });
    const parser = mqttPacket.parser();
    parser.on('packet', ({ cmd }: mqttPacket.Packet) => {
      if (cmd === 'connack' && ++connected === count) tell(connected);
      if (cmd === 'suback' && ++subscribed === count) tell(subscribed);
      if (cmd === 'publish') got += 1;
    });
    socket.on('message', (data) => void parser.parse(data as Buffer));
  });
  process.on('message', (what) => {
    if (what === 'count') tell(got);
    if (what !== 'subscribe') return;
    const watched = Array.from({ length: stations }, (_, k) => `ST${String(((k + 2) % 12) + 1).padStart(2, '0')}`);
    const subscriptions = watched.map((station) => {
      return { topic: `nordpump/halmstad/pumps/line1/${station}`, qos: 0 } as const;
    });
    for (const socket of sockets) socket.send(mqttPacket.generate({ cmd: 'subscribe', messageId: 1, subscriptions }));
    got = 0;
  });
}
