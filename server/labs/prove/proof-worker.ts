import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { labShelf } from '../shelf.ts';
import { proveSeed, type SeedPlays } from './prove-seed.ts';
import { shortCuts } from './short-cuts.ts';

/** What came of a seed, and the seconds that it took by the wall. */
export interface TimedPlays {
  readonly plays: SeedPlays;
  readonly seconds: number;
}

/** One seed of one lab, all ways through it. */
export interface SeedOrder {
  /** Folder of the labs. */
  readonly folder: string;
  readonly lab: string;
  readonly seed: number;
}

const shelves = new Map<string, ReturnType<typeof labShelf>>();

async function prove({ folder, lab: id, seed }: SeedOrder): Promise<SeedPlays> {
  const place = join(folder, id);
  const shelf = shelves.get(place) ?? labShelf(folder, place);
  shelves.set(place, shelf);
  const lab = shelf.read().labs.get(id);
  if (!lab) throw new Error(`The lab "${id}" in ${folder} has errors: see "labs lint".`);
  return proveSeed(lab, shortCuts(lab, shelf), seed);
}

parentPort?.on('message', (order: SeedOrder) => {
  const startedMs = performance.now();
  prove(order).then(
    (plays) => parentPort?.postMessage({ plays, seconds: (performance.now() - startedMs) / 1000 }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.stack : String(error) }),
  );
});
