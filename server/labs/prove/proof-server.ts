import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { participantIdOf } from '#server/classroom/keys.ts';
import type { Participants } from '#server/classroom/participants.ts';
import type { Config } from '#server/config.ts';

interface Doors {
  readonly pageUrl: string;
  readonly opcuaUrl: string;
  readonly mqttUrl: string;
}

type RunningServer = Doors & {
  readonly participants: Pick<Participants, 'create' | 'keyOf'>;
  close(): Promise<void>;
};

/** Starts a whole server with a wall clock of the caller's. */
export type OpenServer = (config: Config, now: () => number) => Promise<RunningServer>;

/**
 * A server that real clients can use, and whose wall clock can be put forward: nobody sleeps a minute in a proof. What is
 * drawn for its participants is the same each time that it is started.
 */
export interface ProofServer extends Doors {
  /** Someone whose draws follow from this text alone. */
  newcomer(luck: string): Promise<{ readonly id: string; readonly key: string }>;
  /** A folder for keys of clients; gone when the server is closed. */
  readonly folder: string;
  forward(ms: number): void;
  close(): Promise<void>;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export async function startProofServer(open: OpenServer): Promise<ProofServer> {
  const folder = await mkdtemp(join(tmpdir(), 'verkstad-proof-'));
  let aheadMs = 0;
  const config: Config = {
    ...{ host: '127.0.0.1', publicHost: '127.0.0.1', httpPort: 0, opcuaPort: 0, mqttPort: 0 },
    ...{ dataDir: join(folder, 'data'), workers: 1, logLevel: 'error' },
  };
  await mkdir(config.dataDir, { mode: 0o700 });
  await writeFile(join(config.dataDir, 'secret'), `${digest('the secret of every proof').toString('hex')}\n`);
  const remove = () => rm(folder, { recursive: true, force: true });
  const server = await open(config, () => Date.now() + aheadMs).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    ...server,
    folder,
    forward: (ms) => void (aheadMs += ms),
    async newcomer(luck) {
      let tries = 0;
      const participant = await server.participants.create(() => participantIdOf(digest(`${luck} ${tries++}`)));
      return { id: participant.id, key: server.participants.keyOf(participant) };
    },
    async close() {
      await server.close();
      await remove();
    },
  };
}
