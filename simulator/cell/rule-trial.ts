import { Refusal } from '#simulator/kernel/refusal.ts';
import { MINUTE } from '#simulator/kernel/time.ts';
import type { Rule } from '#simulator/rules/rule.ts';
import { planTrial } from '#simulator/rules/rules.ts';
import { type Firing, type Seen, Trial } from '#simulator/rules/trial.ts';
import type { Cell } from './cell.ts';
import { type PastWindow, refuseFuture } from './past-window.ts';

/**
 * When a rule would have fired, had the cell had it: by replay, evaluated as the rules of the cell are, acting on
 * nothing. The replay begins so much earlier that all windows are full; what fired then and had not cleared is told too.
 * Throws a Refusal if the rule is not right or the window is not past.
 */
export const wouldHaveFired = (cell: Cell, definition: unknown, window: PastWindow): readonly Firing[] =>
  tryRule(cell, definition, window).firings;

/** The same, and what the rule saw at the end of the window. */
export function tryRule(
  cell: Cell,
  definition: unknown,
  window: PastWindow,
): { readonly firings: readonly Firing[]; readonly seen: Seen } {
  refuseFuture(cell, window);
  const { rules } = cell.model;
  if (rules === undefined)
    throw new Refusal('The cell has no rules.', 'Add a station of type "rules" to its definition.');
  const rule = rules.read(definition);
  const past = beginning(cell, rule, window.fromUs);
  const trial = past.look(() => new Trial(rule));
  rules.trial = trial;
  try {
    past.look(planTrial);
    past.runUntil(window.toUs);
  } finally {
    rules.trial = undefined;
  }
  const firings = trial.firings.filter(({ clearedUs = Infinity }) => clearedUs > window.fromUs);
  return { firings, seen: trial.seen };
}

/** The cell so long before a time that all windows of the rule are full by then; the first guess is a part a minute. */
function beginning(cell: Cell, { windows, everyUs, forUs }: Rule, fromUs: number): Cell {
  const inTime = windows.filter(({ made }) => made === undefined);
  const inParts = windows.flatMap(({ made, shape }) => (made ? { made, parts: shape.samples } : []));
  const periods = Math.max(0, ...inTime.map(({ shape }) => shape.samples));
  const needUs = periods * everyUs + forUs;
  const wanted = cell.past(fromUs).look(() => inParts.map(({ made, parts }) => made() - parts));
  for (let backUs = Math.max(0, ...inParts.map(({ parts }) => parts)) * MINUTE; ; backUs *= 2) {
    const startUs = Math.max(0, fromUs - needUs - backUs);
    const past = cell.past(startUs);
    const isEarly = past.look(() => inParts.every(({ made }, k) => made() <= wanted[k]));
    if (isEarly || startUs === 0) return past;
  }
}
