import type { ASTNode } from '@marcbachmann/cel-js';
import type { Facts, PlantWindow } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Scope } from './evaluate.ts';
import { isRow, NotYet, type Term, type Value } from './value.ts';

/** What an argument is: a signal, a window, an instant or other number, a condition over signals, a station ... */
export type ArgumentKind = 'signal' | 'window' | 'number' | 'condition' | 'station' | 'event' | 'text' | 'list' | 'of';

export interface LabFunction {
  /** The last ones may be missing if they end with `?`. */
  readonly takes: readonly (ArgumentKind | `${ArgumentKind}?`)[];
  /** Whether it looks behind what a participant can see. */
  readonly isSecret?: boolean;
  readonly apply: (args: Arguments) => Value;
}

/** The arguments of a call, evaluated as each function wants them. */
export interface Arguments {
  readonly facts: Facts;
  readonly scope: Scope;
  readonly nodes: readonly ASTNode[];
  readonly text: (k: number) => string;
  readonly number: (k: number) => number;
  readonly window: (k: number) => PlantWindow;
  readonly value: (k: number) => Value;
}

/** Functions of one theme, by name. */
export type LabFunctions = Readonly<Record<string, LabFunction>>;

export const usOf = (seconds: number): number => Math.round(seconds * SECOND);

/** `{from, to}` in seconds as a window that has passed. */
export function pastWindow(value: Term, nowUs: number): PlantWindow {
  const { from, to } = isRow(value) ? value : { from: NaN, to: NaN };
  const window = { fromUs: usOf(Number(from)), toUs: usOf(Number(to)) };
  if (Number.isNaN(window.fromUs) || Number.isNaN(window.toUs)) throw new NotYet();
  if (window.toUs > nowUs) throw new NotYet(window.toUs / SECOND);
  // It begins later than it ends, as one does that ends now: nobody is told when, which may have been drawn.
  if (window.fromUs > window.toUs) throw new NotYet();
  return window;
}

export const span = ({ fromUs, toUs }: PlantWindow): string => `${fromUs}-${toUs}`;

/** When each part was done at a station, in seconds. */
export const partsDone = (facts: Facts, station: string, over: PlantWindow): number[] =>
  facts.keep(`parts ${station} ${span(over)}`, () =>
    facts.events(`${station}.PartDone`, over).map(({ t }) => t / SECOND),
  );
