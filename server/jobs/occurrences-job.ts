import { type Occurrence, occurrencesOf } from '#server/cells/occurrence.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Life, OccurrencesRequest, OccurrencesResult } from './job.ts';
import { relive } from './relive.ts';

/** Occurrences in one answer. */
const MOST = 20_000;
/** So much is lived on after each look at whether there is enough. */
const STRIDE_US = 60_000_000;

/** What happened from `fromUs` to `toUs`, both included, oldest first, with the alarms as they were then. */
export function occurrencesJob(model: Model, life: Life, { fromUs, toUs }: OccurrencesRequest): OccurrencesResult {
  const cell = relive(model, life);
  const lastUs = Math.min(toUs, life.nowUs);
  cell.runUntil(Math.max(0, fromUs - 1));
  const occurrences: Occurrence[] = [];
  cell.listener = occurrencesOf(model.plant, (one) => {
    if (one.t >= fromUs) occurrences.push(one);
  });
  let untilUs = Math.min(lastUs, fromUs);
  cell.runUntil(untilUs);
  while (untilUs < lastUs && occurrences.length < MOST) {
    untilUs = Math.min(lastUs, untilUs + STRIDE_US);
    cell.runUntil(untilUs);
  }
  return { occurrences, untilUs };
}
