import type { Page } from 'playwright-core';
import type { BrowserForTest, Visit } from '#test/support/browser.ts';
import type { ServerForTest } from '#test/support/start-server.ts';
import type { Figure } from './figure.ts';
import { tryIt } from './try-it.ts';

/** 10 Mbit/s with the delay of a line within the country, and a processor of a quarter of this one's speed. */
const SLOW_LINE = { offline: false, latency: 20, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const SLOWER = 4;
const VIEWER = { language: 'en', theme: 'light', width: 1440, height: 900 } as const;

const SHELL_MS = 1500;
const SCENE_MS = 5000;

/** Times of first visits with an empty cache, the least of some rounds. */
export async function* loadTimes(
  browser: BrowserForTest,
  server: ServerForTest,
  rounds: number,
): AsyncGenerator<Figure> {
  const home: number[] = [];
  const shell: number[] = [];
  const scene: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    home.push(await inVisit(browser, (visit) => timeOf(visit, server.pageUrl, '.hero .btn.primary.big')));
    await inVisit(browser, async (visit) => {
      await tryAwake(visit, server.pageUrl);
      shell.push(await timeOf(visit, `${server.pageUrl}/workspace?view=scene`, '.desk .tab-list'));
      scene.push(await markOf(visit.page, 'scene-drawn'));
      longest.push(await visit.page.evaluate('Math.max(0, ...window.longTasks)'));
    });
  }
  const figure = (name: string, times: readonly number[], budget: number): Figure => ({
    ...{ name, value: Math.min(...times), budget, unit: 'ms' },
  });
  yield figure('first page visible, 10 Mbit/s and a quarter of the speed', home, SHELL_MS);
  yield figure('workspace visible, the same', shell, SHELL_MS);
  yield figure('3D drawn with the low preset, the same', scene, SCENE_MS);
  yield { name: 'longest task on the way there', value: Math.min(...longest), unit: 'ms' };
}

async function inVisit<T>(browser: BrowserForTest, work: (visit: Visit) => Promise<T>): Promise<T> {
  const visit = await browser.visit(VIEWER);
  try {
    return await work(visit);
  } finally {
    await visit.close();
  }
}

/** As a participant with a line that is awake, so that what is timed is the way to the screen. */
async function tryAwake({ page }: Visit, pageUrl: string): Promise<void> {
  await page.request.get(`${pageUrl}/api/cells/${await tryIt(page, pageUrl)}`);
}

/** Ms from the navigation until an element is painted, on the slow line. */
async function timeOf({ page }: Visit, url: string, selector: string): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript((wanted) => {
    // What is posted from a frame comes once it was painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark('painted');
    const changes = new MutationObserver(() => {
      if (!document.querySelector(wanted)) return;
      changes.disconnect();
      requestAnimationFrame(() => port2.postMessage(''));
    });
    changes.observe(document, { subtree: true, childList: true });
  }, selector);
  await page.addInitScript(`
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask', buffered: true });
  `);
  await page.goto(url, { waitUntil: 'commit' });
  return markOf(page, 'painted');
}

async function markOf(page: Page, name: string): Promise<number> {
  const mark = await page.waitForFunction((wanted) => performance.getEntriesByName(wanted)[0]?.startTime, name, {
    timeout: 60_000,
  });
  return await mark.jsonValue();
}
