import type { RecordedAttempt } from '#contract/lab-record.ts';

export interface Standing {
  readonly state: 'new' | 'started' | 'passed';
  /** The attempt to go on with, or the best one once the lab is passed. */
  readonly attempt: RecordedAttempt | undefined;
}

/** How far a participant has come with a lab. `record` is newest first. */
export function standingOf(lab: string, record: readonly RecordedAttempt[]): Standing {
  const tries = record.filter((one) => one.lab.id === lab);
  const best = tries.filter(({ passed }) => passed).sort((a, b) => b.points - a.points)[0];
  if (best) return { state: 'passed', attempt: best };
  return { state: tries.length > 0 ? 'started' : 'new', attempt: tries[0] };
}

/** When something last happened in an attempt, in ms since 1970. */
export const touchedMs = ({ startedMs, steps }: RecordedAttempt): number =>
  Math.max(startedMs, ...steps.map(({ judgedMs = 0 }) => judgedMs));

/** The unfinished attempt in which something happened last. */
export const leftAt = (record: readonly RecordedAttempt[]): RecordedAttempt | undefined =>
  record.filter(({ passed }) => !passed).sort((a, b) => touchedMs(b) - touchedMs(a))[0];
