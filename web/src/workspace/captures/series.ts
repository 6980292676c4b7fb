/** One quantity over another, ready to be drawn and read off. */
export interface Series {
  readonly xName: string;
  readonly xUnit: string;
  readonly yName: string;
  readonly yUnit: string;
  /** Rising. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Places of the lowest and the highest value. */
export function extremes(y: readonly number[]): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0];
  for (let k = 1; k < y.length; k++) {
    if (y[k] < y[low]) low = k;
    if (y[k] > y[high]) high = k;
  }
  return { low, high };
}

/** So many of the highest lines that stand above both neighbours, highest first; no two within `apart` of each other. */
export function peaks(y: readonly number[], count: number, apart = 3): number[] {
  const tops = y.flatMap((value, k) => (k > 0 && value > y[k - 1] && value >= (y[k + 1] ?? 0) ? [k] : []));
  const found: number[] = [];
  for (const top of tops.sort((a, b) => y[b] - y[a])) {
    if (found.length === count) break;
    if (found.every((other) => Math.abs(other - top) > apart)) found.push(top);
  }
  return found;
}

/** About three figures, whatever the size. */
export function figures(value: number): number {
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
}
