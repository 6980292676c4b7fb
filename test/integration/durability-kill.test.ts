import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { killRounds } from '#test/support/kill-rounds.ts';

test('a server that is killed at any moment loses nothing that it acknowledged', { timeout: 240_000 }, async () => {
  const folder = temporaryFolder();
  const report = await killRounds(folder.path, 2);
  folder.remove();
  expect(report.lost).toEqual([]);
  expect(report.commands).toBeGreaterThan(10);
  expect(report.answers).toBeGreaterThan(0);
});
