import type { CellCatalogue } from '../catalogue.ts';
import { compileNames } from '../compile-windows.ts';
import type { LabFile } from '../format/lab-file.ts';
import type { LabProblem } from '../problem.ts';
import type { YamlFile } from '../yaml-file.ts';
import { lintCell } from './lint-cell.ts';
import { lintChecks } from './lint-checks.ts';
import { lintNames } from './lint-names.ts';
import { lintReferences } from './lint-references.ts';
import { lintScenario } from './lint-scenario.ts';
import { lintSolution } from './lint-solution.ts';
import { lintVariables } from './lint-variables.ts';
import { lintWindows } from './lint-windows.ts';
import type { Linting, Tell } from './tell.ts';

export interface LabPlace {
  /** Name of the lab's folder. */
  readonly folder: string;
  readonly area: string;
  readonly cell: CellCatalogue | undefined;
}

/** What is wrong with a lab.yaml beyond its shape: names that lead nowhere, and checks that cannot be judged fairly. */
export function lintLab(lab: LabFile, yaml: YamlFile, { folder, cell }: LabPlace): LabProblem[] {
  const problems: LabProblem[] = [];
  const tell: Tell = (path, rule, message, where) => problems.push(yaml.problemAt(path, rule, message, where));
  if (lab.id !== folder) tell(['id'], 'wrong-id', `the id is the folder's name, "${folder}"`);
  const linting: Linting = { lab, cell, tell, names: compileNames(lab), used: new Set() };
  lintCell(linting);
  lintWindows(linting);
  lintNames(linting);
  lintReferences(linting);
  lintScenario(linting);
  lintChecks(linting);
  lintSolution(linting);
  lintVariables(linting);
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}
