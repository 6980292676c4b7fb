import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '#server/command-line.ts';
import { LabFile } from './format/lab-file.ts';
import { PUBLISHED, writePublication } from './publication.ts';
import type { LabShelf } from './shelf.ts';

/** `verkstad labs publish`: records what a lab without errors is now, so that lint tells what changes from then on. */
export function publishLab(shelf: LabShelf, folder: string, id: string): void {
  const lab = shelf.read().labs.get(id);
  if (!lab) throw new UsageError(`There is no lab "${id}" without errors. See "labs lint".`);
  const path = join(folder, id, PUBLISHED);
  writeFileSync(path, writePublication(LabFile.parse(parse(lab.files['lab.yaml']))));
  console.log(`${relative(process.cwd(), path)}: version ${lab.version}`);
}
