import type { Model } from '#simulator/cell/model.ts';
import { type ForkedFigures, runForks } from '#simulator/cell/what-if.ts';
import type { Life, WhatIfOrder } from './job.ts';
import { relive } from './relive.ts';

/** What comes of some forks of the present line. It is lived again once, and then forked. */
export function whatIfJob(model: Model, life: Life, { range, ...whatIf }: WhatIfOrder): ForkedFigures {
  const cell = relive(model, life);
  cell.runUntil(life.nowUs);
  return runForks(cell, whatIf, range);
}
