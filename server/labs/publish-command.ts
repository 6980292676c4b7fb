import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '#server/command-line.ts';
import { print } from '#server/print.ts';
import { LabFile } from './format/lab-file.ts';
import { PUBLISHED, writePublication } from './publication.ts';
import { showWithCaret } from './problem.ts';
import type { LabShelf } from './shelf.ts';

/**
 * `verkstad labs publish`: records what a lab without errors is now, so that lint tells what changes from then on. What was
 * published is never replaced by something else under the same version: that is an error of the lab.
 */
export function publishLab(shelf: LabShelf, folder: string, id: string): void {
  const { labs, problems } = shelf.read();
  const lab = labs.get(id);
  const place = join(folder, id);
  if (!lab) {
    for (const problem of problems.filter(({ file }) => file.startsWith(place))) console.error(showWithCaret(problem));
    throw new UsageError(`There is no lab "${id}" without errors. See "labs lint".`);
  }
  const path = join(place, PUBLISHED);
  const now = writePublication(LabFile.parse(parse(lab.files['lab.yaml'])));
  const isSame = existsSync(path) && readFileSync(path, 'utf8') === now;
  writeFileSync(path, now);
  const said = isSame
    ? `version ${lab.version} is published already, and nothing has changed`
    : `version ${lab.version} is published. From now on raise "version" with each change of what is drawn, asked or judged`;
  print(`${relative(process.cwd(), path)}: ${said}.`);
}
