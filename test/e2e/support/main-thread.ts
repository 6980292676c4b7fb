import type { Page } from 'playwright-core';
import type { BrowserForTest } from '#test/support/browser.ts';
import type { ServerForTest } from '#test/support/start-server.ts';
import type { Figure } from './figure.ts';
import { hide } from './hide.ts';
import { tryIt } from './try-it.ts';

const VIEWER = { language: 'en', theme: 'light', width: 1440, height: 900, reducedMotion: true } as const;
const SETTLE_MS = 6_000;
/** At two updates a second, as with reduced motion. */
const BUDGET = 25;
const VIEWS = ['schematic', 'scene', 'trends', 'mqtt', 'alarms'] as const;
export const MAIN_THREAD_PARTS: readonly string[] = [...VIEWS, 'hidden', 'stands'];

/**
 * Ms of work of the main thread in each second, for views of a line that runs, behind another tab (`hidden`), and of a line
 * that `stands`; those of the asked parts.
 */
export async function* mainThreadLoads(
  browser: BrowserForTest,
  server: ServerForTest,
  seconds: number,
  parts: readonly string[],
): AsyncGenerator<Figure> {
  const { page, close } = await browser.visit(VIEWER);
  const headers = { origin: server.pageUrl };
  const unit = 'ms/s';
  const cell = await tryIt(page, server.pageUrl);
  for (const view of VIEWS.filter((name) => parts.includes(name))) {
    await open(page, server.pageUrl, view);
    if (view === 'mqtt') await followStations(page);
    yield { name: `main thread, ${view}`, value: await load(page, seconds), budget: BUDGET, unit };
  }
  if (parts.includes('hidden')) {
    // In a browser window of its own: the engine still clears away the pages before this one. What a view left going would
    // go on behind another tab.
    const { page: hidden, close: leave } = await browser.visit(VIEWER);
    await tryIt(hidden, server.pageUrl);
    await open(hidden, server.pageUrl, 'schematic');
    for (const view of [...VIEWS.slice(1), VIEWS[0]]) {
      await hidden.locator(`.tab-list [data-key="${view}"]`).click();
      await hidden.locator('.tab-panel .loading').waitFor({ state: 'detached' });
    }
    await hide(hidden, true);
    yield { name: 'main thread, hidden tab', value: await load(hidden, seconds), budget: 1, unit };
    await leave();
  }
  if (parts.includes('stands')) {
    await page.request.post(`${server.pageUrl}/api/cells/${cell}/speed`, { headers, data: { paused: true } });
    for (const view of VIEWS) {
      await open(page, server.pageUrl, view);
      yield { name: `main thread, ${view} of a line that stands`, value: await load(page, seconds), budget: 5, unit };
    }
  }
  await close();
}

async function open(page: Page, pageUrl: string, view: string): Promise<void> {
  await page.goto(`${pageUrl}/workspace?view=${view}`);
  await page.locator('.top .chip.ok').waitFor();
}

/** All that the stations say, each at most twice a second. */
async function followStations(page: Page): Promise<void> {
  await page.locator('.mqtt .add-node input').fill('nordpump/halmstad/pumps/line1/+');
  await page.locator('.mqtt .add-node [type=submit]').click();
  await page.locator('.topics .signal-name').first().waitFor();
}

/** Ms of work in each second, over some seconds, after the page has come to rest and what was there before it is forgotten. */
async function load(page: Page, seconds: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  await page.waitForTimeout(SETTLE_MS);
  await devtools.send('HeapProfiler.collectGarbage');
  const before = await taken();
  await page.waitForTimeout(seconds * 1000);
  const after = await taken();
  await devtools.detach();
  return ((after.TaskDuration - before.TaskDuration) * 1000) / seconds;
}
