import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './host-for-test.ts';
import { testConfig } from './start-server.ts';

const script = fileURLToPath(new URL('./child-server.ts', import.meta.url));

export interface KillableServer {
  readonly pageUrl: string;
  /** As when the power goes. */
  kill(): Promise<void>;
  /** On the same ports and the same data. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A server that dies and comes back where it was. */
export async function killableServer(): Promise<KillableServer> {
  const folder = temporaryFolder();
  const [httpPort, opcuaPort, mqttPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const config = testConfig(folder.path, { httpPort, opcuaPort, mqttPort });
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(config)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('The server has no output.');
    for await (const line of createInterface(child.stdout)) if (line.startsWith('{"pageUrl"')) return;
    throw new Error('The server ended before it was open.');
  }
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    ...{ pageUrl: `http://127.0.0.1:${httpPort}`, kill, start },
    async close() {
      await kill();
      folder.remove();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
