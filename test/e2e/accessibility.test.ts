import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeInEachTheme, LANGUAGES, tooWide } from './support/looks.ts';
import { dialogVisits, pageVisits, type ScreenVisit, viewVisits } from './support/screens.ts';
import { openSite, type Visitor } from './support/visit.ts';

const site = openSite();

/** Every screen in turn, in a page that stays the same as long as it can. */
async function visitAll({ page, language }: Visitor, look: (name: string) => Promise<void>): Promise<void> {
  const go = async (visits: readonly ScreenVisit[]) => {
    for (const visit of visits) {
      await visit.open(page);
      await look(visit.name);
    }
  };
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
  await go(pageVisits(site.server.pageUrl));
}

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

for (const language of LANGUAGES) {
  test(
    `axe finds nothing on any screen in any theme, and none is wider than a phone in large text, in ${language}`,
    { timeout: 400_000 },
    async () => {
      const visitor = await site.enter({}, { language, ...WIDE });
      const { page } = visitor;
      const found: string[] = [];
      await visitAll(visitor, async (name) => {
        found.push(...(await axeInEachTheme(page, name)));
        await page.locator('main details').evaluateAll((all) => {
          for (const one of all) (one as HTMLDetailsElement).open = true;
        });
        await page.setViewportSize(PHONE);
        for (const text of ['larger', 'normal']) {
          await page.evaluate((size) => (document.documentElement.dataset.text = size), text);
          const over = await tooWide(page);
          if (over > 0) found.push(`${name}, ${text} text: ${over} px too wide`);
        }
        await page.setViewportSize(WIDE);
      });
      expect(found).toEqual([]);
    },
  );
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
    const { page, t } = await site.visit({ width: 1280, height: 800 });
    await page.goto(site.server.pageUrl);
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

    await page.goto(site.server.pageUrl);
    await page.locator('.lab-cards').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => location.hash)).toBe('#content');
  },
);

test(
  'the ground is that of the colours which a system forces, and what nobody chose follows the system',
  { timeout: 60_000 },
  async () => {
    const { page } = await site.visit({ width: 1280, height: 800, theme: 'light' });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.goto(`${site.server.pageUrl}/settings`);
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await expect.poll(theme).toBe('contrast');
    const border = (at: string) => page.locator(at).evaluate((link) => getComputedStyle(link).borderBottomColor);
    expect(await border('.page-menu a[aria-current]')).not.toBe(
      await border('.page-menu a:not([aria-current]) >> nth=0'),
    );
    const outline = (at: string) => page.locator(at).evaluate((button) => getComputedStyle(button).outlineStyle);
    expect(await outline('.seg .btn[data-selected]')).toBe('solid');
    expect(await outline('.seg .btn:not([data-selected])')).toBe('none');
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' });
    expect(await theme(), 'the choice').toBe('light');
    await page.evaluate(() => localStorage.setItem('verkstad', '{"theme":5}'));
    await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: 'verkstad' })));
    await expect.poll(theme).toBe('dark');
    await page.getByRole('radio', { name: 'Svenska' }).first().click();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
  },
);

test('F6 goes round the parts of the workspace, and each says what it is', { timeout: 120_000 }, async () => {
  const { page, t } = await site.enter({}, { language: 'sv', width: 1280, height: 800 });
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
  expect(names).toEqual(expect.arrayContaining([t('lab.region'), t('tabs.label'), t('timeline.title')]));
  await page.keyboard.press('F6');
  expect(names).toContain(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement!.localName),
  );
});
