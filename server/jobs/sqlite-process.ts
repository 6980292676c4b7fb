import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { AppError } from '#server/errors.ts';
import type { SqliteAnswer, SqliteOrder } from './sqlite-order.ts';

/** To start, to fill the tables, and to answer, beside the seconds of the query itself. */
const AROUND_MS = 6_000;
const LONGEST_ANSWER = 64 * 1024 * 1024;

/** Answers a query in a process of its own, which is ended when it takes too long. Blocks: for worker threads only. */
export function askSqlite(order: SqliteOrder): SqliteAnswer {
  const script = ['--max-old-space-size=192', '--no-warnings', ...scriptOf(import.meta.url)];
  const { status, signal, stdout, error } = spawnSync(process.execPath, script, {
    ...{ input: serialize(order), timeout: order.seconds * 1000 + AROUND_MS, killSignal: 'SIGKILL' },
    ...{ env: {}, maxBuffer: LONGEST_ANSWER, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true },
  });
  if (status === 0) return deserialize(stdout) as SqliteAnswer;
  if (signal === 'SIGKILL' || (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
    const hint = 'Ask for less: a shorter window, a LIMIT in the recursion, a condition for each join.';
    throw new AppError('took_too_long', `The query took longer than ${order.seconds} s and was ended.`, hint, 413);
  }
  if (signal !== null) {
    throw new AppError(
      'too_much',
      'The query took too much memory.',
      'Ask for less: a shorter window, fewer signals.',
      413,
    );
  }
  throw new Error(`The process of SQLite ended with ${status ?? String(error)}.`);
}

/** Beside the sources, or in the bundle, whose chunks lie one folder deeper. */
function scriptOf(here: string): string[] {
  if (here.endsWith('.ts')) return ['--import', 'tsx/esm', fileURLToPath(new URL('./sqlite-worker.ts', here))];
  const places = ['./sqlite-worker.js', '../sqlite-worker.js'].map((place) => fileURLToPath(new URL(place, here)));
  return places.filter((place) => existsSync(place)).slice(0, 1);
}
