import type { Page } from 'playwright-core';

/** Long beside all that the page does in between, so that what is asked for together is seen to be. */
const DELAY_MS = 1200;

/** What a page needed until something stood on it. */
export interface Carried {
  readonly requests: number;
  readonly kilobytes: number;
  /** Requests that had to wait for one another, the longest chain. */
  readonly roundTrips: number;
  /** What was asked of the API, each time it was. */
  readonly asked: readonly string[];
}

/** As far away as the other side of the world, but with as much room as there is. */
export async function onSlowLine(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const conditions = { offline: false, latency: DELAY_MS, downloadThroughput: -1, uploadThroughput: -1 };
  await devtools.send('Network.emulateNetworkConditions', conditions);
}

export async function carriedUntil(page: Page, url: string, selector: string): Promise<Carried> {
  await page.goto(url, { waitUntil: 'commit' });
  const stood = await page.waitForFunction((wanted) => document.querySelector(wanted) && performance.now(), selector);
  const stoodMs = (await stood.jsonValue()) ?? 0;
  const all = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ responseEnd }) => responseEnd > 0)
      .map(({ name, initiatorType, startTime, responseEnd, transferSize }) => ({
        ...{ name, initiatorType, startTime, responseEnd, transferSize },
      })),
  );
  // What came later it did not need.
  const spans = all.filter(({ responseEnd }) => responseEnd <= stoodMs);
  const bytes = spans.reduce((sum, { transferSize }) => sum + transferSize, 0);
  // Nobody waits for a font or a picture.
  const awaited = spans.filter(({ initiatorType }) => !['css', 'img', 'other'].includes(initiatorType));
  const asked = all.map(({ name }) => new URL(name).pathname).filter((path) => path.startsWith('/api/'));
  return { requests: spans.length, kilobytes: bytes / 1000, roundTrips: chainOf(awaited), asked };
}

/** The most that followed one another, each begun after the one before had ended. */
function chainOf(spans: readonly { readonly startTime: number; readonly responseEnd: number }[]): number {
  let [count, end] = [0, -1];
  for (const span of [...spans].sort((a, b) => a.responseEnd - b.responseEnd)) {
    if (span.startTime < end) continue;
    count += 1;
    end = span.responseEnd;
  }
  return count;
}
