import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { overWire } from '#server/labs/prove/over-wire.ts';
import type { MadeProof } from '#server/labs/prove/made-proof.ts';
import { type ProofServer, startProofServer } from '#server/labs/prove/proof-server.ts';
import { proveLab } from '#server/labs/prove/prove-lab.ts';
import { labShelf } from '#server/labs/shelf.ts';
import { openServer } from '#server/main.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const { labs } = labShelf(join(cellsFolder, '..')).read();

/** 300 and 20 are `npm run proof:labs`. */
test('every lab is proven in 20 of its lines, and in one through real clients', { timeout: 400_000 }, async () => {
  const command = ['server/bin.mjs', 'labs', 'prove', '--seeds', '20', '--wire', '1', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1e8 });
  const { proofs, isProven } = JSON.parse(stdout) as { proofs: MadeProof[]; isProven: boolean };
  const wanted = [...labs.keys()];
  expect(proofs.map(({ lab, how }) => `${lab} by ${how}`).sort()).toEqual(
    wanted.flatMap((id) => [`${id} by commands`, `${id} by sockets`]).sort(),
  );
  for (const { lab, how, honest, nothing, wrong, problems } of proofs) {
    const seeds = how === 'commands' ? 20 : 1;
    expect({ lab, how, honest, nothing, problems }).toEqual({
      ...{ lab, how, honest: { right: seeds, of: seeds }, nothing: 0, problems: [] },
    });
    expect(wrong.map(({ id }) => id)).toEqual(labs.get(lab)!.wrong.map(({ id }) => id));
    for (const { right } of wrong) expect(right.right).toBe(right.of);
  }
  expect(isProven).toBe(true);
});

test('a query over HTTP is evidence of a reading', async () => {
  const server = await startProofServer(openServer);
  onTestFinished(() => server.close());
  const whole = labs.get('iiot/first-steps')!;
  const query = "SELECT max(value) AS most FROM signals WHERE path = 'ST03.Spindle.Load'";
  const clock = [whole.solution.clock[0], { sql: { as: 'rows', query } }, { let: { most: 'rows[0].most' } }];
  const lab = { ...whole, solution: { ...whole.solution, clock }, wrong: [] };
  expect(await proveLab(lab, overWire(server, lab.id), { seeds: 1, wrong: 'once' })).toMatchObject({ problems: [] });
});

test('what players meet through real clients follows from lab, seed and order, so that a proof can be repeated', async () => {
  const id = 'iiot/meet-the-machine';
  const meet = async (server: ProofServer, seeds: readonly number[]) => {
    const newSeat = overWire(server, id);
    const met: unknown[] = [];
    for (const seed of seeds) {
      const seat = await newSeat(seed);
      const { steps } = await seat.player.start(id);
      const columns = await seat.player.history(['ST03.Spindle.Temperature'], { fromUs: 0, toUs: 600e6 });
      met.push([steps, columns]);
      await seat.close();
    }
    return met;
  };
  const servers = await Promise.all([startProofServer(openServer), startProofServer(openServer)]);
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });
  const [once, again] = await Promise.all(servers.map((server) => meet(server, [1, 1, 2])));
  expect(again).toEqual(once);
  expect(new Set(once.map((one) => JSON.stringify(one))).size).toBe(3);
});
