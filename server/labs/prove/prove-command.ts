import { availableParallelism } from 'node:os';
import { type GivenArguments, UsageError } from '#server/command-line.ts';
import { print } from '#server/print.ts';
import { showWithCaret } from '../problem.ts';
import type { Lab } from '../lab.ts';
import type { LabShelf } from '../shelf.ts';
import { playOnAllCores } from './proof-pool.ts';
import type { TimedPlays } from './proof-worker.ts';
import { type OpenServer, startProofServer } from './proof-server.ts';
import { type Proof, proofOf } from './prove-lab.ts';
import { proveSeed, wrongOf } from './prove-seed.ts';
import { showProofs } from './show-proof.ts';

/** A proof, how it was made, and the seconds of work in its plays, by the wall of their threads. */
export interface MadeProof extends Proof {
  readonly how: 'commands' | 'sockets';
  readonly seconds: number;
}

/**
 * `verkstad labs prove`: `--seeds` lines of each lab without sockets, on all cores, and meanwhile `--wire` lines through
 * real clients against one server. Prints what was found; the exit code says whether all is proven.
 */
export async function proveLabs(
  shelf: LabShelf,
  folder: string,
  given: GivenArguments,
  openServer: OpenServer,
): Promise<void> {
  const { labs, problems } = shelf.read();
  const broken = problems.filter(({ severity }) => severity === 'error');
  for (const problem of broken) console.error(showWithCaret(problem));
  const wanted = wantedOf(labs, given.words[1]);
  const seeds = countOf(given, 'seeds', 20);
  const wire = countOf(given, 'wire', 3);
  const threads = given.count('threads', availableParallelism());
  const startedMs = Date.now();
  const proofs = (
    await Promise.all([byCommands(wanted, folder, seeds, threads), bySockets(wanted, wire, openServer)])
  ).flat();
  const { user, system } = process.cpuUsage();
  const took = { wallS: (Date.now() - startedMs) / 1000, cpuS: (user + system) / 1e6 };
  const isProven = broken.length === 0 && proofs.every((proof) => proof.problems.length === 0);
  if (given.flag('json')) print(JSON.stringify({ proofs, took, isProven }));
  else print(showProofs(proofs, took));
  if (!isProven) process.exitCode = 1;
}

function wantedOf(labs: ReadonlyMap<string, Lab>, id: string | undefined): Lab[] {
  const wanted = [...labs.values()].filter((lab) => id === undefined || lab.id === id);
  if (wanted.length > 0) return wanted;
  throw new UsageError(
    `There is no lab ${id === undefined ? '' : `"${id}" `}without errors. Known are ${[...labs.keys()].join(', ')}.`,
  );
}

/** A whole number; 0 leaves that part of the proof out. */
const countOf = (given: GivenArguments, name: string, fallback: number): number =>
  given.text(name) === '0' ? 0 : given.count(name, fallback);

async function byCommands(labs: readonly Lab[], folder: string, seeds: number, threads: number): Promise<MadeProof[]> {
  const orders = labs.flatMap(({ id }) => Array.from({ length: seeds }, (_, k) => ({ folder, lab: id, seed: k + 1 })));
  if (seeds === 0) return [];
  const proofs: MadeProof[] = [];
  await playOnAllCores(orders, threads, (all) => {
    for (const [k, lab] of labs.entries()) {
      const own = Object.values(all.slice(k * seeds, (k + 1) * seeds));
      if (proofs[k] === undefined && own.length === seeds) tell((proofs[k] = made(lab, own, 'commands')));
    }
  });
  return proofs;
}

/** One line as soon as it is known: the whole takes minutes. */
const tell = ({ lab, how, honest: { right, of }, seconds, problems }: MadeProof): void =>
  console.error(`${lab} by ${how}: ${right} of ${of} full, ${problems.length} problems, ${seconds.toFixed(0)} s`);

async function bySockets(labs: readonly Lab[], seeds: number, openServer: OpenServer): Promise<MadeProof[]> {
  if (seeds === 0) return [];
  const server = await startProofServer(openServer);
  // Its library talks to standard output unless the server's log has been loaded before it.
  const { overWire } = await import('./over-wire.ts');
  try {
    const proofs: MadeProof[] = [];
    for (const lab of labs) {
      const own: TimedPlays[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const startedMs = Date.now();
        const plays = await proveSeed(lab, overWire(server), seed, wrongOf(lab, seed, seeds));
        own.push({ plays, seconds: (Date.now() - startedMs) / 1000 });
      }
      const proof = made(lab, own, 'sockets');
      tell(proof);
      proofs.push(proof);
    }
    return proofs;
  } finally {
    await server.close();
  }
}

const made = (lab: Lab, all: readonly TimedPlays[], how: MadeProof['how']): MadeProof => ({
  ...proofOf(
    lab,
    all.map(({ plays }) => plays),
  ),
  how,
  seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
});
