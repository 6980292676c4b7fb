import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunUntilRequest } from '#contract/clock.ts';
import { AppError } from '#server/errors.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { clock, seconds } from '#simulator/kernel/time.ts';

/** Where a hurrying cell stops at the latest, and the event that may stop it earlier. */
export interface HurryTarget {
  readonly atUs: number;
  readonly event?: string;
  missed(): AppError;
}

const SLICE_MS = 8;
const STRIDE_US = seconds(30);

/** Reads a request; a plant time beyond `limitUs`, the present of the wall, means the present. */
export function targetOf(request: RunUntilRequest, { now }: Cell, limitUs: number): HurryTarget {
  const asked = 'simUs' in request ? request.simUs : now + seconds(request.withinS);
  if (asked < now) {
    const message = `${clock(asked)} is past: it is already ${clock(now)}.`;
    throw new AppError('already_past', message, 'Ask for a later time, or look back with history.', 409);
  }
  const atUs = Math.max(now, Math.min(asked, limitUs));
  if ('simUs' in request) return { atUs, missed: () => new AppError('interrupted', 'Interrupted.', 'Ask again.', 409) };
  const { event } = request;
  const message = `${event} did not come until ${clock(atUs)}.`;
  return { atUs, event, missed: () => new AppError('event_did_not_come', message, 'Wait longer.', 409) };
}

/**
 * Runs the cell to its target in slices of a few milliseconds. After each it calls `goOn`, then lets others work. An
 * event stops the cell at the very instant at which it happens. False if the awaited event did not come.
 */
export async function hurry(
  cell: Cell,
  { atUs, event }: HurryTarget,
  heard: readonly Happening[],
  goOn: () => boolean,
): Promise<boolean> {
  for (;;) {
    const came = event === undefined ? stride(cell, atUs) : strideToEvent(cell, atUs, event, heard);
    if (!goOn()) return came;
    if (came || cell.now >= atUs) return came || event === undefined;
    await nextTurn();
  }
}

function stride(cell: Cell, atUs: number): boolean {
  const endMs = performance.now() + SLICE_MS;
  while (cell.now < atUs && performance.now() < endMs) cell.runUntil(Math.min(atUs, cell.now + STRIDE_US));
  return cell.now >= atUs;
}

function strideToEvent(cell: Cell, atUs: number, event: string, heard: readonly Happening[]): boolean {
  const endMs = performance.now() + SLICE_MS;
  while (cell.now < atUs && performance.now() < endMs) {
    const before = heard.length;
    cell.runUntil(Math.min(atUs, Math.max(cell.nextUs, cell.now)));
    for (let n = before; n < heard.length; n++) if (heard[n].event === event) return true;
  }
  return false;
}
