/** How often something came out right. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

/** 0 to 1; 1 if nothing was tried. */
export const rateOf = ({ right, of }: Share): number => (of === 0 ? 1 : right / of);

/**
 * The largest share of failures that so many trials leave possible, with 95 % confidence: one-sided, exact (Clopper and
 * Pearson 1934). 20 of 20 still allow 13.9 %, 300 of 300 allow 1.0 %.
 */
export function failuresLeft({ right, of }: Share): number {
  const failures = of - right;
  if (of === 0 || failures >= of) return 1;
  let [low, high] = [failures / of, 1];
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2;
    if (atMost(failures, of, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The chance of `k` failures or fewer in `n` trials. */
function atMost(k: number, n: number, p: number): number {
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let j = 1; j <= k; j++) {
    term += Math.log((n - j + 1) / j) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(term);
  }
  return sum;
}

/** What chance alone may add to a share that was counted in so many cases: three standard errors. */
export const threeSigma = (share: number, cases: number): number =>
  3 * Math.sqrt((share * (1 - share)) / Math.max(1, cases));
