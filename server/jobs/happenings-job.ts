import type { HappeningView } from '#contract/history.ts';
import type { Model } from '#simulator/cell/model.ts';
import { fitsGlob } from '#contract/glob.ts';
import type { HappeningsRequest, HappeningsResult, Life } from './job.ts';
import { isUntold } from '#server/cells/concealed.ts';
import { occurrencesOf } from '#server/cells/occurrence.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { relive } from './relive.ts';

const EVENTS = 20_000;

/** What happened from `fromUs` to `toUs`, both included, oldest first. */
export function happeningsJob(
  model: Model,
  life: Life,
  { event: glob, fromUs, toUs }: HappeningsRequest,
  untold: readonly string[] = [],
): HappeningsResult {
  const cell = relive(model, life);
  cell.runUntil(fromUs - 1);
  const events: HappeningView[] = [];
  let truncated = false;
  const tell = ({ t, event, value }: Happening) => {
    if (t < fromUs || !fitsGlob(event, glob)) return;
    if (events.length < EVENTS) events.push({ tUs: t, event, value });
    else truncated = true;
  };
  const tellIfTold = occurrencesOf(model.plant, (one) => {
    if (!isUntold(untold, one)) tell(one);
  });
  cell.listener = untold.length === 0 ? tell : tellIfTold;
  cell.runUntil(Math.min(toUs, life.nowUs));
  return { events, truncated };
}
