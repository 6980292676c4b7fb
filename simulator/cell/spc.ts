/**
 * Control charts by Shewhart (ISO 7870-2; Montgomery, Introduction to Statistical Quality Control, 2013, chapter 6). Pure
 * functions of measured values, in whatever unit these have.
 */

/** Of the range of n normal values in standard deviations: its mean and its own standard deviation. */
interface RangeConstants {
  readonly d2: number;
  readonly d3: number;
}

/** By n, from the integrals of Tippett (1925) and Harter (1960). */
const RANGES: Readonly<Record<number, RangeConstants>> = {
  2: { d2: 1.12838, d3: 0.8525 },
  3: { d2: 1.69257, d3: 0.88837 },
  4: { d2: 2.05875, d3: 0.87981 },
  5: { d2: 2.32593, d3: 0.86408 },
  6: { d2: 2.53441, d3: 0.84804 },
  7: { d2: 2.70436, d3: 0.83321 },
  8: { d2: 2.8472, d3: 0.81983 },
  9: { d2: 2.97003, d3: 0.80783 },
  10: { d2: 3.07751, d3: 0.79705 },
};
/** Limits lie so many standard deviations from the centre. */
const WIDTH = 3;

/** Where a point of a chart is in control: from `lower` to `upper`, both included. */
export interface Limits {
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Chart {
  /** For the means of subgroups, or for the values themselves. */
  readonly location: Limits;
  /** For the ranges of subgroups, or for the moving ranges of two values. */
  readonly spread: Limits;
  /** Standard deviation within subgroups, estimated as mean range / d2. */
  readonly sigma: number;
}

/** Factors of the mean range for subgroups of n, 2 to 10. Throws a RangeError for another n. */
export function factors(
  n: number,
): RangeConstants & { readonly a2: number; readonly lower: number; readonly upper: number } {
  const found = RANGES[n];
  if (found === undefined)
    throw new RangeError(`There are no factors for subgroups of ${n}. Give 2 to 10 values each.`);
  const { d2, d3 } = found;
  const width = (WIDTH * d3) / d2;
  return { d2, d3, a2: WIDTH / (d2 * Math.sqrt(n)), lower: Math.max(0, 1 - width), upper: 1 + width };
}

/** X-bar and R chart. Throws a RangeError unless all subgroups have the same size, 2 to 10. */
export function xbarR(subgroups: readonly (readonly number[])[]): Chart {
  const n = subgroups[0]?.length ?? 0;
  const { a2, d2, lower, upper } = factors(n);
  if (subgroups.some(({ length }) => length !== n)) throw new RangeError(`Not all subgroups have ${n} values.`);
  const range = mean(subgroups.map(rangeOf));
  const centre = mean(subgroups.map(mean));
  return {
    location: { centre, lower: centre - a2 * range, upper: centre + a2 * range },
    spread: { centre: range, lower: lower * range, upper: upper * range },
    sigma: range / d2,
  };
}

/** Individuals and moving range chart. Throws a RangeError for less than two values. */
export function imr(values: readonly number[]): Chart {
  if (values.length < 2) throw new RangeError('One value has no moving range. Give two or more.');
  const { d2, lower, upper } = factors(2);
  const range = mean(values.slice(1).map((value, k) => Math.abs(value - values[k])));
  const sigma = range / d2;
  const centre = mean(values);
  return {
    location: { centre, lower: centre - WIDTH * sigma, upper: centre + WIDTH * sigma },
    spread: { centre: range, lower: lower * range, upper: upper * range },
    sigma,
  };
}

/** Limits of a process whose mean and standard deviation are known, for means of n values. */
export function knownLimits(centre: number, sigma: number, n = 1): Limits {
  const width = (WIDTH * sigma) / Math.sqrt(n);
  return { centre, lower: centre - width, upper: centre + width };
}

/** Which points are out of control, by their place. */
export const outside = (points: readonly number[], { lower, upper }: Limits): number[] =>
  points.flatMap((point, k) => (point < lower || point > upper ? [k] : []));

/** Consecutive values in subgroups of n; what is left over at the end is in none. */
export const subgroupsOf = (values: readonly number[], n: number): number[][] =>
  Array.from({ length: Math.floor(values.length / n) }, (_, k) => values.slice(k * n, (k + 1) * n));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
export const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
