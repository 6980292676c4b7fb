import { join } from 'node:path';
import { Definitions } from '#server/cells/definitions.ts';
import type { WhatIfOrder } from '#server/jobs/job.ts';
import { WorkerPool } from '#server/jobs/worker-pool.ts';
import { projectRoot } from '#server/project-root.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { estimateForks } from '#simulator/cell/what-if-estimates.ts';
import type { FigureName } from '#simulator/cell/what-if-figures.ts';
import { type Change, runForks, type Variant } from '#simulator/cell/what-if.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { median, type Row } from './measure.ts';

const WORKERS = 2;
const FORKS = 32;
const ROUNDS = 5;
const START = 8 * HOUR;
const asItIs: Variant = { name: 'As it is', changes: [] };
const beltSpeed: Change = { target: 'ST02.Belt.Speed', value: 0.3 };

/** Changes of a parameter that a line is run with, and the figure that the ratio is told for. */
const CHANGES: readonly (readonly [name: string, change: Change, figure: FigureName])[] = [
  ['beltSpeed', beltSpeed, 'throughputPerHour'],
  ['bufferBeforeMill', { target: 'ST02.Zone.ST03.Limit', value: 7 }, 'leadTimeMin'],
  ['millFeed', { target: 'ST03.Program.Feed', value: 110 }, 'throughputPerHour'],
  ['leakLimit', { target: 'ST07.Leak.Limit', value: 2 }, 'scrapRate'],
];

/**
 * What a what-if costs: 32 forks of 5 h of the pump line in a pool of two workers, by the wall, of the line as it is and
 * compared with a change; the first time includes loading the workers. And how many times smaller common random numbers
 * make the variance of a difference.
 */
export async function benchWhatIf(): Promise<Row[]> {
  const definitions = new Definitions(join(projectRoot(), 'labs/cells'));
  const { hash, json, model } = definitions.patched('pump-line');
  const cell = createCell(model, { seed: 7 });
  cell.runUntil(START);
  const life = {
    ...{ definition: hash, seed: '0000000000000007', scenario: [], log: [], nowUs: START },
    checkpoint: cell.checkpoint(),
  };
  const pool = new WorkerPool({ workers: WORKERS, budgetMs: 60_000, definition: async () => json });
  const order = (...variants: Variant[]): WhatIfOrder => ({
    ...{ variants, hours: 5, commonNumbers: true, luck: [2026, 11] },
    range: { first: 0, count: FORKS },
  });
  const time = async (request: WhatIfOrder) => {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    await pool.run('bench', 'whatIf', { life, request });
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
  };
  const rounds = async (request: WhatIfOrder) => {
    for (let k = 0; k < ROUNDS; k++) await time(request);
    const timed = [];
    for (let k = 0; k < ROUNDS; k++) timed.push(await time(request));
    return { ms: median(timed.map((one) => one.wallMs)), cpuMs: median(timed.map((one) => one.cpuMs)) };
  };
  try {
    const compared = order(asItIs, { name: 'Faster belt', changes: [beltSpeed] });
    const first = await time(compared);
    const [alone, both] = [await rounds(order(asItIs)), await rounds(compared)];
    return [
      { measure: 'whatIf32x5h.ms', value: alone.ms, unit: 'ms' },
      { measure: 'whatIf32x5h.comparedMs', value: both.ms, unit: 'ms' },
      { measure: 'whatIf32x5h.firstMs', value: first.wallMs, unit: 'ms' },
      { measure: 'whatIf32x5h.cpuMs', value: alone.cpuMs, unit: 'ms' },
      { measure: 'whatIf.fork5h.cpuMs', value: both.cpuMs / (2 * FORKS), unit: 'ms' },
      ...ratios(),
    ];
  } finally {
    await pool.close();
  }

  function ratios(): Row[] {
    const variants = [asItIs, ...CHANGES.map(([name, change]) => ({ name, changes: [change] }))];
    const { range, ...whatIf } = order(...variants);
    const [, ...estimates] = estimateForks(runForks(cell, whatIf, range));
    const rows = CHANGES.map(([name, , figure], k) => ({
      measure: `crn.${name}.${figure}`,
      value: estimates[k].differences?.[figure]?.gain ?? NaN,
      unit: '1',
    }));
    return [{ ...rows[0], measure: 'crn.varianceRatio' }, ...rows];
  }
}
