import type { SignalView } from '#contract/cell-view.ts';
import { CHARACTERISTICS } from '#simulator/plant/parts/characteristics.ts';
import type { CellSession } from '../../live/cell-session.ts';
import type { Tape } from '../../live/tape.ts';
import type { Range } from '../../live/use-tape.ts';
import { placeAt, valueAt } from './chart-data.ts';

/** A value and the plant instant for which it stands, ms since 1970. */
export interface Point {
  readonly tMs: number;
  readonly value: number;
}

/** How points are taken of a signal: its value at each part that the station has done, or each so many seconds. */
export type Taking = 'parts' | number;

/** The signal that counts the parts of a station, if it has one. */
export function counterOf(session: CellSession, { station }: SignalView): string | undefined {
  return session.findSignal(`${station}.Counter.Parts`)?.path;
}

/** Points of a window, oldest first. What was bad is left out. */
export function pointsOf(tape: Tape, path: string, taking: Taking, counter: string | undefined, range: Range): Point[] {
  return taking === 'parts' ? partsOf(tape, path, counter, range) : gridOf(tape, path, taking * 1000, range);
}

function partsOf(tape: Tape, path: string, counter: string | undefined, { fromMs, toMs }: Range): Point[] {
  const counted = counter === undefined ? undefined : tape.strips.get(counter);
  if (!counted) return [];
  return counted.tMs.flatMap((tMs, k) => {
    if (k === 0 || tMs < fromMs || tMs > toMs || counted.values[k] <= counted.values[k - 1]) return [];
    const value = valueAt(tape, path, tMs);
    return value === undefined || Number.isNaN(value) ? [] : [{ tMs, value }];
  });
}

/** At whole multiples of `everyMs`. */
function gridOf(tape: Tape, path: string, everyMs: number, { fromMs, toMs }: Range): Point[] {
  const strip = tape.strips.get(path);
  if (!strip || strip.tMs.length === 0) return [];
  const points: Point[] = [];
  const first = Math.max(fromMs, strip.tMs[0]);
  let place = placeAt(strip, first);
  for (let tMs = Math.ceil(first / everyMs) * everyMs; tMs <= toMs; tMs += everyMs) {
    while (place + 1 < strip.tMs.length && strip.tMs[place + 1] <= tMs) place += 1;
    const value = strip.values[place];
    if (!Number.isNaN(value)) points.push({ tMs, value });
  }
  return points;
}

/** Specification limits that the drawing of the product gives for a signal, in its unit. */
export function specificationOf(session: CellSession, { path, station }: SignalView) {
  const type = session.findStation(station)?.type;
  const name = path.slice(station.length + 1);
  const found = CHARACTERISTICS.find((each) => each.stationType === type && each.signal === name);
  return { lower: found?.lower, upper: found?.upper };
}
