import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserForTest, openBrowser } from '#test/support/browser.ts';
import { type ServerForTest, startServer } from '#test/support/start-server.ts';
import { words } from '#web/i18n/words.ts';
import { axeFaults } from './support/axe-faults.ts';
import { dialogVisits, enterWorkspace, pageVisits, type ScreenVisit, settled, viewVisits } from './support/screens.ts';

let server: ServerForTest;
let browser: BrowserForTest;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

const LANGUAGES = ['en', 'sv'] as const;
const THEMES = ['light', 'dark', 'contrast'] as const;
type Language = (typeof LANGUAGES)[number];

/** As a choice in the settings of another tab. */
async function choose(page: Page, choice: { language?: Language; theme?: string }): Promise<void> {
  await page.evaluate((chosen) => {
    const before = JSON.parse(localStorage.getItem('verkstad') ?? '{}') as object;
    localStorage.setItem('verkstad', JSON.stringify({ ...before, ...chosen }));
    dispatchEvent(new StorageEvent('storage', { key: 'verkstad' }));
  }, choice);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await settled(page);
}

/** Every screen in turn, in a page that stays the same as long as it can. */
async function visitAll(page: Page, language: Language, look: (name: string) => Promise<void>): Promise<void> {
  const go = async (visits: readonly ScreenVisit[]) => {
    for (const visit of visits) {
      await visit.open(page);
      await look(visit.name);
    }
  };
  await enterWorkspace(page, server.pageUrl);
  const views = await viewVisits(page);
  expect(views.length).toBeGreaterThan(8);
  await go(views.filter(({ name }) => name !== 'scene'));
  await go(dialogVisits(language));
  await page.keyboard.press('Escape');
  // A lab, so that the record and the first page have something to show.
  await page.locator('.lab-offers .btn').first().click();
  await page.locator('.step.current').waitFor({ timeout: 60_000 });
  await look('lab');
  const judged = page.waitForResponse((response) => response.url().includes('/check'));
  await page.locator('.step.current .step-body .btn.primary').click();
  await judged;
  await look('lab-checked');
  await go(views.filter(({ name }) => name === 'scene'));
  await go(pageVisits(server.pageUrl));
}

for (const language of LANGUAGES) {
  test(`axe finds nothing on any screen in any theme, in ${language}`, { timeout: 400_000 }, async () => {
    const { page, complaints, close } = await browser.visit({ language, theme: 'light', width: 1280, height: 800 });
    page.setDefaultTimeout(60_000);
    const found: string[] = [];
    await visitAll(page, language, async (name) => {
      for (const theme of THEMES) {
        await choose(page, { theme });
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
        found.push(...(await axeFaults(page, `${name}, ${theme}`)));
      }
      await page.locator('main details').evaluateAll((all) => {
        for (const one of all) (one as HTMLDetailsElement).open = true;
      });
    });
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test(`nothing is wider than a phone, also in the largest text, in ${language}`, { timeout: 400_000 }, async () => {
    const { page, complaints, close } = await browser.visit({ language, theme: 'light', width: 390, height: 844 });
    page.setDefaultTimeout(60_000);
    const wide: string[] = [];
    await visitAll(page, language, async (name) => {
      for (const text of ['normal', 'larger']) {
        await page.evaluate((size) => (document.documentElement.dataset.text = size), text);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`${name}, ${text} text: ${over} px`);
      }
    });
    expect(wide).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
}

/** Names of what Tab reaches, in order, until it comes round. */
async function tabStops(page: Page, most: number): Promise<string[]> {
  const stops: string[] = [];
  for (let k = 0; k < most; k++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return '';
      const label = at.getAttribute('aria-label') ?? (at as HTMLInputElement).labels?.[0]?.innerText ?? at.textContent;
      return `${at.getAttribute('role') ?? at.localName}: ${label?.trim() ?? ''}`;
    });
    if (stop === '') break;
    stops.push(stop);
  }
  return stops;
}

test(
  'Tab goes through the first page as it is read, and all that it reaches has a name',
  { timeout: 120_000 },
  async () => {
    const { page, close } = await browser.visit({ language: 'en', theme: 'light', width: 1280, height: 800 });
    const t = words('en');
    await page.goto(server.pageUrl);
    await page.locator('.lab-cards').first().waitFor();
    const stops = await tabStops(page, 60);
    expect(stops.filter((stop) => stop.endsWith(': '))).toEqual([]);
    const at = (part: string) => stops.findIndex((stop) => stop.includes(part));
    const order = [
      ...[t('app.skip'), 'Verkstad', t('pages.help'), 'Svenska', t('app.darkTheme'), t('home.try')],
      ...[t('home.startLab', { lab: 'Meet the machine' }), t('learning.role'), t('learning.hours')],
      ...[t('pages.connection'), t('pages.accessibility'), t('pages.privacy')],
    ].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));

    await page.goto(server.pageUrl);
    await page.locator('.lab-cards').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => location.hash)).toBe('#content');
    await close();
  },
);

test('F6 goes round the parts of the workspace, and each says what it is', { timeout: 120_000 }, async () => {
  const { page, close } = await browser.visit({ language: 'sv', theme: 'light', width: 1280, height: 800 });
  page.setDefaultTimeout(60_000);
  await enterWorkspace(page, server.pageUrl);
  const names: string[] = [];
  for (let k = 0; k < 5; k++) {
    await page.keyboard.press('F6');
    names.push(
      await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement!.localName,
      ),
    );
  }
  expect(new Set(names).size).toBe(5);
  const t = words('sv');
  expect(names).toEqual(expect.arrayContaining([t('lab.region'), t('tabs.label'), t('timeline.title')]));
  await page.keyboard.press('F6');
  expect(names).toContain(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement!.localName),
  );
  await close();
});
