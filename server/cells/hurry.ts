import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunUntilRequest } from '#contract/clock.ts';
import { AppError } from '#server/errors.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { clock, seconds } from '#simulator/kernel/time.ts';

/** Where a hurrying cell stops at the latest, and the event that may stop it earlier. */
export interface HurryTarget {
  readonly atUs: number;
  readonly stopsAt?: (happening: Happening) => boolean;
  missed(): AppError;
}

const SLICE_MS = 8;
const STRIDE_US = seconds(30);

/** Reads a request; a plant time beyond `limitUs`, the present of the wall, means the present. */
export function targetOf(request: RunUntilRequest, cell: Cell, limitUs: number): HurryTarget {
  const { now } = cell;
  const asked = askedUs(request, cell);
  if (asked < now) {
    const message = `${clock(asked)} is past: it is already ${clock(now)}.`;
    throw new AppError('already_past', message, 'Ask for a later time, or look back with history.', 409);
  }
  const atUs = Math.max(now, Math.min(asked, limitUs));
  if (!('event' in request))
    return { atUs, missed: () => new AppError('interrupted', 'Interrupted.', 'Ask again.', 409) };
  const { event } = request;
  const message = `${event} did not come until ${clock(atUs)}.`;
  return {
    atUs,
    stopsAt: (happening) => happening.event === event,
    missed: () => new AppError('event_did_not_come', message, 'Wait longer.', 409),
  };
}

/**
 * Runs the cell to its target in slices of a few milliseconds. After each it calls `goOn`, then lets others work. An
 * event stops the cell at the very instant at which it happens. False if the awaited event did not come.
 */
export async function hurry(
  cell: Cell,
  { atUs, stopsAt }: HurryTarget,
  heard: readonly Happening[],
  goOn: () => boolean,
): Promise<boolean> {
  for (;;) {
    const came = stopsAt === undefined ? stride(cell, atUs) : strideToEvent(cell, atUs, stopsAt, heard);
    if (!goOn()) return came;
    if (came || cell.now >= atUs) return came || stopsAt === undefined;
    await nextTurn();
  }
}

function stride(cell: Cell, atUs: number): boolean {
  const endMs = performance.now() + SLICE_MS;
  while (cell.now < atUs && performance.now() < endMs) cell.runUntil(Math.min(atUs, cell.now + STRIDE_US));
  return cell.now >= atUs;
}

function strideToEvent(
  cell: Cell,
  atUs: number,
  stopsAt: NonNullable<HurryTarget['stopsAt']>,
  heard: readonly Happening[],
): boolean {
  const endMs = performance.now() + SLICE_MS;
  while (cell.now < atUs && performance.now() < endMs) {
    if (nextEvent(cell, atUs, heard).some(stopsAt)) return true;
  }
  return false;
}

/** Goes to the next event of the plant, or to a time if that comes first; what happened then. */
export function nextEvent(cell: Cell, atUs: number, heard: readonly Happening[]): readonly Happening[] {
  const before = heard.length;
  cell.runUntil(Math.min(atUs, Math.max(cell.nextUs, cell.now)));
  return heard.length > before ? heard.slice(before) : [];
}

const REMAINING = /^[^.]+\.Shift\.Remaining$/;

function askedUs(request: RunUntilRequest, cell: Cell): number {
  if ('simUs' in request) return request.simUs;
  if ('withinS' in request) return cell.now + seconds(request.withinS);
  const remaining = cell.model.signals.find(({ path }) => REMAINING.test(path));
  if (remaining) return cell.now + seconds(cell.read(remaining.path));
  throw new AppError('no_shifts', 'This line has no shifts.', 'Run until a time or an event.', 409);
}
