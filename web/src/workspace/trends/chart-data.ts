import type { SignalView } from '#contract/cell-view.ts';
import { Quality } from '../../live/quality.ts';
import type { Strip, Tape } from '../../live/tape.ts';
import type { Range } from '../../live/use-tape.ts';
import uPlot from 'uplot';

/** An earlier window that is laid over the shown one. */
export interface Earlier {
  readonly tape: Tape;
  /** So much earlier, ms. */
  readonly byMs: number;
}

/**
 * The strips of some signals on one axis of seconds since 1970, each held to the end of what is known; those of an earlier
 * window after them. Bad samples are null, which is a gap.
 */
export function chartData(
  tape: Tape,
  signals: readonly SignalView[],
  untilMs: number,
  earlier?: Earlier,
): uPlot.AlignedData {
  const tables = signals.map(({ path }) => tableOf(tape.strips.get(path), 0, untilMs));
  if (earlier) tables.push(...signals.map(({ path }) => tableOf(earlier.tape.strips.get(path), earlier.byMs, untilMs)));
  return tables.length === 1 ? tables[0] : uPlot.join(tables);
}

function tableOf(strip: Strip | undefined, byMs: number, untilMs: number): [number[], (number | null)[]] {
  if (!strip || strip.tMs.length === 0) return [[], []];
  const seconds = strip.tMs.map((ms) => (ms + byMs) / 1000);
  const values = strip.values.map((value) => (Number.isNaN(value) ? null : value));
  if (untilMs > strip.tMs.at(-1)! + byMs) {
    seconds.push(untilMs / 1000);
    values.push(values.at(-1)!);
  }
  return [seconds, values];
}

/** Place of the sample that held at an instant; -1 before the first. */
export function placeAt({ tMs }: Strip, ms: number): number {
  let low = 0;
  let high = tMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tMs[middle] <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The value that a signal had at an instant; undefined before the first sample, NaN if it was bad. */
export function valueAt(tape: Tape, path: string, ms: number): number | undefined {
  const strip = tape.strips.get(path);
  return strip?.values[placeAt(strip, ms)];
}

export function qualityAt(tape: Tape, path: string, ms: number): Quality {
  const strip = tape.strips.get(path);
  return strip?.quality?.[placeAt(strip, ms)] ?? Quality.Good;
}

export interface Doubt extends Range {
  readonly quality: Quality;
}

/** Stretches of a window in which a signal was not Good, oldest first. */
export function doubtsOf(strip: Strip | undefined, { fromMs, toMs }: Range): Doubt[] {
  const found: Doubt[] = [];
  if (!strip?.quality) return found;
  for (const [k, quality] of strip.quality.entries()) {
    const [begin, end] = [Math.max(strip.tMs[k], fromMs), Math.min(strip.tMs[k + 1] ?? toMs, toMs)];
    if (quality === Quality.Good || end <= begin) continue;
    const last = found.at(-1);
    if (last?.quality === quality && last.toMs >= begin) found[found.length - 1] = { ...last, toMs: end };
    else found.push({ quality, fromMs: begin, toMs: end });
  }
  return found;
}

/** Lowest, highest and mean over time of a window, of what was not bad; undefined if nothing was. */
export function summaryOf(strip: Strip | undefined, { fromMs, toMs }: Range) {
  if (!strip) return undefined;
  let [low, high, sum, lastedMs] = [Infinity, -Infinity, 0, 0];
  for (let k = Math.max(0, placeAt(strip, fromMs)); k < strip.tMs.length && strip.tMs[k] <= toMs; k++) {
    const value = strip.values[k];
    if (Number.isNaN(value)) continue;
    const ms = Math.min(strip.tMs[k + 1] ?? toMs, toMs) - Math.max(strip.tMs[k], fromMs);
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    sum += value * Math.max(0, ms);
    lastedMs += Math.max(0, ms);
  }
  return low === Infinity ? undefined : { low, high, mean: lastedMs > 0 ? sum / lastedMs : low };
}
