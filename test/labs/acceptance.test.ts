import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acceptanceOf, showAcceptance } from '#server/labs/acceptance.ts';
import { labShelf } from '#server/labs/shelf.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const shelf = labShelf(join(cellsFolder, '..'));
const labOf = (id: string) => shelf.read().labs.get(id)!;

test('lint says how many draws are fair, and which conditions refuse the others', () => {
  const whole = labOf('energy/base-load');
  const cell = { ...whole.cell, horizon: 3600e6 };
  const lab = { ...whole, cell, where: ['share > 0.75', 'hole > 0.0', 'mean(Line.Power, late) > 0.0'] };
  const found = acceptanceOf({ ...lab, names: { ...lab.names, windows: { late: { from: 0, to: 1e9 } } } }, shelf, 12)!;
  // The share is drawn from 0.55 to 0.95; the last window never comes.
  expect(found).toMatchObject({ draws: 12, fair: 0, each: [expect.any(Number), 12, 0] });
  expect(found.each[0]).toBeGreaterThan(0);
  expect(found.each[0]).toBeLessThan(12);
  expect(showAcceptance(lab, found).split('\n')).toEqual([
    'energy/base-load: 0 of 12 draws are fair (0 %)',
    `  ${Math.round((100 * found.each[0]) / 12)} % fulfil share > 0.75`,
    '  0 % fulfil mean(Line.Power, late) > 0.0',
  ]);
  expect(acceptanceOf(labOf('iiot/first-steps'), shelf, 12)).toBeUndefined();
});
