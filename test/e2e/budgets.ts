/**
 * What the workspace costs in bytes, time and drawing, as figures beside their budgets, never a verdict: `npm run budgets`,
 * or some of its parts, `npm run budgets -- load --rounds 5` or `npm run budgets -- scene mqtt hidden stands --seconds 20`.
 * For `load` the line and the processor are made slow as in a classroom, and of several rounds the least time counts, since
 * whatever else runs on this machine only adds to it.
 */
import { parseArgs } from 'node:util';
import { openBrowser } from '#test/support/browser.ts';
import { startServer } from '#test/support/start-server.ts';
import { downloadSizes } from './support/download-sizes.ts';
import { drawCalls } from './support/draw-calls.ts';
import type { Figure } from './support/figure.ts';
import { loadTimes } from './support/load-times.ts';
import { MAIN_THREAD_PARTS, mainThreadLoads } from './support/main-thread.ts';

const PARTS = ['sizes', 'load', 'draws', ...MAIN_THREAD_PARTS];
const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '20' } },
});

const unknown = positionals.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}. The parts are ${PARTS.join(', ')}.`);
const parts = positionals.length > 0 ? positionals : PARTS;

function show({ name, value, budget, unit }: Figure): void {
  const allowed = budget === undefined ? '' : `of ${budget} ${unit}${value > budget ? '   OVER' : ''}`;
  console.log(`${name.padEnd(58)} ${value.toFixed(value < 100 ? 1 : 0).padStart(7)} ${unit} ${allowed}`);
}

const server = await startServer({ workers: 2 });
const browser = await openBrowser();
try {
  if (parts.includes('sizes')) downloadSizes().figures.forEach(show);
  if (parts.includes('load')) for await (const figure of loadTimes(browser, server, Number(asked.rounds))) show(figure);
  if (parts.includes('draws')) for await (const figure of drawCalls(browser, server)) show(figure);
  for await (const figure of mainThreadLoads(browser, server, Number(asked.seconds), parts)) show(figure);
} finally {
  await browser.close();
  await server.close();
}
