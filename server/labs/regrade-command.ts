import { join } from 'node:path';
import { Definitions } from '#server/cells/definitions.ts';
import { readConfig } from '#server/config.ts';
import { AttemptsTable } from '#server/store/attempts-table.ts';
import { openDataFolder } from '#server/store/data-folder.ts';
import { openStore } from '#server/store/open-store.ts';
import { print } from '#server/print.ts';
import type { Difference } from './judge/regrade.ts';
import { regradeAll, type StepRegrade } from './regrade-all.ts';
import { reliveOn } from './relive-judgement.ts';
import type { LabShelf } from './shelf.ts';

/**
 * `verkstad labs regrade`: judges all that is in the data folder again, by the labs as they are now. Shows what would
 * change, and writes it down only with `--apply`; then points are raised, never lowered.
 */
export async function regradeLabs(
  shelf: LabShelf,
  folder: string,
  lab: string | undefined,
  isApplied: boolean,
): Promise<void> {
  const { dataDir } = readConfig(process.env);
  const data = await openDataFolder(dataDir);
  const store = await openStore(dataDir);
  try {
    const definitions = new Definitions(join(folder, 'cells'));
    const relive = reliveOn(store, (hash, json) => definitions.model(hash, json));
    const all = await regradeAll(new AttemptsTable(store), shelf.read().labs, { lab, isApplied, relive });
    for (const line of all.flatMap(showRegrade)) print(line);
    print(summary(all));
    if (!isApplied) print('Nothing was changed. With --apply points are raised, never lowered.');
  } finally {
    await store.close();
    data.release();
  }
}

const isChanged = ({ differences, missing }: StepRegrade): boolean => differences.length > 0 || missing !== undefined;

/** What changes of a judgement, and by what it was judged again; nothing where nothing does. */
export function showRegrade(regraded: StepRegrade): string[] {
  if (!isChanged(regraded)) return [];
  const { attempt, lab, step, from, why, differences, missing, above = {} } = regraded;
  const by = why === undefined ? `by ${from}` : `by ${from}, as ${why}`;
  const lines =
    missing === undefined
      ? differences.map((difference) => showDifference(difference, above[difference.check]))
      : [`not judged: nothing is stored of "${missing}"`];
  return lines.map((line) => `${attempt} ${lab} ${step}: ${line} (${by})`);
}

/** What a teacher gave lies above both, and stays. */
const showDifference = ({ check, before, after }: Difference, given: number | undefined): string =>
  `${check} ${before} -> ${after} points${given === undefined ? '' : `, below ${given} that a teacher gave`}`;

export function summary(all: readonly StepRegrade[]): string {
  const replayed = all.filter(({ from }) => from === 'replay').length;
  const changed = all.filter(isChanged).length;
  return `${all.length} judgements: ${replayed} by replay, ${all.length - replayed} by stored facts; ${changed} would change`;
}
