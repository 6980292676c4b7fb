import type { SignalView } from '#contract/cell-view.ts';
import type { Tape } from '../../live/tape.ts';
import uPlot from 'uplot';

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The strips of some signals on one axis of seconds since 1970, each held to the end of what is known. */
export function chartData(tape: Tape, signals: readonly SignalView[], untilMs: number): uPlot.AlignedData {
  const tables = signals.map(({ path }): [number[], (number | null)[]] => {
    const strip = tape.strips.get(path);
    if (!strip || strip.tMs.length === 0) return [[], []];
    const seconds = strip.tMs.map((ms) => ms / 1000);
    const values = strip.values.map((value) => (Number.isNaN(value) ? null : value));
    if (untilMs > strip.tMs.at(-1)!) {
      seconds.push(untilMs / 1000);
      values.push(values.at(-1)!);
    }
    return [seconds, values];
  });
  return tables.length === 1 ? tables[0] : uPlot.join(tables);
}

/** The value that a signal had at an instant; undefined before the first sample. */
export function valueAt(tape: Tape, path: string, ms: number): number | undefined {
  const strip = tape.strips.get(path);
  if (!strip) return undefined;
  let low = 0;
  let high = strip.tMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (strip.tMs[middle] <= ms) low = middle + 1;
    else high = middle;
  }
  return strip.values[low - 1];
}
