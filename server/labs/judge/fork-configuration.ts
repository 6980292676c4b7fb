import type { Cell } from '#simulator/cell/cell.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

const SHAPES = ['Rules.Define', 'Rules.Remove', 'Alarms.Configure'];

/** What a participant has configured: parameters, rules and alarms, in the order in which it was done. */
export const configurationOf = ({ model, log }: Cell): Command[] =>
  log.toJSON().filter(({ target }) => SHAPES.includes(target) || model.targets.get(target)?.shape !== undefined);

/** Configures a fresh cell as another one was. What the fresh one refuses is left out, as it would be in life. */
export function configure(fresh: Cell, like: Cell): void {
  for (const { target, value, unit } of configurationOf(like)) {
    try {
      fresh.command({ target, ...(value !== undefined && { value }), ...(unit !== undefined && { unit }) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

/** Rules that a cell has, by name, in the order of their numbers. */
export function rulesOf(cell: Cell): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { target, value } of configurationOf(cell)) {
    const name = typeof value === 'string' && !value.startsWith('{') ? value : nameOf(value);
    if (target === 'Rules.Remove') found.delete(name);
    if (target !== 'Rules.Define' || found.has(name)) continue;
    const taken = new Set(found.values());
    let number = 1;
    while (taken.has(number)) number += 1;
    found.set(name, number);
  }
  return found;
}

function nameOf(value: unknown): string {
  try {
    const rule = (typeof value === 'string' ? JSON.parse(value) : value) as { id?: unknown } | null;
    return typeof rule?.id === 'string' ? rule.id : '';
  } catch {
    return '';
  }
}
