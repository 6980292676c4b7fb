import type { FaultEntry } from '#simulator/cell/planned-fault.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { CellOrder } from './attempt-host.ts';
import type { Drawn } from './draw.ts';
import type { ScenarioFault } from './format/scenario.ts';
import type { Scope } from './judge/expression/evaluate.ts';
import { fillDeep } from './judge/fill.ts';
import { nameOf, valueOf, type Values } from './judge/reference.ts';
import type { Lab } from './lab.ts';
import { sinceStart } from './plant-time.ts';
import { lineReferences, splitCommand } from './references.ts';

/** Plant time at which the cell of a lab opens, in microseconds since its start. */
export const openUs = ({ cell }: Pick<Lab, 'cell'>): number =>
  cell.open === undefined ? 0 : sinceStart(cell.open, cell.start);

/** Only what was drawn is known before there is a line. */
const drawnOnly = (drawn: Drawn): Scope => ({
  find: (name) => (Object.hasOwn(drawn, name) ? drawn[name] : undefined),
  sample: () => NaN,
  call: () => undefined,
});

/** The cell that an attempt runs on, with everything drawn filled in. */
export function orderLine(lab: Pick<Lab, 'cell' | 'scenario'>, drawn: Drawn, seed: string): CellOrder {
  const { base, set, horizon, speed, conceal } = lab.cell;
  const values: Values = { drawn, scope: drawnOnly(drawn) };
  return {
    base,
    set: fillDeep(set, values) as Record<string, unknown>,
    seed,
    scenario: lab.scenario.map((entry): CellOrder['scenario'][number] => {
      if ('fault' in entry) return faultOf(entry, values);
      const { at, command, value } = entry;
      const atUs =
        'weekUs' in at ? sinceStart(at.weekUs, lab.cell.start) : Math.round(Number(valueOf(at, values)) * SECOND);
      const { station, rest } = splitCommand(command);
      const target = `${nameOf(station, values)}.${rest}`;
      return { atUs, target, ...(value !== undefined && { value: fillDeep(value, values) }) };
    }),
    openUs: openUs(lab),
    horizonUs: horizon,
    speed,
    conceal,
  };
}

/** A fault as the cell reads it. `at: start` is plant time 0. */
export function faultOf(entry: ScenarioFault, values: Values): FaultEntry {
  const { public: isPublic = false, as: _name, ...rest } = entry;
  const filled = fillDeep(rest, values) as FaultEntry;
  return { ...filled, ...(rest.at === 'start' && { at: 0 }), hidden: !isPublic };
}

/** Steps whose secrets are built into the line: drawing them anew means a new line. */
export function stepsInLine(lab: Pick<Lab, 'scenario' | 'cell' | 'vars'>): ReadonlySet<string> {
  const names = lineReferences(lab).flatMap(({ reference }) => ('drawn' in reference ? [reference.drawn] : []));
  return new Set(names.flatMap((name) => lab.vars[name]?.redraw ?? []));
}
