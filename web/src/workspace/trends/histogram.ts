/** Counts of values in bins of one width. */
export interface Histogram {
  readonly from: number;
  readonly width: number;
  readonly counts: readonly number[];
}

const MOST_BINS = 60;

/**
 * Bins by the rule of Freedman and Diaconis (1981), 2 IQR / n^(1/3), of a whole multiple of the resolution so that none is
 * richer only because more values can fall into it. At least the two limits of its values are covered.
 */
export function histogramOf(values: readonly number[], resolution: number): Histogram {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted.at(-1)!];
  const quartile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const wanted = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sorted.length);
  const least = Math.max((high - low) / MOST_BINS, resolution);
  const width = Math.max(1, Math.ceil(Math.max(wanted, least) / resolution - 1e-9)) * resolution;
  // Edges lie between two values that can be told apart.
  const from = Math.floor(low / width) * width - resolution / 2;
  const counts = Array.from({ length: Math.max(1, Math.ceil((high - from) / width)) }, () => 0);
  for (const value of sorted) counts[Math.min(counts.length - 1, Math.floor((value - from) / width))] += 1;
  return { from, width, counts };
}

/** Density of the normal distribution, per unit of x. */
export function normalDensity(x: number, mean: number, sigma: number): number {
  const z = (x - mean) / sigma;
  return Math.exp(-(z * z) / 2) / (sigma * Math.sqrt(2 * Math.PI));
}
