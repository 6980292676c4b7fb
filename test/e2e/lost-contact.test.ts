import { expect, test } from 'vitest';
import { holdBack, live, said } from './support/lab-under-way.ts';
import { openSite } from './support/visit.ts';

const site = openSite();
const LOST = { expectedComplaint: /net::ERR|WebSocket connection/ };

test(
  'what a view still asks of a connection that closes just now is dropped in silence',
  { timeout: 120_000 },
  async () => {
    const { page, t, ask, open } = await site.visit(LOST);
    await ask('/try', {});
    await page.addInitScript(() => {
      const sockets: WebSocket[] = [];
      window.WebSocket = class extends WebSocket {
        constructor(...how: ConstructorParameters<typeof WebSocket>) {
          super(...how);
          sockets.push(this);
        }
      };
      Object.assign(window, { sockets });
    });
    await open();
    await page.evaluate(() => {
      for (const socket of (window as unknown as { sockets: WebSocket[] }).sockets) socket.close();
      // The view leaves within the same task, so the connection is closing and has not closed.
      document.querySelector<HTMLElement>('.tab-list [data-key="trends"]')!.click();
    });
    await page.getByRole('tab', { name: t('tabs.trends'), selected: true }).waitFor();
    await live(page, t);
  },
);

test(
  'parts of a view that do not come without contact are awaited, and the view stays',
  { timeout: 120_000 },
  async () => {
    const { page, t, ask, open } = await site.visit(LOST);
    await ask('/try', {});
    const later = /\/assets\/(captures|chart)-/;
    let lose = (): void => undefined;
    const isLost = new Promise<void>((resolve) => (lose = resolve));
    const held = [page.waitForRequest(/captures-/), page.waitForRequest(/chart-/)];
    await page.route(later, async (route) => {
      await isLost;
      await route.abort('internetdisconnected');
    });
    await open();
    await Promise.all(held);
    await page.context().setOffline(true);
    lose();
    await said(page, t('contact.offline'));
    await page.locator('.inspector-title').first().waitFor();
    expect(await page.locator('.captures, .signal-trend canvas').count()).toBe(0);
    await page.unroute(later);
    await page.context().setOffline(false);
    await page.locator('.captures').waitFor();
    await page.locator('.signal-trend canvas').waitFor();
  },
);

test(
  'a view whose styles are still under way is shown, also when another part comes at its second try meanwhile',
  { timeout: 120_000 },
  async () => {
    const { page, t, ask, open } = await site.visit(LOST);
    await ask('/try', {});
    const sheet = /\/assets\/configuration-view-.*\.css/;
    const releasePart = await holdBack(page, /\/assets\/captures-.*\.js/);
    const releaseSheet = await holdBack(page, sheet);
    await page.route(/captures-.*\.css/, (route) => route.abort('internetdisconnected'), { times: 1 });
    const isTriedAgain = page.waitForResponse(/healthz/);
    await open();
    await isTriedAgain;
    const isUnderWay = page.waitForRequest(sheet);
    await page.getByRole('tab', { name: t('tabs.configuration') }).click();
    await isUnderWay;
    releasePart();
    await page.locator('.captures').waitFor();
    releaseSheet();
    await page.getByLabel(t('config.search')).waitFor();
    const rules = () =>
      page.evaluate(() =>
        [...document.styleSheets]
          .filter(({ href }) => /captures-/.test(href ?? ''))
          .reduce((count, { cssRules }) => count + cssRules.length, 0),
      );
    await expect.poll(rules, { timeout: 10_000 }).toBeGreaterThan(0);
  },
);

test('a line comes to life once the code of its connection comes, however often that fails', async () => {
  const { page, t, ask } = await site.visit(LOST);
  await ask('/try', {});
  let asked = 0;
  await page.route(/\/assets\/mqtt\.esm-/, (route) =>
    asked++ < 5 ? route.abort('internetdisconnected') : route.continue(),
  );
  await page.goto(`${site.server.pageUrl}/workspace?view=schematic`);
  await page.getByText(t('top.lost')).waitFor();
  await live(page, t);
  expect(asked).toBeGreaterThan(5);
});
