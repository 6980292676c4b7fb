import { Refusal } from '#simulator/kernel/refusal.ts';
import { clock } from '#simulator/kernel/time.ts';
import type { Cell } from './cell.ts';

/** From after `fromUs` up to and including `toUs`, in microseconds of plant time. */
export interface PastWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Nobody is told of what has not happened yet. */
export function refuseFuture(cell: Cell, { fromUs, toUs }: PastWindow): void {
  if (fromUs >= 0 && fromUs < toUs && toUs <= cell.now) return;
  throw new Refusal(
    `There is no time from ${fromUs} to ${toUs} us to look back on.`,
    `Give a window between 0 and ${cell.now} us, which is ${clock(cell.now)}.`,
    'out_of_range',
  );
}
