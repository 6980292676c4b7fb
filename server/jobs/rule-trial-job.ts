import type { RuleTrial, RuleTrialRequest } from '#contract/rules.ts';
import type { Model } from '#simulator/cell/model.ts';
import { tryRule } from '#simulator/cell/rule-trial.ts';
import type { Life } from './job.ts';
import { relive } from './relive.ts';

const FIRINGS = 1000;

/** When a rule would have fired in a past window. */
export function ruleTrialJob(model: Model, life: Life, { rule, fromUs, toUs }: RuleTrialRequest): RuleTrial {
  const cell = relive(model, life);
  cell.runUntil(Math.min(toUs, life.nowUs));
  const { firings, seen } = tryRule(cell, rule, { fromUs, toUs });
  const known = <T extends { readonly value: number }>(each: T) => ({ ...each, value: orNull(each.value) });
  return {
    firings: firings.slice(0, FIRINGS),
    truncated: firings.length > FIRINGS,
    seen: { status: seen.status, signals: seen.signals.map(known), windows: seen.windows.map(known) },
  };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
