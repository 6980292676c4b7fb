import type { WhatIfDifference, WhatIfEstimate, WhatIfResult } from '#contract/what-if.ts';

type ResultVariant = WhatIfResult['variants'][number];

/** What an interval of a difference says. */
export type Verdict = 'higher' | 'lower' | 'open' | 'same' | 'unknown';

export function verdictOf({ isSame, low, high }: WhatIfDifference): Verdict {
  if (isSame) return 'same';
  if (low === undefined || high === undefined) return 'unknown';
  if (low > 0) return 'higher';
  return high < 0 ? 'lower' : 'open';
}

/** Decimals that show two digits of an uncertainty, as the GUM (JCGM 100:2008, 7.2.6) has it. */
export function decimalsFor(uncertainty: number | undefined, fallback: number): number {
  if (uncertainty === undefined || !(uncertainty > 0)) return fallback;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(uncertainty))));
}

/** An interval in per cent of the mean of the first variant; undefined where that is 0. */
export interface Share {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

export function shareOf(difference: WhatIfDifference, base: WhatIfEstimate | undefined): Share | undefined {
  const { low, mean, high, isSame } = difference;
  if (isSame) return { low: 0, mean: 0, high: 0 };
  if (base === undefined || base.mean === 0 || low === undefined || high === undefined) return undefined;
  const percent = (value: number) => (100 * value) / Math.abs(base.mean);
  return { low: percent(low), mean: percent(mean), high: percent(high) };
}

/** Intervals that reach so many times as far as the middle one are cut off, so that the others can be read. */
const FAR = 6;

/** How far the axis for the intervals of a variant reaches on both sides, in per cent: a number that divides well. */
export function reachOf({ means }: ResultVariant, { differences = {} }: ResultVariant): number {
  const reaches = Object.entries(differences)
    .map(([name, each]) => shareOf(each, means[name]))
    .flatMap((share) => (share ? [Math.max(Math.abs(share.low), Math.abs(share.high))] : []))
    .filter((reach) => reach > 0)
    .sort((a, b) => a - b);
  if (reaches.length === 0) return 1;
  const middle = reaches[reaches.length >> 1];
  return nice(Math.max(...reaches.filter((reach) => reach <= FAR * middle)));
}

/** The next of 1, 2, 5, 10 ... that is not smaller. */
function nice(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * ([1, 2, 5, 10].find((step) => step * decade >= value * 0.999) ?? 10);
}
