import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { minutes } from '#simulator/kernel/time.ts';

/** So much is run at once. What is run too far is run again, so it is short beside the whole. */
const STRETCH_US = minutes(5);

/**
 * A cell that has run up to and including the instant at which `isIt` first says yes, or else up to `untilUs`, and all
 * that happened on the way, oldest first. The cell that is given is spent: it may have run too far, and then a copy of it
 * from before has gone the right way.
 */
export function runUntilHappening(
  cell: Cell,
  untilUs: number,
  isIt: (happening: Happening) => boolean,
): { readonly cell: Cell; readonly heard: Happening[] } {
  const heard: Happening[] = [];
  let foundUs: number | undefined;
  const listener = (happening: Happening): void => {
    if (foundUs !== undefined && happening.t > foundUs) return;
    heard.push(happening);
    if (foundUs === undefined && isIt(happening)) foundUs = happening.t;
  };
  while (cell.now < untilUs) {
    const before = cell.fork();
    cell.listener = listener;
    cell.runUntil(Math.min(untilUs, cell.now + STRETCH_US));
    cell.listener = undefined;
    if (foundUs === undefined) continue;
    before.runUntil(foundUs);
    return { cell: before, heard };
  }
  return { cell, heard };
}
