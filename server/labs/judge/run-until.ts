import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';

/**
 * Runs a cell up to and including the instant at which `isIt` first says yes, or else up to `untilUs`. Gives all that
 * happened on the way, oldest first. It goes from event to event: to run on and come back with `restore` would cost the
 * cell its newest checkpoint.
 */
export function runUntilHappening(cell: Cell, untilUs: number, isIt: (happening: Happening) => boolean): Happening[] {
  const heard: Happening[] = [];
  let isFound = false;
  cell.listener = (happening) => {
    heard.push(happening);
    isFound ||= isIt(happening);
  };
  while (!isFound && cell.now < untilUs) cell.runUntil(Math.min(untilUs, cell.nextUs));
  cell.listener = undefined;
  return heard;
}
