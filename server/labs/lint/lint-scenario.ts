import type { FaultEntry } from '#simulator/cell/planned-fault.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { ScenarioFault } from '../format/scenario.ts';
import { parseReference } from '../judge/parse-reference.ts';
import { pathOf } from '../judge/reference.ts';
import { sinceStart } from '../plant-time.ts';
import { splitCommand } from '../references.ts';
import { possibleValues, valuesOf } from './lint-references.ts';
import { like, type Linting, type Path } from './tell.ts';

/** Hidden commands and faults. */
export function lintScenario(linting: Linting): void {
  const { lab, cell, tell } = linting;
  for (const [k, entry] of lab.scenario.entries()) {
    if ('fault' in entry) {
      lintFault(linting, entry, ['scenario', k]);
      continue;
    }
    const { command, at } = entry;
    const { station, rest } = splitCommand(command);
    const path = ['scenario', k, 'command'];
    const told = new Set<string>();
    for (const [value] of possibleValues({ reference: station, path }, lab.vars)) {
      const target = `${value}.${rest}`;
      if (!cell || cell.targets.has(target) || told.size > 0) continue;
      told.add(target);
      tell(path, 'unknown-command', `the cell has no command "${target}"${like(target, cell.targets)}`);
    }
    if (!('drawn' in at)) continue;
    const time = lab.vars[at.drawn];
    if (time && !('time' in time))
      tell(['scenario', k, 'at'], 'wrong-reference', `"${at.drawn}" is not drawn as a plant time`);
  }
  for (const [k, step] of lab.steps.entries())
    for (const [c, check] of step.checks.entries())
      if ('rule' in check)
        check.hidden.scenario.forEach((entry, n) =>
          lintFault(linting, entry, ['steps', k, 'checks', c, 'hidden', 'scenario', n]),
        );
}

/** A fault must be right with everything that its references may stand for. */
function lintFault({ lab, cell, tell }: Linting, entry: ScenarioFault, path: Path): void {
  if (!cell) return;
  const { public: _public, as: _as, ...rest } = entry;
  const options = Object.entries(rest).map(([key, value]) => [key, standsFor(value, lab)] as const);
  const told = new Set<string>();
  const rounds = options.some(([, values]) => values.length === 0) ? 0 : Math.max(...options.map(([, v]) => v.length));
  for (let n = 0; n < rounds; n++) {
    const filled = Object.fromEntries(options.map(([key, values]) => [key, values[n % values.length]]));
    cell.checkFault(filled as FaultEntry, (key, message) => {
      if (!told.has(message)) tell([...path, key], 'wrong-fault', message);
      told.add(message);
    });
  }
}

/** All values that a reference may have, or both ends of what it is drawn from; times in seconds since the start. */
function standsFor(value: unknown, lab: Linting['lab']): unknown[] {
  const { vars, cell } = lab;
  if (value === 'start') return [0];
  if (typeof value !== 'string') return [value];
  // What is computed is not known before there is a draw.
  if (value.includes('${')) return [];
  const reference = parseReference(value);
  if (!('drawn' in reference)) return [value.startsWith('$') ? pathOf(value, { drawn: firstOf(lab) }) : value];
  const variable = vars[reference.drawn];
  if (variable && 'time' in variable)
    return [variable.from, variable.to].map((weekUs) => sinceStart(weekUs, cell.start) / SECOND);
  if (variable && 'from' in variable) return [variable.from, variable.to];
  return valuesOf(variable, reference.key).map(([one]) => one);
}

/** One draw that could be: the first value of each variable. */
export function firstOf({ vars }: Linting['lab']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(vars).flatMap(([name, variable]) => {
      if ('someOf' in variable) return [];
      if ('oneOf' in variable) return typeof variable.oneOf[0] === 'object' ? [] : [[name, variable.oneOf[0]]];
      return [[name, variable.from]];
    }),
  );
}
