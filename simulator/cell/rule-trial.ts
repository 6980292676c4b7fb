import { Refusal } from '#simulator/kernel/refusal.ts';
import { planTrial } from '#simulator/rules/rules.ts';
import { type Firing, Trial } from '#simulator/rules/trial.ts';
import type { Cell } from './cell.ts';
import { type PastWindow, refuseFuture } from './past-window.ts';

/**
 * When a rule would have fired, had the cell had it: by replay, evaluated as the rules of the cell are, acting on
 * nothing. The replay begins so much earlier that all windows are full; what fired then and had not cleared is told too.
 * Throws a Refusal if the rule is not right or the window is not past.
 */
export function wouldHaveFired(cell: Cell, definition: unknown, window: PastWindow): readonly Firing[] {
  refuseFuture(cell, window);
  const { rules } = cell.model;
  if (rules === undefined)
    throw new Refusal('The cell has no rules.', 'Add a station of type "rules" to its definition.');
  const rule = rules.read(definition);
  const periods = Math.max(0, ...rule.windows.map(({ shape }) => shape.samples));
  const past = cell.past(Math.max(0, window.fromUs - periods * rule.everyUs - rule.forUs));
  const trial = new Trial(rule);
  rules.trial = trial;
  try {
    past.look(planTrial);
    past.runUntil(window.toUs);
  } finally {
    rules.trial = undefined;
  }
  return trial.firings.filter(({ clearedUs = Infinity }) => clearedUs > window.fromUs);
}
