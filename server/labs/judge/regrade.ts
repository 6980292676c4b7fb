import type { JudgedStep } from './judge-step.ts';
import { judgeStep } from './judge-step.ts';
import type { Ask } from './ask.ts';
import type { LabNames } from './expression/lab-scope.ts';
import type { StoredFacts } from './judge-order.ts';
import type { Outcome } from './outcome.ts';
import { FactMissing, factsOf } from './stored-facts.ts';

/** What a judgement is judged again with. */
export interface Regrading {
  readonly step: JudgedStep;
  readonly names: LabNames;
  readonly asks: Readonly<Record<string, readonly Ask[]>>;
  /** Checks of other steps that were passed by then, as `step.check`. */
  readonly passed: readonly string[];
}

/** What a check came to then and comes to now, in points. */
export interface Difference {
  readonly check: string;
  readonly before: number;
  readonly after: number;
}

export interface Regrade {
  /** A replay of the line, or what was stored of it: another engine may not live the same life. */
  readonly from: 'replay' | 'stored facts';
  readonly outcomes: readonly Outcome[];
  readonly differences: readonly Difference[];
  /** Why it was not a replay. */
  readonly why?: string;
  /** A question that the stored facts cannot answer; then nothing is changed. */
  readonly missing?: string;
}

/** Judges again from what was stored. It changes nothing: the differences are shown first. */
export function regrade(
  { step, names, asks, passed }: Regrading,
  stored: StoredFacts,
  before: readonly Outcome[],
): Regrade {
  const from = 'stored facts';
  const around = {
    ...{ passed: new Set(passed), window: stored.window, names, asks, seeds: stored.seeds },
    unitOf: (signal: string) => stored.units[signal] ?? '',
  };
  try {
    const outcomes = judgeStep(step, factsOf(stored), around);
    return { from, outcomes, differences: differencesOf(before, outcomes) };
  } catch (error) {
    if (!(error instanceof FactMissing)) throw error;
    return { from, outcomes: before, differences: [], missing: error.question };
  }
}

/** A check that is gone has no points now; one that is new had none. */
export function differencesOf(before: readonly Outcome[], after: readonly Outcome[]): Difference[] {
  const checks = [...new Set([...before, ...after].map(({ check }) => check))];
  const pointsOf = (outcomes: readonly Outcome[], id: string) =>
    outcomes.find(({ check }) => check === id)?.points ?? 0;
  return checks
    .map((check) => ({ check, before: pointsOf(before, check), after: pointsOf(after, check) }))
    .filter(({ before: had, after: has }) => had !== has);
}

/** What is applied of a regrade. An erratum only raises: whoever had points keeps them. */
export function applyRegrade(before: readonly Outcome[], { outcomes }: Regrade): readonly Outcome[] {
  return outcomes.map((now) => {
    const then = before.find(({ check }) => check === now.check);
    return then !== undefined && then.points > now.points ? then : now;
  });
}
