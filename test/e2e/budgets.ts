/**
 * What the workspace costs in time, as figures beside their budgets, never a verdict: `npm run budgets`, or
 * `npm run budgets -- --rounds 5 --seconds 20`. The line and the processor are made slow as in a classroom; of several rounds
 * the least time counts, since whatever else runs on this machine only adds to it.
 */
import { parseArgs } from 'node:util';
import { openBrowser } from '#test/support/browser.ts';
import { startServer } from '#test/support/start-server.ts';
import type { Figure } from './support/figure.ts';
import { loadTimes } from './support/load-times.ts';
import { mainThreadLoads } from './support/main-thread.ts';

const { values: asked } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '20' } },
});

function show({ name, value, budget, unit }: Figure): void {
  const allowed = budget === undefined ? '' : `of ${budget} ${unit}${value > budget ? '   OVER' : ''}`;
  console.log(`${name.padEnd(58)} ${value.toFixed(value < 100 ? 1 : 0).padStart(7)} ${unit} ${allowed}`);
}

const server = await startServer({ workers: 2 });
const browser = await openBrowser();
try {
  for await (const figure of loadTimes(browser, server, Number(asked.rounds))) show(figure);
  for await (const figure of mainThreadLoads(browser, server, Number(asked.seconds))) show(figure);
} finally {
  await browser.close();
  await server.close();
}
