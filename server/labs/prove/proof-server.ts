import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#server/config.ts';

interface Doors {
  readonly pageUrl: string;
  readonly opcuaUrl: string;
  readonly mqttUrl: string;
}

/** Starts a whole server with a wall clock of the caller's. */
export type OpenServer = (config: Config, now: () => number) => Promise<Doors & { close(): Promise<void> }>;

/** A server that real clients can use, and whose wall clock can be put forward: nobody sleeps a minute in a proof. */
export interface ProofServer extends Doors {
  /** A folder for keys of clients; gone when the server is closed. */
  readonly folder: string;
  forward(ms: number): void;
  close(): Promise<void>;
}

export async function startProofServer(open: OpenServer): Promise<ProofServer> {
  const folder = await mkdtemp(join(tmpdir(), 'verkstad-proof-'));
  let aheadMs = 0;
  const config: Config = {
    ...{ host: '127.0.0.1', publicHost: '127.0.0.1', httpPort: 0, opcuaPort: 0, mqttPort: 0 },
    ...{ dataDir: join(folder, 'data'), workers: 1, logLevel: 'error' },
  };
  const remove = () => rm(folder, { recursive: true, force: true });
  const server = await open(config, () => Date.now() + aheadMs).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    ...server,
    folder,
    forward: (ms) => void (aheadMs += ms),
    async close() {
      await server.close();
      await remove();
    },
  };
}
