import { Worker } from 'node:worker_threads';
import { AppError } from '#server/errors.ts';
import { workerFile } from '#server/jobs/worker-file.ts';
import type { SeedFailure, SeedOrder, TimedPlays } from './proof-worker.ts';

type Answer = TimedPlays | SeedFailure;

/**
 * Plays seeds on all cores, each in one thread; the first thing that goes wrong ends it. `played` sees what has come so
 * far, with holes.
 *
 * @throws AppError where the author of the lab can do something about it
 */
export async function playOnAllCores(
  orders: readonly SeedOrder[],
  threads: number,
  played: (all: readonly TimedPlays[]) => void = () => {},
): Promise<TimedPlays[]> {
  const left = [...orders.keys()];
  const plays: TimedPlays[] = [];
  const workers = Array.from(
    { length: Math.min(threads, orders.length) },
    () =>
      new Worker(workerFile(import.meta.url, 'proof-worker'), {
        resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 96 },
      }),
  );
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let k = left.shift(); k !== undefined; k = left.shift()) {
          plays[k] = await ask(worker, orders[k]);
          played(plays);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return plays;
}

function failureOf({ lab, seed }: SeedOrder, { failed, hint }: SeedFailure): Error {
  if (hint !== undefined) return new AppError('cannot_be_proven', failed, hint);
  return new Error(`${lab}, seed ${seed}: ${failed}`);
}

function ask(worker: Worker, order: SeedOrder): Promise<TimedPlays> {
  const { lab, seed } = order;
  return new Promise((resolve, reject) => {
    const leave = () => worker.off('message', answered).off('error', failed).off('exit', ended);
    const failed = (error: Error) => {
      leave();
      reject(error);
    };
    const ended = () => failed(new Error(`A worker ended at ${lab}, seed ${seed}.`));
    const answered = (answer: Answer) => {
      if ('failed' in answer) {
        failed(failureOf(order, answer));
        return;
      }
      leave();
      resolve(answer);
    };
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(order);
  });
}
