import { afterEach, expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import type { Life } from '#server/jobs/job.ts';
import { WorkerPool } from '#server/jobs/worker-pool.ts';
import type { Check } from '#server/labs/judge/check.ts';
import type { JudgeOrder } from '#server/labs/judge/judge-order.ts';
import { minutes } from '#simulator/kernel/time.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const { json } = new Definitions(cellsFolder).patched('pump-line');
/** Each line goes by a definition of its own name, so that it is seen which worker is sent it. */
const lineOf = (name: string, minute = 10): Life => ({
  ...{ definition: name, seed: '0000000000000005', scenario: [], log: [], checkpoint: undefined },
  nowUs: minutes(minute),
});
const power: Check = {
  ...{ id: 'power', points: 1, needs: [], source: 'value', unit: 'kW', above: { value: 1 } },
  expression: 'mean(ST12.Meter.Main.Power, early)',
};
const order: JudgeOrder = {
  step: { id: 'step', asks: [], checks: [power] },
  basis: { nowMs: 0, anchorMs: 0, evidence: [], drawn: {}, answers: {} },
  ...{ names: { windows: { early: { from: 60, to: 300 } }, derive: {} }, asks: {}, passed: [], openUs: 0, seeds: {} },
};

let pool: WorkerPool;
/** Definitions in the order in which workers had to be sent them. */
let sent: string[] = [];
function open(workers: number): void {
  sent = [];
  pool = new WorkerPool({
    workers,
    definition: async (hash) => {
      sent.push(hash);
      return json;
    },
  });
}
afterEach(() => pool.close());
const judge = (who: string, line: Life) => pool.run(who, 'judge', { life: line, order });

test('a line is judged by the worker that has judged it before, and new ones go to the worker with the fewest', async () => {
  open(2);
  // Both workers are there.
  await Promise.all([judge('ann', lineOf('first')), judge('bo', lineOf('second'))]);
  await judge('ann', lineOf('third'));
  await judge('bo', lineOf('fourth'));
  sent = [];
  await Promise.all([judge('bo', lineOf('fourth', 11)), judge('ann', lineOf('third', 11))]);
  await Promise.all([judge('ann', lineOf('first', 11)), judge('bo', lineOf('second', 11))]);
  expect(sent).toEqual([]);
});

test('a rehearsal waits for nobody and nobody for it, and a check after it comes to the same', async () => {
  open(1);
  const checked = judge('ann', lineOf('plain'));
  expect(await pool.run('rehearsal', 'rehearse', { life: lineOf('busy'), order })).toBeNull();
  expect(sent).toEqual(['plain']);
  await checked;
  expect(await pool.run('rehearsal', 'rehearse', { life: lineOf('idle'), order })).toBeNull();
  expect(sent).toEqual(['plain', 'idle']);
  expect(await judge('ann', lineOf('idle', 11))).toEqual(await judge('ann', lineOf('plain', 11)));
});

test('a check that comes while its line is being rehearsed waits for that, and begins nothing anew elsewhere', async () => {
  open(2);
  const rehearsed = pool.run('rehearsal', 'rehearse', { life: lineOf('same'), order });
  const checked = judge('ann', lineOf('same', 11));
  const other = judge('bo', lineOf('other'));
  await Promise.all([rehearsed, checked, other]);
  expect(sent.toSorted()).toEqual(['other', 'same']);
});

test('a worker that is full of lines takes no other one in for a rehearsal, and the one that it knows it does', async () => {
  open(1);
  const names = Array.from({ length: 16 }, (_, k) => `line ${k}`);
  for (const name of names) await judge('ann', lineOf(name, 5));
  await pool.run('rehearsal', 'rehearse', { life: lineOf('another', 5), order });
  await pool.run('rehearsal', 'rehearse', { life: lineOf('line 0', 6), order });
  expect(sent).toEqual(names);
});

test('a worker is sent a definition again that it has had to forget', async () => {
  open(1);
  const names = Array.from({ length: 17 }, (_, k) => `line ${k}`);
  for (const name of names) await judge('ann', lineOf(name, 5));
  await judge('ann', lineOf('line 0', 6));
  expect(sent).toEqual([...names, 'line 0']);
});
