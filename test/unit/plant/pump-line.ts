import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Cell, CommandOrder } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { DefinitionInput } from '#simulator/cell/definition.ts';
import { Model } from '#simulator/cell/model.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import type { Station } from '#simulator/plant/station.ts';

let model: Model | undefined;

/** The model of the pump line, made once. */
export const pumpLineModel = (): Model =>
  (model ??= new Model(parse(readFileSync('labs/cells/pump-line.yaml', 'utf8')) as DefinitionInput));

export interface Planned extends CommandOrder {
  readonly atH: number;
}

/** A pump line with a seed, and what a scenario does to it at which hour. */
export function pumpLine(seed: number, ...planned: readonly Planned[]): Cell {
  const scenario = planned.map(({ atH, ...order }) => ({ ...order, at: Math.round(atH * HOUR) }));
  return createCell(pumpLineModel(), { seed, scenario: scenario });
}

/** Microseconds that a station has spent in each state, by name. */
export function timesOf({ timeBook }: Station, t: number): Record<string, number> {
  const states = timeBook?.states.map(({ name }, state) => [name, timeBook.timeInUs(state, t)] as const) ?? [];
  return Object.fromEntries(states.filter(([, us]) => us > 0));
}

/** Repeatable numbers from 0 to 1, independent of the kernel's own. */
export function lottery(state: number): () => number {
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
