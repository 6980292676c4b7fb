import { type Spectrum, spectrum } from '#simulator/plant/machining/spectrum.ts';
import { bearingOrders, SKF_6205 } from '#simulator/plant/machining/bearing.ts';
import type { Point } from './samples.ts';

const MOST_SAMPLES = 16_384;
export const LEAST_SAMPLES = 64;

/** Amplitudes of a sampled signal about its mean: of the newest power of two of points, so many seconds apart. */
export function spectrumOfPoints(points: readonly Point[], everyS: number, unit: string): Spectrum | undefined {
  const even = evenly(points, everyS * 1000);
  const length = Math.min(MOST_SAMPLES, 2 ** Math.floor(Math.log2(even.length)));
  if (length < LEAST_SAMPLES) return undefined;
  const newest = even.slice(-length);
  const mean = newest.reduce((sum, value) => sum + value, 0) / length;
  const samples = Float64Array.from(newest, (value) => value - mean);
  return spectrum({ kind: 'waveform', rateHz: 1 / everyS, unit, samples });
}

/** One value for each step: what was left out for its quality is as before. */
function evenly(points: readonly Point[], everyMs: number): number[] {
  const values: number[] = [];
  for (const { tMs, value } of points) {
    const place = Math.round((tMs - points[0].tMs) / everyMs);
    while (values.length < place) values.push(values.at(-1) ?? value);
    values.push(value);
  }
  return values;
}

export interface Order {
  readonly name: string;
  readonly hz: number;
}

const HARMONICS = 3;

/** The frequencies at which a bearing SKF 6205 of a shaft shows its damages, with their harmonics, and the shaft itself. */
export function bearingLines(shaftHz: number): Order[] {
  const { bpfo, bpfi, bsf, ftf } = bearingOrders(SKF_6205);
  const of = (name: string, order: number, count: number): Order[] =>
    Array.from({ length: count }, (_, k) => ({
      name: k === 0 ? name : `${k + 1}×${name}`,
      hz: (k + 1) * order * shaftHz,
    }));
  return [
    ...of('1×', 1, 1),
    ...of('FTF', ftf, 1),
    ...of('BPFO', bpfo, HARMONICS),
    ...of('BPFI', bpfi, HARMONICS),
    ...of('2×BSF', 2 * bsf, 1),
  ].sort((a, b) => a.hz - b.hz);
}
