import { randomInt } from 'node:crypto';
import type { WhatIfRequest, WhatIfResult, WhatIfStart } from '#contract/what-if.ts';
import { estimateForks } from '#simulator/cell/what-if-estimates.ts';
import { FIGURES } from '#simulator/cell/what-if-figures.ts';
import type { ForkedFigures } from '#simulator/cell/what-if.ts';
import type { LiveCell } from './live-cell.ts';

/** What the seeds of forks come from: new each time, and nothing to do with the seed of any line. */
export const freshLuck = (): readonly [high: number, low: number] => [randomInt(2 ** 32), randomInt(2 ** 32)];

/** The present values of what anyone may set. */
export function whatIfStart(live: LiveCell): WhatIfStart {
  const atUs = live.advance();
  // All cells of a model share one window; asking for a version slides it to this one.
  live.version(0);
  const parameters: Record<string, number | string> = {};
  for (const target of live.model.targets.values()) {
    const value = target.hidden || target.shape === undefined ? undefined : target.read?.();
    if (typeof value === 'string' || Number.isFinite(value)) parameters[target.path] = value as number | string;
  }
  return { atUs, parameters };
}

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
