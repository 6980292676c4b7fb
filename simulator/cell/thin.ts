/** A sample is seen as one of these; two arrays of one length, times rising. */
export interface Curve {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/**
 * Places of the samples that a curve needs to look the same when each stretch of time is one pixel wide: of every stretch
 * the first, the lowest, the highest and the last (M4: Jugel et al., VLDB 2014), and both sides of `isSeam`. Stretches lie
 * at whole multiples of their length, so that thinning again changes nothing. NaN is neither lowest nor highest.
 */
export function keptPlaces(
  { times, values }: Curve,
  stretch: number,
  isSeam: (place: number) => boolean = () => false,
): number[] {
  const kept: number[] = [];
  const keep = (places: readonly number[]) => {
    for (const place of [...places].sort((a, b) => a - b)) if (place > (kept.at(-1) ?? -1)) kept.push(place);
  };
  for (let first = 0; first < times.length;) {
    const end = (Math.floor(times[first] / stretch) + 1) * stretch;
    let [low, high, last] = [first, first, first];
    const seams: number[] = [];
    for (let k = first; k < times.length && times[k] < end; k++) {
      if (!(values[k] >= values[low])) low = Number.isNaN(values[k]) ? low : k;
      if (!(values[k] <= values[high])) high = Number.isNaN(values[k]) ? high : k;
      if (k > 0 && isSeam(k)) seams.push(k - 1, k);
      last = k;
    }
    keep([first, low, high, last, ...seams]);
    first = last + 1;
  }
  return kept;
}
