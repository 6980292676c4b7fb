import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Attempts, createAttempts } from '#server/labs/attempts.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import type { Lab } from '#server/labs/lab.ts';
import { loadLabs, readLab } from '#server/labs/load.ts';
import { regradeAll } from '#server/labs/regrade-all.ts';
import { showRegrade, summary } from '#server/labs/regrade-command.ts';
import { reliveOn } from '#server/labs/relive-judgement.ts';
import { AttemptsTable } from '#server/store/attempts-table.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import { cellsFolder, type HostForTest, hostForTest, temporaryFolder } from '#test/support/host-for-test.ts';
import { unpublished } from '#test/support/lab-copies.ts';

const by = { actor: 'p-regrade', via: 'http' } as const;
const LAB = 'iiot/first-steps';
const folder = temporaryFolder();
let line: HostForTest;
let store: AttemptsTable;
let attempts: Attempts;
let lab: Lab;
let attempt: string;
let cell: string;

/** The lab as it would be after an erratum. */
function corrected(from: string, to: string): Lab {
  const text = lab.files['lab.yaml'];
  expect(text).toContain(from);
  const files = { ...unpublished(lab.files), 'lab.yaml': text.replace(from, to) };
  const catalogue = catalogueOf(line.definitions.patched('pump-line').model);
  const read = readLab(LAB, files, 'iiot', () => catalogue);
  expect(read.problems).toEqual([]);
  return read.lab!;
}
const regrade = (now: Lab, isApplied = false) =>
  regradeAll(store, new Map([[LAB, now]]), {
    ...{ isApplied, lab: undefined },
    relive: reliveOn(line.store, (hash, json) => line.definitions.model(hash, json)),
  });
const pointsNow = async () => (await attempts.view('p-regrade', attempt, 'en')).points;

beforeAll(async () => {
  line = await hostForTest(folder.path);
  const catalogue = catalogueOf(line.definitions.patched('pump-line').model);
  const library = loadLabs(join(cellsFolder, '..'), (base) => (base === 'pump-line' ? catalogue : undefined));
  lab = library.labs.get(LAB)!;
  store = new AttemptsTable(line.store);
  await line.participants.add('p-regrade', line.wall.now());
  const secret = Buffer.from('the secret of this test');
  attempts = createAttempts({
    ...{ store, host: line.host, library, secret, now: line.wall.now },
    catalogue: () => catalogue,
  });
});
afterAll(async () => {
  await line.close();
  folder.remove();
});

/** A part has yet to leave the line, so the first check fails or waits; the mill has done some by then. */
beforeEach(async () => {
  await line.store.db.deleteFrom('verdicts').execute();
  await line.store.db.deleteFrom('progress').execute();
  ({ id: attempt, cell } = await attempts.start('p-regrade', LAB, 'en'));
  await line.host.command(cell, { id: 'h1', target: 'ST03.Hold' }, by);
  await attempts.check('p-regrade', attempt, 'clock', 'en');
});

const EVENT = '{ id: passed, event: Line.PartLeft, after: Mon 06:00, points: 1 }';
const NEVER_ASKED = '{ id: passed, event: ST03.PartDone, before: Mon 05:50, points: 1 }';

test('the same judge on the same engine comes to the same, and it is said that the line was lived again', async () => {
  const all = await regrade(lab);
  expect(all).toEqual([{ attempt, lab: LAB, step: 'clock', from: 'replay', differences: [] }]);
  expect(all.flatMap(showRegrade)).toEqual([]);
  expect(summary(all)).toBe('1 judgements: 1 by replay, 0 by stored facts; 0 would change');
});

test('what was never asked can be asked of the line that is lived again; it is shown first, and then raises', async () => {
  const erratum = corrected(EVENT, NEVER_ASKED);
  const shown = await regrade(erratum);
  expect(shown).toMatchObject([{ from: 'replay', differences: [{ check: 'passed', before: 0, after: 1 }] }]);
  expect(shown.flatMap(showRegrade)).toEqual([`${attempt} ${LAB} clock: passed 0 -> 1 points (by replay)`]);
  expect(await pointsNow()).toBe(0);
  await regrade(erratum, true);
  expect(await pointsNow()).toBe(1);
  // And nobody loses it again when the erratum is withdrawn.
  const withdrawn = await regrade(lab, true);
  expect(withdrawn).toMatchObject([{ differences: [{ check: 'passed', before: 1, after: 0 }] }]);
  expect(await pointsNow()).toBe(1);
});

test('points that a teacher gave stay above whatever is judged again', async () => {
  const mark = { kind: 'check', step: 'clock', item: 'passed', by: 'p-regrade', atMs: line.wall.now() } as const;
  await store.addMark(attempt, { ...mark, points: 0.5, reason: 'Half of it was seen.' });
  const erratum = corrected(EVENT, NEVER_ASKED);
  const shown = (await regrade(erratum, true)).flatMap(showRegrade);
  expect(shown).toEqual([`${attempt} ${LAB} clock: passed 0 -> 1 points, below 0.5 that a teacher gave (by replay)`]);
  expect(await pointsNow()).toBe(0.5);
  await store.addMark(attempt, { ...mark, points: null, reason: 'The erratum says it.' });
  expect(await pointsNow()).toBe(1);
});

test('on another engine the stored facts are used, which is said, and what they do not hold changes nothing', async () => {
  await line.store.db
    .updateTable('verdicts')
    .set({ model_version: MODEL_VERSION - 1 })
    .execute();
  const why = `the engine was ${MODEL_VERSION - 1} and is ${MODEL_VERSION} now`;
  expect(await regrade(lab)).toMatchObject([{ from: 'stored facts', why, differences: [] }]);
  const all = await regrade(corrected(EVENT, NEVER_ASKED), true);
  expect(all).toMatchObject([{ from: 'stored facts', missing: 'events', differences: [] }]);
  expect(all.flatMap(showRegrade)[0]).toContain(`nothing is stored of "events" (by stored facts, as ${why})`);
  expect(await pointsNow()).toBe(0);
});

test('a line that has begun anew is not lived again', async () => {
  line.wall.forward(1000);
  await attempts.resetLine(cell, by);
  expect(await regrade(lab)).toMatchObject([{ from: 'stored facts', why: 'the line has begun anew since' }]);
});

test('a life that answers otherwise than the one that was judged is not taken for it', async () => {
  const { facts } = await line.store.db.selectFrom('verdicts').select('facts').executeTakeFirstOrThrow();
  const stored = JSON.parse(facts) as { kept: Record<string, unknown> };
  const [question] = Object.keys(stored.kept);
  stored.kept[question] = [123456];
  await line.store.db
    .updateTable('verdicts')
    .set({ facts: JSON.stringify(stored) })
    .execute();
  expect(await regrade(lab)).toMatchObject([
    { from: 'stored facts', why: `the line lived again answers "${question}" otherwise` },
  ]);
});
