import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { AppError } from '#server/errors.ts';
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

/** What went wrong with a seed; with a hint, the author of the lab can do something about it. */
export interface SeedFailure {
  readonly failed: string;
  readonly hint?: string;
}

const failureOf = (error: unknown): SeedFailure =>
  error instanceof AppError
    ? { failed: error.message, hint: error.hint }
    : { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };

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
    (error: unknown) => parentPort?.postMessage(failureOf(error)),
  );
});
