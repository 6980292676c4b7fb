import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserForTest, openBrowser } from '#test/support/browser.ts';
import { type ServerForTest, startServer } from '#test/support/start-server.ts';
import { words } from '#web/i18n/words.ts';
import { axeFaults } from './support/axe-faults.ts';

let server: ServerForTest;
let browser: BrowserForTest;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const VIEWS = ['schematic', 'trends', 'opcua', 'mqtt', 'whatIf', 'scene'] as const;
const LANGUAGES = ['en', 'sv'] as const;

/** Opens a view as one does who is there already: by its tab. */
async function open(page: Page, view: (typeof VIEWS)[number], name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
  await page.getByRole('tabpanel', { name, exact: true }).waitFor();
  if (view === 'scene') await page.locator('.scene canvas').waitFor();
  if (view === 'trends') await page.locator('.trends canvas').waitFor();
  if (view === 'opcua') await page.locator('.session-bar').waitFor();
  if (view === 'whatIf') await page.locator('.what-if').waitFor();
  if (view === 'mqtt') await page.locator('.mqtt-head').waitFor();
}

for (const language of LANGUAGES) {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing on any screen, in ${language}, ${theme}`, { timeout: 240_000 }, async () => {
      const t = words(language);
      const { page, complaints, close } = await browser.visit({ language, theme, width: 1280, height: 800 });
      page.setDefaultTimeout(40_000);
      await page.goto(server.pageUrl);
      await page.getByRole('heading', { name: t('home.labs') }).waitFor();
      await page.locator('.lab-cards').waitFor();
      const found = await axeFaults(page, 'home');
      await page.getByRole('button', { name: t('home.try'), exact: true }).click();
      await page.getByRole('tablist', { name: t('tabs.label') }).waitFor();
      await page.locator('.top .chip.ok').waitFor();
      for (const view of VIEWS) {
        await open(page, view, t(`tabs.${view}`));
        found.push(...(await axeFaults(page, view)));
      }
      await page.getByRole('button', { name: t('top.account'), exact: true }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await axeFaults(page, 'account')));
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: t('top.help'), exact: true }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await axeFaults(page, 'help')));
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    });
  }

  test(`nothing is wider than a phone, in ${language}`, { timeout: 240_000 }, async () => {
    const t = words(language);
    const { page, complaints, close } = await browser.visit({ language, theme: 'light', width: 390, height: 844 });
    page.setDefaultTimeout(40_000);
    const wide: string[] = [];
    const measure = async (screen: string) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) wide.push(`${screen}: ${over} px`);
    };
    await page.goto(server.pageUrl);
    await page.locator('.lab-cards').waitFor();
    await measure('home');
    await page.getByRole('button', { name: t('home.try'), exact: true }).click();
    await page.getByRole('tab', { name: t('tabs.schematic'), selected: true }).waitFor();
    for (const view of VIEWS) {
      await open(page, view, t(`tabs.${view}`));
      await measure(view);
    }
    expect(wide).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
}
