import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LabProblem } from '../problem.ts';
import { like } from './tell.ts';

/** There to be copied, not to be done. */
const TEMPLATE = 'template';

const foldersIn = (place: string): string[] =>
  readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Labs in folders that are no area: nobody would find them on any list. */
export function strayLabs(labs: string, areas: readonly string[]): LabProblem[] {
  const strange = foldersIn(labs).filter((name) => name !== TEMPLATE && !areas.includes(name));
  return strange.flatMap((area) =>
    foldersIn(join(labs, area))
      .map((lab) => join(labs, area, lab, 'lab.yaml'))
      .filter(existsSync)
      .map((file) => ({
        ...{ file, line: 1, column: 1, severity: 'error' as const, rule: 'unknown-area' },
        message: `move the lab's folder into an area, or add one to areas.yaml: it has no "${area}"${like(area, areas)}`,
      })),
  );
}
