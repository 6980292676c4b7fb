import type { AttemptStore, StepProgress } from './attempt-store.ts';
import { applyRegrade, differencesOf, regrade, type Regrade } from './judge/regrade.ts';
import { readFacts } from './judge/stored-facts.ts';
import type { Lab } from './lab.ts';
import { findMark, passedChecks } from './marks.ts';
import type { Relive } from './relive-judgement.ts';

export interface RegradeOptions {
  readonly lab?: string | undefined;
  readonly isApplied: boolean;
  readonly relive?: Relive;
}

/** What judging one step of one attempt again comes to. */
export interface StepRegrade extends Pick<Regrade, 'from' | 'why' | 'differences' | 'missing'> {
  readonly attempt: string;
  readonly lab: string;
  readonly step: string;
  /** Points that people gave, which lie above whatever this comes to, by check. */
  readonly above?: Readonly<Record<string, number>>;
}

/**
 * Judges the newest judgement of each step of each attempt again: on its line, lived again by `relive` where that is the
 * same life, or else from the facts that were stored with it, which do not depend on the engine that runs now. With
 * `isApplied` the points that this raises are written down; nothing is lowered.
 */
export async function regradeAll(
  store: AttemptStore,
  labs: ReadonlyMap<string, Lab>,
  { lab: only, isApplied, relive }: RegradeOptions,
): Promise<StepRegrade[]> {
  const found: StepRegrade[] = [];
  for (const judgement of await store.newestJudgements(only)) {
    const { attempt, lab: id, step: stepId, facts } = judgement;
    const lab = labs.get(id);
    const step = lab?.steps.find((one) => one.id === stepId);
    if (!lab || !step) continue;
    const progress = await store.progressOf(attempt);
    const now: StepProgress | undefined = progress[stepId];
    if (!now) continue;
    const stored = readFacts(facts);
    const asks = Object.fromEntries(lab.steps.map((one) => [one.id, one.asks]));
    const marks = await store.marksOf(attempt);
    const passed = passedChecks(lab.steps, progress, marks).filter((check) => !check.startsWith(`${stepId}.`));
    const regrading = { step, names: lab.names, asks, passed };
    const relived = await relive?.(judgement, stored, regrading);
    const again =
      relived && 'outcomes' in relived
        ? fromReplay(relived.outcomes, now.outcomes)
        : regrade(regrading, stored, now.outcomes);
    const { outcomes: _, ...rest } = again;
    const { differences } = again;
    const given = again.outcomes.flatMap(({ check }) => {
      const mark = findMark(marks, 'check', stepId, check);
      return mark ? [[check, mark.points] as const] : [];
    });
    const above = given.length > 0 && { above: Object.fromEntries(given) };
    found.push({
      attempt,
      lab: id,
      step: stepId,
      ...above,
      ...rest,
      ...(relived && 'why' in relived && { why: relived.why }),
    });
    if (isApplied && differences.some(({ before, after }) => after > before))
      await store.saveProgress(attempt, stepId, { ...now, outcomes: applyRegrade(now.outcomes, again) });
  }
  return found;
}

const fromReplay = (outcomes: Regrade['outcomes'], before: Regrade['outcomes']): Regrade => ({
  ...{ from: 'replay', outcomes, differences: differencesOf(before, outcomes) },
});
