import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from './mqtt-line.ts';
import type { PlainBroker } from './plain-broker.ts';

/** Where Debian puts it; not on everybody's path. */
const PROGRAM = '/usr/sbin/mosquitto';

export const hasMosquittoBroker = existsSync(PROGRAM);

export interface MosquittoOptions {
  readonly port?: number;
  /** Certificate and key: then only TLS is spoken. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Further lines of its configuration file. */
  readonly more?: readonly string[];
}

export interface Mosquitto extends PlainBroker {
  /** What it wrote so far. */
  readonly log: () => string;
  /** It takes and says nothing any more, as a machine that hangs. */
  freeze(): void;
  /** It goes on where it was. */
  thaw(): void;
}

/** Debian's mosquitto for one user, who may do anything; ended when the test is over. */
export async function mosquittoBroker(
  user: string,
  password: string,
  { port: wanted, tls, more = [] }: MosquittoOptions = {},
): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-mosquitto-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const port = wanted ?? (await freePort());
  execFileSync('mosquitto_passwd', ['-b', '-c', join(folder, 'users'), user, password], { stdio: 'ignore' });
  const lines = [
    `listener ${port} 127.0.0.1`,
    ...(tls ? [`certfile ${tls.certFile}`, `keyfile ${tls.keyFile}`] : []),
    `password_file ${join(folder, 'users')}`,
    'allow_anonymous false',
    // Who starts it as root would else see it become the user "mosquitto", which may not read this folder.
    'user root',
    ...more,
  ];
  writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  const child: ChildProcess = spawn(PROGRAM, ['-v', '-c', join(folder, 'mosquitto.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => void (log += String(chunk)));
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  await until(() => answers(port));
  return {
    port,
    kill,
    log: () => log,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
