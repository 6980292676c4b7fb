import { basename } from 'node:path';
import type { CellCatalogue } from './catalogue.ts';
import { fullName } from './compile-checks.ts';
import type { FaultEntry } from '#simulator/cell/planned-fault.ts';
import { nearest } from '#simulator/kernel/nearest.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type CheckFile, type LabFile, parseReference, type Variable } from './format.ts';
import { halfWidth, type Tolerance } from './judge/tolerance.ts';
import { convert } from './judge/units.ts';
import { sinceStart } from './plant-time.ts';
import type { LabProblem } from './problem.ts';
import { placesOf, type ReferencePlace, splitCommand } from './references.ts';
import type { YamlFile } from './yaml-file.ts';

type Path = readonly PropertyKey[];
type Tell = (path: Path, rule: string, message: string, severity?: 'error' | 'warning') => void;

/** What is wrong with a lab.yaml beyond its shape: names that lead nowhere, and checks that cannot be judged fairly. */
export function lintLab(lab: LabFile, yaml: YamlFile, folder: string, cell: CellCatalogue | undefined): LabProblem[] {
  const problems: LabProblem[] = [];
  const tell: Tell = (path, rule, message, severity = 'error') =>
    problems.push(yaml.problemAt(path, rule, message, { severity }));

  if (lab.id !== basename(folder)) tell(['id'], 'wrong-id', `the id is the folder's name, "${basename(folder)}"`);
  if (!cell) tell(['cell', 'base'], 'unknown-cell', `there is no cell "${lab.cell.base}" in labs/cells`);
  else if (cell.startUs !== lab.cell.start)
    tell(['cell', 'start'], 'wrong-start', `the cell "${lab.cell.base}" starts at another time of the week`);
  lintNames(lab, tell);
  lintReferences(lab, cell, tell);
  lintScenario(lab, cell, tell);
  for (const [k, step] of lab.steps.entries())
    for (const [c, check] of step.checks.entries()) lintCheck(check, ['steps', k, 'checks', c], step, tell);
  return problems;
}

const like = (name: string, known: Iterable<string>): string => {
  const other = nearest(name, known);
  return other === undefined ? '' : `; did you mean "${other}"?`;
};

function lintNames(lab: LabFile, tell: Tell): void {
  const steps = lab.steps.map(({ id }) => id);
  const known = (id: string, path: Path) => {
    if (!steps.includes(id)) tell(path, 'unknown-step', `there is no step "${id}"${like(id, steps)}`);
  };
  const checks: string[] = [];
  for (const [k, step] of lab.steps.entries()) {
    if (steps.indexOf(step.id) !== k) tell(['steps', k, 'id'], 'twice', `there are two steps "${step.id}"`);
    for (const [c, check] of step.checks.entries()) {
      const path = ['steps', k, 'checks', c];
      for (const needed of [check.needs ?? []].flat().map((one) => fullName(step.id, one)))
        if (!checks.includes(needed))
          tell([...path, 'needs'], 'unknown-check', `no earlier check is called "${needed}"${like(needed, checks)}`);
      const name = `${step.id}.${check.id}`;
      if (checks.includes(name)) tell([...path, 'id'], 'twice', `there are two checks "${name}"`);
      checks.push(name);
    }
  }
  lab.pass.steps.forEach((id, k) => known(id, ['pass', 'steps', k]));
  lab.hints.forEach(({ step }, k) => known(step, ['hints', k, 'step']));
  for (const [name, { redraw }] of Object.entries(lab.vars))
    if (redraw !== undefined) known(redraw, ['vars', name, 'redraw']);
  for (const id of Object.keys(lab.solution)) known(id, ['solution', id]);
  for (const [k, { instead, loses }] of lab.wrong.entries()) {
    for (const id of Object.keys(instead)) known(id, ['wrong', k, 'instead', id]);
    for (const [n, check] of loses.entries())
      if (!checks.includes(check))
        tell(['wrong', k, 'loses', n], 'unknown-check', `there is no check "${check}"${like(check, checks)}`);
  }
  const minutes = lab.steps.reduce((sum, step) => sum + step.minutes, 0);
  if (minutes !== lab.minutes)
    tell(['minutes'], 'minutes', `the steps take ${minutes} minutes, the lab says ${lab.minutes}`, 'warning');
}

/** Every value that a reference may stand for, and where it is written. */
function possibleValues({ reference, path }: ReferencePlace, vars: LabFile['vars']): [string | number, Path][] {
  if ('value' in reference) return [[reference.value, path]];
  const { drawn, key } = reference;
  return valuesOf(vars[drawn], key).map(([value, inner]) => [value, ['vars', drawn, ...inner]]);
}

function valuesOf(variable: Variable | undefined, key: string | undefined): [string | number, Path][] {
  if (variable && 'someOf' in variable) return variable.someOf.map((value, k) => [value, ['someOf', k]]);
  if (!variable || !('oneOf' in variable)) return [];
  return variable.oneOf.flatMap((one, k): [string | number, Path][] => {
    if (typeof one !== 'object') return [[one, ['oneOf', k]]];
    return key !== undefined && key in one ? [[one[key], ['oneOf', k, key]]] : [];
  });
}

function lintReferences(lab: LabFile, cell: CellCatalogue | undefined, tell: Tell): void {
  const used = new Set<string>();
  const told = new Set<string>();
  for (const place of placesOf(lab)) {
    const { reference, path, means } = place;
    if ('drawn' in reference) {
      used.add(reference.drawn);
      const variable = lab.vars[reference.drawn];
      if (!variable)
        tell(
          path,
          'unknown-variable',
          `nothing is drawn as "${reference.drawn}"${like(reference.drawn, Object.keys(lab.vars))}`,
        );
      else lintKey(variable, reference, path, tell);
    }
    if (!cell || !means) continue;
    const known = means === 'signal' ? [...cell.signals.keys()] : [...cell.targets];
    for (const [value, at] of possibleValues(place, lab.vars))
      if (!known.includes(String(value)) && !told.has(String(value))) {
        told.add(String(value));
        tell(at, `unknown-${means}`, `the cell has no ${means} "${value}"${like(String(value), known)}`);
      }
  }
  for (const name of Object.keys(lab.vars))
    if (!used.has(name)) tell(['vars', name], 'unused-variable', `"${name}" is drawn but never used`, 'warning');
}

/** Keys that may follow the name of a variable; none for a single value. */
function keysOf(variable: Variable): string[] {
  if ('someOf' in variable) return Array.from({ length: variable.count }, (_, k) => String(k));
  if (!('oneOf' in variable)) return [];
  return [...new Set(variable.oneOf.flatMap((one) => (typeof one === 'object' ? Object.keys(one) : [])))];
}

function lintKey(variable: Variable, { drawn, key }: { drawn: string; key?: string }, path: Path, tell: Tell): void {
  const keys = keysOf(variable);
  if (key === undefined || keys.includes(key)) return;
  const message = keys.length
    ? `"${drawn}" has ${keys.map((one) => `$${drawn}.${one}`).join(', ')}`
    : `"${drawn}" is one value: write $${drawn}`;
  tell(path, 'wrong-reference', message);
}

function lintScenario(lab: LabFile, cell: CellCatalogue | undefined, tell: Tell): void {
  for (const [k, entry] of lab.scenario.entries()) {
    if ('fault' in entry) {
      if (cell) lintFault(entry, k, lab, cell, tell);
      continue;
    }
    const { command, at } = entry;
    const { station, rest } = splitCommand(command);
    const path = ['scenario', k, 'command'];
    for (const [value] of possibleValues({ reference: station, path }, lab.vars)) {
      const target = `${value}.${rest}`;
      if (cell && !cell.targets.has(target))
        tell(path, 'unknown-command', `the cell has no command "${target}"${like(target, cell.targets)}`);
    }
    if (!('drawn' in at)) continue;
    const time = lab.vars[at.drawn];
    if (time && !('time' in time))
      tell(['scenario', k, 'at'], 'wrong-reference', `"${at.drawn}" is not drawn as a plant time`);
  }
}

/** A fault must be right with everything that its references may stand for. */
function lintFault(entry: FaultEntry, k: number, lab: LabFile, cell: CellCatalogue, tell: Tell): void {
  const options = Object.entries(entry).map(([key, value]) => [key, standsFor(value, lab)] as const);
  const told = new Set<string>();
  const rounds = options.some(([, values]) => values.length === 0) ? 0 : Math.max(...options.map(([, v]) => v.length));
  for (let n = 0; n < rounds; n++) {
    const filled = Object.fromEntries(options.map(([key, values]) => [key, values[n % values.length]]));
    cell.checkFault(filled as FaultEntry, (key, message) => {
      if (!told.has(message)) tell(['scenario', k, key], 'wrong-fault', message);
      told.add(message);
    });
  }
}

/** All values that a reference may have, or both ends of what it is drawn from; times in seconds since the start. */
function standsFor(value: unknown, { vars, cell }: LabFile): unknown[] {
  const reference = parseReference(value as string);
  if (!('drawn' in reference)) return [value];
  const variable = vars[reference.drawn];
  if (variable && 'time' in variable)
    return [variable.from, variable.to].map((weekUs) => sinceStart(weekUs, cell.start) / SECOND);
  if (variable && 'from' in variable) return [variable.from, variable.to];
  return valuesOf(variable, reference.key).map(([one]) => one);
}

function lintCheck(check: CheckFile, path: Path, step: LabFile['steps'][number], tell: Tell): void {
  if ('sample' in check) {
    if (step.ask[check.answer]?.type !== 'message')
      tell([...path, 'answer'], 'unknown-ask', `the step asks for no message called "${check.answer}"`);
    return;
  }
  const single = 'answer' in check ? { [check.answer]: check } : undefined;
  const wanted = single ?? ('answers' in check ? check.answers : {});
  for (const [id, one] of Object.entries(wanted)) {
    const at = single ? path : [...path, 'answers', id];
    const ask = step.ask[id];
    const within = 'within' in one ? one.within : undefined;
    if (!ask) {
      tell(at, 'unknown-ask', `the step asks nothing called "${id}"${like(id, Object.keys(step.ask))}`);
      continue;
    }
    const measured = ask.type === 'number' || ask.type === 'time';
    if (measured && !within) tell(at, 'no-tolerance', `"${id}" is measured: say within what, such as "within: 2 %"`);
    const unit = ask.type === 'time' ? 's' : (ask.unit ?? '');
    if (within) lintTolerance(within, unit, at, tell);
    for (const other of ask.accept ?? [])
      if (convert(1, other, unit) === undefined) tell(at, 'wrong-unit', `"${other}" cannot be converted to "${unit}"`);
  }
}

function lintTolerance(within: Tolerance, unit: string, path: Path, tell: Tell): void {
  try {
    halfWidth(within, 1, unit);
    if (unit === '%' && 'percent' in within) tell(path, 'percent-of-percent', 'use pp (percentage points) for a share');
  } catch {
    tell(path, 'wrong-unit', `the tolerance cannot be compared with a value in "${unit}"`);
  }
}
