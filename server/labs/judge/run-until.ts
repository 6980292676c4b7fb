import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { MINUTE } from '#simulator/kernel/time.ts';

/** So far a cell is run at a time; from event to event would take several times as long. */
const STRIDE_US = 10 * MINUTE;

/**
 * Runs a cell up to and including the instant at which `isIt` first says yes, or else up to `untilUs`. Gives all that
 * happened on the way, oldest first.
 */
export function runUntilHappening(cell: Cell, untilUs: number, isIt: (happening: Happening) => boolean): Happening[] {
  const heard: Happening[] = [];
  let foundUs: number | undefined;
  cell.listener = (happening) => {
    if (foundUs !== undefined && happening.t > foundUs) return;
    heard.push(happening);
    if (foundUs === undefined && isIt(happening)) foundUs = happening.t;
  };
  while (foundUs === undefined && cell.now < untilUs) {
    const before = cell.snapshot();
    cell.runUntil(Math.min(untilUs, cell.now + STRIDE_US));
    if (foundUs === undefined || foundUs === cell.now) continue;
    cell.listener = undefined;
    cell.restore(before);
    cell.runUntil(foundUs);
  }
  cell.listener = undefined;
  return heard;
}
