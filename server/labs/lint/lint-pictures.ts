import { join } from 'node:path';
import { type Guide, picturesIn } from '../guide.ts';
import { ASSETS, type Picture, readPicture } from '../pictures.ts';
import type { LabProblem } from '../problem.ts';

/**
 * The pictures of a lab that its guides show. Told is what is too large, of a wrong kind or more than a picture, and what
 * no guide shows: that is not served to anyone.
 */
export function lintPictures(
  folder: string,
  files: Readonly<Record<string, string>>,
  guides: readonly ({ readonly guide: Guide } | undefined)[],
  problems: LabProblem[],
): ReadonlyMap<string, Picture> {
  const shown = new Set(guides.flatMap((read) => (read ? picturesIn(read.guide) : [])));
  const pictures = new Map<string, Picture>();
  for (const [name, base64] of Object.entries(files)) {
    if (!name.startsWith(ASSETS)) continue;
    const at = { file: join(folder, name), line: 1, column: 1 };
    if (!shown.has(name)) {
      const message = `no guide shows it: write ![what it shows](${name}) into one, or delete it`;
      problems.push({ ...at, severity: 'warning', rule: 'unused-picture', message });
      continue;
    }
    const read = readPicture(name, base64);
    if ('rule' in read) problems.push({ ...at, severity: 'error', ...read });
    else pictures.set(name, read);
  }
  return pictures;
}
