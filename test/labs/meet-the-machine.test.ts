import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import { loadLab } from '#server/labs/load.ts';
import { overWire } from '#server/labs/prove/over-wire.ts';
import { type ProofServer, startProofServer } from '#server/labs/prove/proof-server.ts';
import { proveLab } from '#server/labs/prove/prove-lab.ts';
import { shortCuts } from '#server/labs/prove/short-cuts.ts';
import { openServer } from '#server/main.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const definitions = new Definitions(cellsFolder);
const models = (base: string, set: Readonly<Record<string, unknown>>) => definitions.patched(base, set).model;
const catalogue = () => catalogueOf(models('pump-line', {}));
const lab = loadLab(join(cellsFolder, '../iiot/meet-the-machine'), 'iiot', catalogue).lab!;

test('on lines without sockets the solution scores full, nothing scores 0, each wrong attempt loses what it names', async () => {
  const proof = await proveLab(lab, shortCuts(lab, { models, catalogue }), { seeds: 3, wrong: 'every seed' });
  expect(proof).toMatchObject({ outOf: 21, honest: { right: 3, of: 3 }, nothing: 0, problems: [] });
  expect(proof.wrong.map(({ right }) => right.right)).toEqual(lab.wrong.map(() => 3));
});

let server: ProofServer;
beforeAll(async () => void (server = await startProofServer(openServer)));
afterAll(() => server.close());

test('so it is through real clients, with a minute of wall time that nobody waits for', async () => {
  const hardest = [
    'everything',
    'one-too-few',
    'unencrypted',
    'default-interval',
    'hash',
    'wrong-reason',
    'radius-for-diameter',
  ];
  const some = { ...lab, wrong: lab.wrong.filter(({ id }) => hardest.includes(id)) };
  expect(some.wrong).toHaveLength(hardest.length);
  const proof = await proveLab(some, overWire(server), { seeds: 1, wrong: 'once' });
  expect(proof).toMatchObject({ honest: { right: 1, of: 1 }, nothing: 0, problems: [] });
  expect(proof.wrong.map(({ right }) => right.right)).toEqual(hardest.map(() => 1));
}, 180_000);

test('a query over HTTP is evidence of a reading', async () => {
  const whole = loadLab(join(cellsFolder, '../iiot/first-steps'), 'iiot', catalogue).lab!;
  const query = "SELECT max(value) AS most FROM signals WHERE path = 'ST03.Spindle.Load'";
  const clock = [whole.solution.clock[0], { sql: { as: 'rows', query } }, { let: { most: 'rows[0].most' } }];
  const lab = { ...whole, solution: { ...whole.solution, clock }, wrong: [] };
  expect(await proveLab(lab, overWire(server), { seeds: 1, wrong: 'once' })).toMatchObject({ problems: [] });
}, 60_000);
