import type { Page } from 'playwright-core';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { carriedUntil, onSlowLine } from './support/carried.ts';
import { hide } from './support/hide.ts';
import { openSite } from './support/visit.ts';

const site = openSite();

/** Counts what the page does by itself: frames asked for, and what is drawn in 3D. */
const COUNTERS = `
  window.done = { frames: 0, draws: 0, changes: 0 };
  const ask = requestAnimationFrame;
  window.requestAnimationFrame = (callback) => { window.done.frames += 1; return ask(callback); };
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced']) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...all) { window.done.draws += 1; return draw.apply(this, all); };
  }
  window.instants = new Set();
  new MutationObserver((all) => {
    window.done.changes += all.length;
    window.instants.add(Math.round(performance.now() / 100));
  })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
`;

interface Done {
  readonly frames: number;
  readonly draws: number;
  readonly changes: number;
}

/** What the page did in the last second and a half. */
async function doneBy(page: Page): Promise<Done> {
  return page.evaluate<Done>(`(async () => {
    const before = { ...window.done };
    await new Promise((later) => setTimeout(later, 1500));
    const { frames, draws, changes } = window.done;
    return { frames: frames - before.frames, draws: draws - before.draws, changes: changes - before.changes };
  })()`);
}

/** In how many tenths of a second, of so many seconds, something on the page changed. */
async function changedIn(page: Page, seconds: number): Promise<number> {
  return page.evaluate<number>(`(async () => {
    window.instants.clear();
    await new Promise((later) => setTimeout(later, ${seconds * 1000}));
    return window.instants.size;
  })()`);
}

const NOTHING: Done = { frames: 0, draws: 0, changes: 0 };

test('scripts and styles come packed to whoever takes them, and are the same to whoever does not', async () => {
  const [name] = readdirSync('build/web/assets').filter((file) => /^index-.*\.js$/.test(file));
  const ask = (coding: string) =>
    fetch(`${site.server.pageUrl}/assets/${name}`, { headers: { 'accept-encoding': coding } });
  const plain = readFileSync(`build/web/assets/${name}`);
  for (const [asked, given] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await ask(asked);
    expect(answer.headers.get('content-encoding')).toBe(given);
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.from(await answer.arrayBuffer()).equals(plain), asked).toBe(true);
  }
  expect((await fetch(`${site.server.pageUrl}/assets/none-here.js`)).status).toBe(404);
});

test('the first page and the workspace come in few bytes, requests and round trips', { timeout: 120_000 }, async () => {
  const { page, ask } = await site.visit();
  await onSlowLine(page);
  const home = await carriedUntil(page, site.server.pageUrl, '.lab-cards, .areas');
  await ask('/try', {});
  const { page: fresh, ask: again } = await site.visit();
  await again('/try', {});
  await onSlowLine(fresh);
  const desk = await carriedUntil(fresh, `${site.server.pageUrl}/workspace?view=scene`, '.scene canvas');
  console.log('first page', home, 'workspace with 3D', desk);
  expect(home.kilobytes).toBeLessThan(300);
  expect(home.roundTrips).toBeLessThanOrEqual(3);
  expect(desk.kilobytes).toBeLessThan(750);
  expect(desk.roundTrips).toBeLessThanOrEqual(4);
  expect(desk.requests).toBeLessThan(50);
  expect(desk.asked.filter((path, k, all) => all.indexOf(path) < k)).toEqual([]);
});

test('all that is live is written together, twice a second', { timeout: 120_000 }, async () => {
  const { page, open, ask } = await site.visit();
  await page.addInitScript(COUNTERS);
  await ask('/try', {});
  for (const view of ['schematic', 'scene', 'trends'] as const) {
    await open({ view });
    // What is still coming in is written when it comes.
    await expect.poll(() => changedIn(page, 4), { timeout: 30_000 }).toBeLessThanOrEqual(12);
    expect((await doneBy(page)).changes).toBeGreaterThan(0);
  }
});

test('nothing is drawn and nothing changes on a page whose line stands still', { timeout: 120_000 }, async () => {
  const { page, open } = await site.visit();
  await page.addInitScript(COUNTERS);
  await page.request.post(`${site.server.pageUrl}/api/try`, { headers: { origin: site.server.pageUrl } });
  for (const view of ['schematic', 'trends', 'scene'] as const) {
    await open({ view, standsAtMinutes: 180 });
    await expect.poll(() => doneBy(page), { timeout: 30_000 }).toEqual(NOTHING);
  }
  expect((await page.evaluate<Done>('window.done')).draws).toBeGreaterThan(10);
});

test(
  'a hidden tab is sent nothing and does nothing, and is up to date when it comes back, beside another tab',
  { timeout: 120_000 },
  async () => {
    const { page, open, ask, t } = await site.visit();
    await page.addInitScript(COUNTERS);
    await ask('/try', {});
    let received = 0;
    page.on('websocket', (socket) => socket.on('framereceived', () => received++));
    await open();
    await expect.poll(() => received).toBeGreaterThan(5);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator('.top .chip.ok').waitFor({ state: 'attached' });
    await hide(page, true);
    await expect
      .poll(
        async () => {
          const before = received;
          return { ...(await doneBy(page)), received: received - before };
        },
        { timeout: 30_000 },
      )
      .toEqual({ ...NOTHING, received: 0 });
    await other.getByRole('button', { name: t('top.pause'), exact: true }).click();
    await other.getByText(t('top.paused'), { exact: true }).waitFor();
    await hide(page, false);
    await page.getByText(t('top.paused'), { exact: true }).waitFor();
    await page.locator('.top .chip.ok').waitFor();
  },
);
