import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Lab } from '#server/labs/lab.ts';
import { playWays } from '#server/labs/prove/play-ways.ts';
import { playOnAllCores } from '#server/labs/prove/proof-pool.ts';
import { proveSeed } from '#server/labs/prove/prove-seed.ts';
import { failuresLeft } from '#server/labs/prove/share.ts';
import { shortCuts } from '#server/labs/prove/short-cuts.ts';
import { deedsOf } from '#server/labs/prove/solve.ts';
import { labShelf } from '#server/labs/shelf.ts';
import { cellsFolder, temporaryFolder } from '#test/support/host-for-test.ts';
import { copyLabs } from '#test/support/lab-copies.ts';

const shelf = labShelf(join(cellsFolder, '..'));
const labOf = (id: string) => shelf.read().labs.get(id)!;

/** Plays from their beginning cost so much more that one hidden line for each check must do. */
const withOneHiddenLine = (lab: Lab): Lab => ({
  ...lab,
  steps: lab.steps.map((step) => ({
    ...step,
    checks: step.checks.map((check) =>
      check.source === 'rule' ? { ...check, hidden: { ...check.hidden, seeds: 1, atLeast: 1 } } : check,
    ),
  })),
});

describe('what plays have in common is lived once', () => {
  test.each([
    ['energy/base-load', 'slept-in'],
    ['quality/spc-shift', 'other-cause'],
    ['maintenance/bearing-alarm', 'half-an-hour-of-trend'],
  ])('and comes to the same in %s as each play from its beginning', async (id, other) => {
    const lab = withOneHiddenLine(labOf(id));
    const wrong = lab.wrong.find((one) => one.id === other)!;
    const ways = [
      { id: 'solution', deeds: deedsOf(lab), isKept: true },
      { id: 'wrong', deeds: deedsOf(lab, wrong), isKept: true },
    ];
    const shared = await playWays(lab, shortCuts(lab, shelf), 5, ways);
    const alone = await playWays(lab, shortCuts(lab, { ...shelf, isSlow: true }), 5, ways);
    for (const { id: way } of ways) {
      const [fast, slow] = [shared.get(way)!, alone.get(way)!];
      expect({ ...fast, handedIn: undefined }).toEqual({ ...slow, handedIn: undefined });
      expect(fast.handedIn!.answers).toEqual(slow.handedIn!.answers);
      // What was worked out for another play already need not be asked again: all that was asked has the same answer.
      for (const [step, { kept, ...facts }] of Object.entries(fast.handedIn!.facts))
        expect(slow.handedIn!.facts[step]).toMatchObject({ ...facts, kept });
    }
  });
});

test('threads prove seed after seed, and come to what is found here', async () => {
  const folder = join(cellsFolder, '..');
  const orders = [1, 2, 3].map((seed) => ({ folder, lab: 'iiot/first-steps', seed }));
  const found = await playOnAllCores(orders, 1);
  expect(found.map(({ plays }) => [plays.seed, plays.solution.points])).toEqual(orders.map(({ seed }) => [seed, 4]));
  const lab = labOf('iiot/first-steps');
  expect(found[2].plays).toEqual(await proveSeed(lab, shortCuts(lab, shelf), 3));
});

test('an action that cannot be done is told with lab, seed, step and what to do, not as a bug', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const [lab, place] = ['iiot/first-steps', join(folder.path, 'iiot/first-steps')];
  cpSync(cellsFolder, join(folder.path, 'cells'), { recursive: true });
  copyLabs(join(cellsFolder, '..', lab), place);
  const yaml = readFileSync(join(place, 'lab.yaml'), 'utf8');
  writeFileSync(join(place, 'lab.yaml'), yaml.replace('station: $found.0', 'station: $found.7'));
  await expect(playOnAllCores([{ folder: folder.path, lab, seed: 3 }], 1)).rejects.toMatchObject({
    name: 'AppError',
    message: `${lab}, seed 3: in step "line", {"answer":{"station":"$found.7"}}: Nothing was seen as "$found.7" before.`,
    hint: expect.stringContaining('in lab.yaml') as string,
  });
});

test('a query is a reading of history like any other', async () => {
  const whole = labOf('iiot/first-steps');
  const query = "SELECT max(value) AS most FROM signals WHERE path = 'ST03.Spindle.Load'";
  const asked = [whole.solution.clock[0], { sql: { as: 'rows', query } }, { let: { most: 'rows[0].most' } }];
  const lab = { ...whole, solution: { ...whole.solution, clock: asked } };
  const { solution } = await proveSeed(lab, shortCuts(lab, shelf), 1, []);
  expect(solution.points).toBe(4);
  // Another signal is not the one that was asked for.
  const other = { sql: { as: 'rows', query: query.replace('Spindle.Load', 'Spindle.Speed') } };
  const wrong = { ...whole, solution: { ...whole.solution, clock: [whole.solution.clock[0], other] } };
  expect((await proveSeed(wrong, shortCuts(wrong, shelf), 1, [])).solution.passed).not.toContain('clock.looked');
});

test('what so many seeds leave possible is exact', () => {
  expect(failuresLeft({ right: 20, of: 20 })).toBeCloseTo(0.139, 3);
  expect(failuresLeft({ right: 300, of: 300 })).toBeCloseTo(0.00994, 4);
  // One failure in 300: the chance of at most one is then 5 %.
  const p = failuresLeft({ right: 299, of: 300 });
  expect((1 - p) ** 300 + 300 * p * (1 - p) ** 299).toBeCloseTo(0.05, 6);
  expect(failuresLeft({ right: 0, of: 0 })).toBe(1);
});
