import { availableParallelism } from 'node:os';
import { type GivenArguments, UsageError } from '#server/command-line.ts';
import { print } from '#server/print.ts';
import { showWithCaret } from '../problem.ts';
import type { Lab } from '../lab.ts';
import type { LabShelf } from '../shelf.ts';
import { bySockets } from './by-sockets.ts';
import { madeProof, type MadeProof } from './made-proof.ts';
import { playOnAllCores } from './proof-pool.ts';
import type { OpenServer } from './proof-server.ts';
import { showProofs } from './show-proof.ts';

/**
 * `verkstad labs prove`: `--seeds` lines of each lab without sockets, on all cores, and meanwhile `--wire` lines through
 * real clients against servers of its own. Prints what was found; the exit code says whether all is proven.
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

/** Those that take people long take threads long: they come first, so that at the end no thread waits long for another. */
async function byCommands(all: readonly Lab[], folder: string, seeds: number, threads: number): Promise<MadeProof[]> {
  if (seeds === 0) return [];
  const labs = all.toSorted((a, b) => b.minutes - a.minutes);
  const orders = labs.flatMap(({ id }) => Array.from({ length: seeds }, (_, k) => ({ folder, lab: id, seed: k + 1 })));
  const proofs: MadeProof[] = [];
  await playOnAllCores(orders, threads, (played) => {
    for (const [k, lab] of labs.entries()) {
      const own = Object.values(played.slice(k * seeds, (k + 1) * seeds));
      if (proofs[k] === undefined && own.length === seeds) proofs[k] = madeProof(lab, own, 'commands');
    }
  });
  return proofs;
}
