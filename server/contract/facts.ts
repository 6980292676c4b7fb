import type { Sample } from '#simulator/cell/sample.ts';
import type { EvidenceEntry } from './evidence.ts';

/** Plant time, both ends in microseconds, inclusive. */
export interface PlantWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

/** One value, a list, or a row with named values. */
export type DrawnValue = number | string | readonly string[] | Readonly<Record<string, number | string>>;

/** All that the judge may know of an attempt. Built by server/labs from the attempt; the judge itself is pure. */
export interface Facts {
  readonly nowMs: number;
  readonly nowUs: number;
  /** Wall time, in ms since 1970, that plant time 0 stands for. */
  readonly anchorMs: number;
  /** The samples of a signal in the window, oldest first. */
  signal(path: string, window: PlantWindow): readonly Sample[];
  readonly evidence: readonly EvidenceEntry[];
  /** Answers of a step by ask id, as typed. */
  answers(step: string): Readonly<Record<string, string>>;
  /** What was drawn and derived for this attempt. Never leaves the server. */
  readonly drawn: Readonly<Record<string, DrawnValue>>;
}
