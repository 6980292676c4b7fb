import { nearest } from '#simulator/kernel/nearest.ts';
import type { CellCatalogue } from '../catalogue.ts';
import type { LabFile } from '../format/lab-file.ts';
import type { LabNames } from '../judge/expression/lab-scope.ts';
import type { Where } from '../yaml-file.ts';

export type Path = readonly PropertyKey[];
export type Tell = (path: Path, rule: string, message: string, where?: Where) => void;

/** What all rules of lint look at, and whom they tell. */
export interface Linting {
  readonly lab: LabFile;
  readonly names: LabNames;
  /** Undefined if the base is not known: then nothing is said about what it has. */
  readonly cell: CellCatalogue | undefined;
  readonly tell: Tell;
  /** Names of variables and derived values that something uses. */
  readonly used: Set<string>;
}

/** `; did you mean "ST03.Spindle.Load"?`, or nothing if nothing is like it. */
export const like = (name: string, known: Iterable<string>): string => {
  const other = nearest(name, known);
  return other === undefined ? '' : `; did you mean "${other}"?`;
};
