import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { loadLab } from '#server/labs/load.ts';
import { proveLab } from '#server/labs/prove/prove-lab.ts';
import { shortCuts } from '#server/labs/prove/short-cuts.ts';
import { labShelf } from '#server/labs/shelf.ts';
import { cellsFolder, temporaryFolder } from '#test/support/host-for-test.ts';

const shelf = labShelf(join(cellsFolder, '..'));
const source = fileURLToPath(new URL('bad-lab', import.meta.url));
const folder = temporaryFolder();
afterAll(() => folder.remove());

test('lint tells of a bare percentage and of an answer that the guide shows, where they stand', () => {
  const { lab, problems } = loadLab(source, 'iiot', shelf.catalogue);
  expect(lab).toBeUndefined();
  const lines = readFileSync(join(source, 'lab.yaml'), 'utf8').split('\n');
  const told = problems.map(({ rule, line, column, message }) => ({
    rule,
    at: lines[line - 1]
      .slice(column - 1)
      .split(/[,}]/)[0]
      .trim(),
    message,
  }));
  expect(told).toEqual([
    expect.objectContaining({ rule: 'bare-percent', at: '2 %' }),
    expect.objectContaining({ rule: 'answer-on-screen', at: '$feed' }),
    expect.objectContaining({ rule: 'nothing-tried', at: '[]' }),
  ]);
  expect(told[0].message).toContain('a temperature');
});

test('the proof catches what is left when these words are mended: a guess, a friend and a look at the screen pass', async () => {
  const mended = join(folder.path, 'bad-lab');
  cpSync(source, mended, { recursive: true });
  const yaml = readFileSync(join(source, 'lab.yaml'), 'utf8');
  writeFileSync(
    join(mended, 'lab.yaml'),
    yaml.replace('within: 2 %', 'within: 0.5 Cel').replace('$feed', 'feed + 0.0'),
  );
  const { lab, problems } = loadLab(mended, 'iiot', shelf.catalogue);
  expect(problems.map(({ rule }) => rule)).toEqual(['nothing-tried']);
  const proof = await proveLab(lab!, shortCuts(lab!, shelf), { seeds: 8, wrong: 'every seed' });
  const found = proof.problems.join('\n');
  expect(found).toMatch(/guessing passes mill\.way in 100\.0 %/);
  expect(found).toMatch(/a value that the screen shows passes mill\.set in 100\.0 %/);
  expect(found).toMatch(/a neighbour's answers pass mill\.way in \d/);
  // Who cannot see what was drawn can but guess: the solution fails in about half of all lines.
  expect(found).toMatch(/the solution scored full in [1-7] of 8 seeds/);
});
