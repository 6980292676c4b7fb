import { SECOND } from '#simulator/kernel/time.ts';
import type { FaultEntry } from '#simulator/cell/planned-fault.ts';
import type { CellOrder } from './attempt-host.ts';
import type { Drawn } from './draw.ts';
import { parseReference } from './format.ts';
import { valueOf } from './judge/reference.ts';
import type { Lab } from './lab.ts';
import { sinceStart } from './plant-time.ts';
import { lineReferences, splitCommand } from './references.ts';

/** Plant time at which the cell of a lab opens, in microseconds since its start. */
export const openUs = ({ cell }: Lab): number => (cell.open === undefined ? 0 : sinceStart(cell.open, cell.start));

/** The cell that an attempt runs on, with everything drawn filled in. */
export function orderLine(lab: Lab, drawn: Drawn, seed: string): CellOrder {
  const { base, set, horizon, speed } = lab.cell;
  return {
    base,
    set: fillDeep(set, drawn) as Record<string, unknown>,
    seed,
    scenario: lab.scenario.map((entry): CellOrder['scenario'][number] => {
      if ('fault' in entry) return fillDeep(entry, drawn) as FaultEntry;
      const { at, command, value } = entry;
      const atUs =
        'weekUs' in at ? sinceStart(at.weekUs, lab.cell.start) : Math.round(Number(valueOf(at, drawn)) * SECOND);
      const { station, rest } = splitCommand(command);
      const target = `${valueOf(station, drawn)}.${rest}`;
      return { atUs, target, ...(value !== undefined && { value: fillDeep(value, drawn) }) };
    }),
    openUs: openUs(lab),
    horizonUs: horizon,
    speed,
  };
}

function fillDeep(value: unknown, drawn: Drawn): unknown {
  if (typeof value === 'string') {
    const reference = parseReference(value);
    return 'drawn' in reference ? valueOf(reference, drawn) : value;
  }
  if (Array.isArray(value)) return value.map((one) => fillDeep(one, drawn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillDeep(one, drawn)]));
}

/** Steps whose secrets are built into the line: drawing them anew means a new line. */
export function stepsInLine(lab: Pick<Lab, 'scenario' | 'cell' | 'vars'>): ReadonlySet<string> {
  const names = lineReferences(lab).flatMap(({ reference }) => ('drawn' in reference ? [reference.drawn] : []));
  return new Set(names.flatMap((name) => lab.vars[name]?.redraw ?? []));
}
