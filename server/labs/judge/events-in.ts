import { fitsGlob } from '#contract/glob.ts';
import type { PlantWindow } from '#contract/facts.ts';
import type { Happening } from '#simulator/kernel/journal.ts';

/** What of all that happened, oldest first, has a name and lies in a window. There are few names and many happenings. */
export function eventsIn(all: readonly Happening[], glob: string, { fromUs, toUs }: PlantWindow): Happening[] {
  const fits = new Map<string, boolean>();
  const isName = !glob.includes('*');
  const found: Happening[] = [];
  for (let k = firstFrom(all, fromUs); k < all.length && all[k].t <= toUs; k++) {
    const { event } = all[k];
    let isIt = isName ? event === glob : fits.get(event);
    if (isIt === undefined) fits.set(event, (isIt = fitsGlob(event, glob)));
    if (isIt) found.push(all[k]);
  }
  return found;
}

/** The place of the first at or after t; the length if there is none. */
function firstFrom(all: readonly Happening[], t: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].t < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
