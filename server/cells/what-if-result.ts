import { randomInt } from 'node:crypto';
import type { WhatIfRequest, WhatIfResult } from '#contract/what-if.ts';
import { estimateForks } from '#simulator/cell/what-if-estimates.ts';
import { FIGURES } from '#simulator/cell/what-if-figures.ts';
import type { ForkedFigures } from '#simulator/cell/what-if.ts';

/** What the seeds of forks come from: new each time, and nothing to do with the seed of any line. */
export const freshLuck = (): readonly [high: number, low: number] => [randomInt(2 ** 32), randomInt(2 ** 32)];

/** What all forks together say. */
export function whatIfResult({ variants, forks, commonNumbers }: WhatIfRequest, forked: ForkedFigures): WhatIfResult {
  const estimates = estimateForks(forked);
  return {
    ...forked.window,
    ...{ forks, commonNumbers },
    figures: FIGURES.map((figure) => ({ ...figure })),
    variants: variants.map((variant, place) => ({ ...variant, ...estimates[place] })),
  };
}
