/**
 * A tab that stays open for a day must not grow: `npm run proof:tab`, or with `-- --scene`. The line, the server's
 * wall clock and the page go on together in steps of half a minute; messages and answers are real. What is due in the page
 * more than once in a step is done once, as in a browser that was busy; with `--every-timer` all of it is, which takes much
 * longer. Every hour another view is opened and left again. What counts is what is left after garbage was collected,
 * always in the same view: bytes of what scripts hold, nodes, also those that left the page, and listeners that an event
 * can reach. A round opens each view once, one an hour. The last round stands against the second one: in the first, windows
 * and caches fill and views load. Of a round the median counts, since an answer may be on its way, or a button be away for
 * a moment. Listeners may not become more at all. It takes about 4 minutes.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { median } from '#server/bench/measure.ts';
import { openBrowser } from '#test/support/browser.ts';
import { startServer } from '#test/support/start-server.ts';
import { bytesOfObjects } from './heap-objects.ts';
import { standingListeners } from './standing-listeners.ts';

const STEP_MS = 30_000;
const STEPS_AN_HOUR = 3_600_000 / STEP_MS;
/** What may come of noise; a listener stands or does not. */
const MOST_GROWTH = { bytes: 0.02, nodes: 0.02, listeners: 0 } as const;
type Sample = Record<keyof typeof MOST_GROWTH, number>;

const TRENDS = 'trends=ST03.Spindle.Load,ST03.Spindle.Temperature,ST07.Oil.Temperature,ST03.State.Current';
const { values: asked } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    scene: { type: 'boolean', default: false },
    'every-timer': { type: 'boolean', default: false },
  },
});
const hours = Number(asked.hours);
/** The scene draws in software where there is no graphics card, and takes the processor from all else. */
const views = [
  'schematic',
  'opcua',
  'mqtt',
  'data',
  'rules',
  'alarms',
  'configuration',
  ...(asked.scene ? ['scene'] : []),
];
const round = views.length;
if (!(hours >= 3 * round)) throw new Error(`Give --hours ${3 * round} or more: three rounds through ${round} views.`);

let aheadMs = 0;
const server = await startServer({ now: () => Date.now() + aheadMs });
const browser = await openBrowser();
const { page, complaints } = await browser.visit({ language: 'en', theme: 'light', width: 1440, height: 900 });
page.setDefaultTimeout(60_000);
let isGrowing = false;
try {
  await page.request.post(`${server.pageUrl}/api/try`, { headers: { origin: server.pageUrl } });
  await page.clock.install();
  await page.goto(`${server.pageUrl}/workspace?view=trends&${TRENDS}`);
  await page.locator('.top .chip.ok').waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  const samples: Sample[] = [];
  for (let hour = 1; hour <= hours; hour++) {
    await pass(page, STEPS_AN_HOUR / 2);
    await look(page, views[hour % views.length]);
    await pass(page, STEPS_AN_HOUR / 2);
    const sample = await measure(devtools);
    samples.push(sample);
    console.log(`${String(hour).padStart(2)} h  ${told(sample)}`);
  }
  for (const name of Object.keys(MOST_GROWTH) as (keyof Sample)[]) {
    const [first, last] = [samples.slice(round, 2 * round), samples.slice(-round)].map((some) =>
      median(some.map((one) => one[name])),
    );
    const growth = last / first - 1;
    const isTooMuch = growth > MOST_GROWTH[name];
    isGrowing ||= isTooMuch;
    console.log(`${name}: ${percent(growth)}, at most ${percent(MOST_GROWTH[name])}${isTooMuch ? '  GROWS' : ''}`);
  }
} finally {
  await browser.close();
  await server.close();
}
if (complaints.length > 0) console.log(`the page complained ${complaints.length} times, first: ${complaints[0]}`);
process.exitCode = isGrowing || complaints.length > 0 ? 1 : 0;

/** Time goes on for the line and for the page. */
async function pass(there: Page, steps: number): Promise<void> {
  for (let k = 0; k < steps; k++) {
    aheadMs += STEP_MS;
    await (asked['every-timer'] ? there.clock.runFor(STEP_MS) : there.clock.fastForward(STEP_MS));
    // What the server sent meanwhile is read, and what was asked of it is answered, before time goes on.
    await there.evaluate(() => fetch('/api/healthz').then((answer) => answer.text()));
  }
}

/** Opens another view for a minute and comes back. */
async function look(there: Page, view: string): Promise<void> {
  for (const next of [view, 'trends']) {
    await there.locator(`.tab-list [data-key="${next}"]`).click();
    await pass(there, 2);
  }
  await there.locator('.trends-main').waitFor();
}

async function measure(devtools: CDPSession): Promise<Sample> {
  for (let k = 0; k < 3; k++) await devtools.send('HeapProfiler.collectGarbage');
  const bytes = await bytesOfObjects(devtools);
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  return { bytes, nodes, listeners: await standingListeners(devtools) };
}

function told({ bytes, nodes, listeners }: Sample): string {
  return `${(bytes / 1e6).toFixed(2)} MB of objects, ${nodes} nodes, ${listeners} listeners`;
}

function percent(share: number): string {
  return `${share < 0 ? '' : '+'}${(share * 100).toFixed(1)} %`;
}
