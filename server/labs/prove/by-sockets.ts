import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { madeProof, type MadeProof } from './made-proof.ts';
import { type OpenServer, type ProofServer, startProofServer } from './proof-server.ts';
import type { TimedPlays } from './proof-worker.ts';
import { proveSeed, wrongOf } from './prove-seed.ts';

/**
 * Proves labs through real clients. Each waits most of its time for an answer, so several labs are played at once; those
 * in which somebody watches for a while put the clock of their server forward, so they have one of their own and take turns.
 */
export async function bySockets(labs: readonly Lab[], seeds: number, openServer: OpenServer): Promise<MadeProof[]> {
  if (seeds === 0) return [];
  const watched = labs.filter(isWatched);
  const others = labs.filter((lab) => !watched.includes(lab));
  const proofs = await Promise.all([
    onServer(openServer, watched, async (server) => {
      const own: MadeProof[] = [];
      for (const lab of watched) own.push(await proveOn(server, lab, seeds));
      return own;
    }),
    onServer(openServer, others, (server) => Promise.all(others.map((lab) => proveOn(server, lab, seeds)))),
  ]);
  return proofs.flat();
}

/** Whether a subscription is kept for a while on any way through the lab. */
const isWatched = ({ solution, wrong }: Lab): boolean => JSON.stringify([solution, wrong]).includes('"subscribe":');

async function onServer(
  openServer: OpenServer,
  labs: readonly Lab[],
  prove: (server: ProofServer) => Promise<MadeProof[]>,
): Promise<MadeProof[]> {
  if (labs.length === 0) return [];
  const server = await startProofServer(openServer);
  try {
    return await prove(server);
  } finally {
    await server.close();
  }
}

async function proveOn(server: ProofServer, lab: Lab, seeds: number): Promise<MadeProof> {
  // A proof without sockets loads no clients.
  const { overWire } = await import('./over-wire.ts');
  // Players who come at the same time do not share the keys of one client.
  const newSeat = overWire({ ...server, folder: await mkdtemp(join(server.folder, 'client-')) }, lab.id);
  const all: TimedPlays[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const startedMs = Date.now();
    const plays = await proveSeed(lab, newSeat, seed, wrongOf(lab, seed, seeds));
    all.push({ plays, seconds: (Date.now() - startedMs) / 1000 });
  }
  return madeProof(lab, all, 'sockets');
}
