import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import type { WhatIfOrder } from '#server/jobs/job.ts';
import type { AppError } from '#server/errors.ts';
import { WorkerPool } from '#server/jobs/worker-pool.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { runForks, type Variant } from '#simulator/cell/what-if.ts';
import { minutes } from '#simulator/kernel/time.ts';

const { hash, json, model } = new Definitions(fileURLToPath(new URL('../../labs/cells', import.meta.url))).patched(
  'pump-line',
);
const NOW = minutes(70);
const cell = createCell(model, { seed: 5n });
cell.runUntil(NOW);
const life = {
  ...{ definition: hash, seed: '0000000000000005', scenario: [], log: [], nowUs: NOW },
  checkpoint: cell.checkpoint(),
};

const asItIs: Variant = { name: 'As it is', changes: [] };
const ask = (count: number, hours: number, variants: readonly Variant[] = [asItIs]): WhatIfOrder => ({
  ...{ variants, hours, commonNumbers: true, luck: [4, 5] },
  range: { first: 0, count },
});
const slower: Variant = { name: 'Slower', changes: [{ target: 'ST02.Belt.Speed', value: 0.2 }] };
const wrong: Variant = { name: 'Wrong', changes: [{ target: 'ST02.Belt.Speed', value: -1 }] };
const history = { signals: ['Line.Throughput'], fromUs: NOW - minutes(1), toUs: NOW };

let pool: WorkerPool;
/** How often a worker had to be sent the definition: once for each that had work. */
let sent = 0;
function open(workers: number): WorkerPool {
  sent = 0;
  const definition = async () => {
    sent += 1;
    return json;
  };
  return (pool = new WorkerPool({ workers, definition }));
}
afterEach(() => pool.close());

test.each([1, 2, 3])('%i workers come to what one thread comes to, and all of them help', async (workers) => {
  const request = ask(7, 1, [asItIs, slower]);
  const { range, ...whatIf } = request;
  const output = await open(workers).run('ann', 'whatIf', { life, request });
  expect(output).toEqual(runForks(cell, whatIf, range));
  expect(sent).toBe(workers);
});

test('whoever else waits has a turn between two pieces, also if there is one worker only', async () => {
  open(1);
  await pool.run('ann', 'history', { life, request: history });
  const done: string[] = [];
  const say = (name: string) => () => void done.push(name);
  await Promise.all([
    pool.run('ann', 'whatIf', { life, request: ask(60, 12) }).then(say('what-if of Ann')),
    pool.run('ann', 'history', { life, request: history }).then(say('history of Ann')),
    pool.run('bob', 'history', { life, request: history }).then(say('history of Bob')),
  ]);
  expect(done.indexOf('history of Bob')).toBeLessThan(done.indexOf('what-if of Ann'));
});

test('a participant has one job running, however many workers are idle', async () => {
  open(3);
  const done: string[] = [];
  const first = pool.run('ann', 'whatIf', { life, request: ask(3, 4) }).then(() => void done.push('what-if'));
  const second = pool.run('ann', 'history', { life, request: history }).then(() => void done.push('history'));
  await Promise.all([first, second]);
  expect(done).toEqual(['what-if', 'history']);
});

test('what is refused ends the whole job, and the workers go on with others', async () => {
  open(2);
  const refused = pool.run('ann', 'whatIf', { life, request: ask(64, 24, [asItIs, wrong]) });
  await expect(refused).rejects.toMatchObject({ code: 'out_of_range', status: 400 });
  const output = await pool.run('ann', 'whatIf', { life, request: ask(2, 1) });
  expect(output.figures[0]).toHaveLength(2);
});

test('a what-if counts as one of the requests that a participant may have waiting', async () => {
  pool = new WorkerPool({ workers: 1, waiting: 2, definition: async () => json });
  const many = ask(64, 12);
  const asked = [many, many, many].map((request) => pool.run('ann', 'whatIf', { life, request }));
  const answers = Promise.allSettled(asked);
  await expect(asked[2]).rejects.toMatchObject({ status: 429 });
  await pool.close();
  expect((await answers).map((one) => one.status === 'rejected' && (one.reason as AppError).code)).toEqual([
    ...['stopping', 'stopping', 'too_many_requests'],
  ]);
});
