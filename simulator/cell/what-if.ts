import { hash } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import type { Cell } from './cell.ts';
import type { PastWindow } from './past-window.ts';
import { totalsOf } from './totals.ts';
import { figuresBetween } from './what-if-figures.ts';
import { drawAgain } from './what-if-luck.ts';

/** A command that a what-if gives its forks before they run: a parameter to set, a rule to define, a recipe to choose. */
export interface Change {
  readonly target: string;
  readonly value?: unknown;
  readonly unit?: string | undefined;
}

/** One of the lines that are compared: a name, and what is different about it. */
export interface Variant {
  readonly name: string;
  readonly changes: readonly Change[];
}

export interface WhatIf {
  readonly variants: readonly Variant[];
  readonly hours: number;
  /** The same luck in all variants (common random numbers), so that a difference is due to the changes alone. */
  readonly commonNumbers: boolean;
  /** 64 bits that the seeds of all forks come from: never those of the line. */
  readonly luck: readonly [high: number, low: number];
}

/** Some of the forks of a what-if: each variant is run with each of these numbers. */
export interface ForkRange {
  readonly first: number;
  readonly count: number;
}

/** Figures by variant, fork and place in `FIGURES`. */
export interface ForkedFigures {
  readonly window: PastWindow;
  readonly figures: readonly (readonly (readonly number[])[])[];
}

/**
 * Runs forks of a cell from its present on, and says what comes of each. The cell itself is left as it is. Every fork
 * has a fresh seed; faults that have begun go on acting, and nothing of the scenario that is still to come is in it, not
 * even an end. So no answer tells of the future of the cell, or of its seed. Which forks are run together makes no
 * difference. Throws a Refusal, with the sentence that the command itself would get, if a change is not accepted.
 */
export function runForks(cell: Cell, whatIf: WhatIf, { first, count }: ForkRange): ForkedFigures {
  const { variants, hours } = whatIf;
  for (const variant of variants) refuseContradiction(cell, variant);
  // Each command takes a microsecond. The window begins after the last one, at the same time in all variants.
  const fromUs = cell.now + Math.max(...variants.map(({ changes }) => changes.length));
  const window = { fromUs, toUs: fromUs + Math.round(hours * HOUR) };
  const numbers = Array.from({ length: count }, (_, k) => first + k);
  const figures = variants.map((variant, place) =>
    numbers.map((number) => runFork(cell, variant, forkSeed(whatIf, place, number), window)),
  );
  return { window, figures };
}

function runFork(
  cell: Cell,
  variant: Variant,
  seed: readonly [number, number],
  { fromUs, toUs }: PastWindow,
): number[] {
  const fork = cell.fork({ seed, foresee: false });
  fork.look(drawAgain);
  for (const change of variant.changes) apply(fork, variant, change);
  fork.runUntil(fromUs);
  const from = totalsOf(fork);
  fork.runUntil(toUs);
  return figuresBetween(fork, from, totalsOf(fork));
}

function forkSeed(
  { luck: [high, low], commonNumbers }: WhatIf,
  variant: number,
  fork: number,
): readonly [number, number] {
  const n = 2 * (commonNumbers ? fork : fork + variant * 0x10000);
  return [hash(high, low, n), hash(low, high, n + 1)];
}

function apply(fork: Cell, variant: Variant, { target, value, unit }: Change): void {
  // What only a scenario may do does not exist for anyone else.
  const asked = fork.model.targets.get(target)?.hidden === true ? `${target} ` : target;
  try {
    fork.command({ target: asked, value, actor: 'what-if', ...(unit !== undefined && { unit }) });
  } catch (error) {
    throw error instanceof Refusal ? inVariant(variant, error) : error;
  }
}

function inVariant({ name }: Variant, { message, hint, code }: Refusal): Refusal {
  return new Refusal(`${name}: ${message.replace(` ${hint}`, '')}`, hint, code);
}

/** One variant cannot give one parameter two values. */
function refuseContradiction({ model }: Cell, { name, changes }: Variant): void {
  const set = new Map<string, unknown>();
  for (const { target, value } of changes) {
    if (model.targets.get(target)?.shape === undefined) continue;
    if (set.has(target)) {
      const both = [set.get(target), value].map((each) => JSON.stringify(each)).join(' and to ');
      throw new Refusal(`${name}: it sets ${target} to ${both}.`, 'Leave one of them out.', 'out_of_range');
    }
    set.set(target, value);
  }
}
