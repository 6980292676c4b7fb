/**
 * Shows that the MQTT nodes of Node-RED work with a line: a signal arrives as an object, a command is answered, and the
 * will of the broker node is told when Node-RED dies. Node-RED itself (about 120 MB) goes into a temporary folder.
 *
 *     npm run proof:node-red
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import type { Me } from '#contract/participant.ts';
import { startServer } from '#test/support/start-server.ts';

const VERSION = '4.1.15';
const PREFIX = 'nordpump/halmstad/pumps/line1';
const STATE = 'lab/node-red/state';
const PATIENCE_MS = 60_000;

interface Seen {
  readonly signal?: { readonly v: number; readonly u: string; readonly t: string; readonly q: string };
  readonly answer?: { readonly id: string; readonly status: string };
}

const folder = mkdtempSync(path.join(tmpdir(), 'verkstad-node-red-'));

function install(): string {
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `node-red@${VERSION}`];
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not install Node-RED:\n${stderr}`);
  return path.join(folder, 'node_modules/node-red/red.js');
}

/** What somebody would draw: two inputs, one output, and two addresses to look at and to press. */
function flowFor(port: number): object[] {
  const tab = { id: 'tab', type: 'tab', label: 'line' };
  const broker = {
    ...{ id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(port), clientid: 'node-red' },
    ...{ protocolVersion: '4', cleansession: true, keepalive: '20', autoConnect: true, usetls: false },
    ...{ birthTopic: STATE, birthQos: '1', birthRetain: 'false', birthPayload: 'here' },
    ...{ willTopic: STATE, willQos: '1', willRetain: 'false', willPayload: 'gone' },
  };
  const listens = (id: string, topic: string, keep: string) => [
    {
      ...{ id, z: 'tab', type: 'mqtt in', topic, qos: '1', datatype: 'auto-detect', broker: 'broker' },
      wires: [[keep]],
    },
    { ...{ id: keep, z: 'tab', type: 'function', func: `flow.set('${id}', msg.payload);`, outputs: 0 }, wires: [] },
  ];
  const web = (id: string, url: string, func: string, then: readonly string[]) => [
    { ...{ id, z: 'tab', type: 'http in', url, method: 'get' }, wires: [[`${id}-does`]] },
    { ...{ id: `${id}-does`, z: 'tab', type: 'function', func, outputs: 1 }, wires: [then] },
  ];
  return [
    ...[tab, broker],
    ...listens('signal', `${PREFIX}/ST03/Spindle/Load`, 'keep-signal'),
    ...listens('answer', `${PREFIX}/rsp/nr1`, 'keep-answer'),
    ...web('seen', '/seen', `msg.payload = { signal: flow.get('signal'), answer: flow.get('answer') }; return msg;`, [
      'reply',
    ]),
    ...web('hold', '/hold', `msg.payload = { id: 'nr1' }; return msg;`, ['command', 'reply']),
    {
      id: 'command',
      z: 'tab',
      type: 'mqtt out',
      topic: `${PREFIX}/cmd/ST03/Hold`,
      qos: '1',
      broker: 'broker',
      wires: [],
    },
    { id: 'reply', z: 'tab', type: 'http response', statusCode: '200', wires: [] },
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function start(red: string, uiPort: number, mqttPort: number, { id, key }: Me): ChildProcess {
  const settings = {
    uiPort,
    uiHost: '127.0.0.1',
    flowFile: 'flows.json',
    credentialSecret: false,
    httpAdminRoot: false,
  };
  writeFileSync(path.join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
  writeFileSync(path.join(folder, 'flows.json'), JSON.stringify(flowFor(mqttPort)));
  writeFileSync(path.join(folder, 'flows_cred.json'), JSON.stringify({ broker: { user: id, password: key } }));
  return spawn(process.execPath, [red, '--userDir', folder, '--settings', path.join(folder, 'settings.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Asks until there is an answer that will do. */
async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const endMs = Date.now() + PATIENCE_MS;
  while (Date.now() < endMs) {
    const found = await Promise.resolve(ask()).catch(() => undefined);
    if (found !== undefined) {
      console.log(`${what}: ${JSON.stringify(found)}`);
      return found;
    }
    await pause(200);
  }
  throw new Error(`${what}: did not come within ${PATIENCE_MS / 1000} s.`);
}

async function prove(): Promise<void> {
  const red = install();
  const server = await startServer();
  const { me } = await server.tryIt();
  const observer = await mqtt.connectAsync(server.mqttUrl, { username: me.id, password: me.key, protocolVersion: 4 });
  const states: string[] = [];
  observer.on('message', (_topic, payload) => states.push(String(payload)));
  await observer.subscribeAsync(STATE, { qos: 1 });
  const uiPort = await freePort();
  const child = start(red, uiPort, Number(new URL(server.mqttUrl).port), me);
  try {
    const get = async (page: string) => (await fetch(`http://127.0.0.1:${uiPort}/${page}`)).json() as Promise<Seen>;
    await until('birth message', () => states.find((state) => state === 'here'));
    await until('a signal as an object', async () => {
      const { signal } = await get('seen');
      return typeof signal?.v === 'number' && signal.u === '%' && signal.q === 'Good' ? signal : undefined;
    });
    await get('hold');
    const answer = await until('the answer to a command', async () => (await get('seen')).answer);
    if (answer.status !== 'done') throw new Error(`The command was not carried out: ${answer.status}.`);
    child.kill('SIGKILL');
    await until('the will', () => states.find((state) => state === 'gone'));
    console.log(`Node-RED ${VERSION} works with the line.`);
  } finally {
    child.kill('SIGKILL');
    await observer.endAsync(true);
    await server.close();
  }
}

try {
  await prove();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
