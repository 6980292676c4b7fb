import { mkdirSync } from 'node:fs';
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
  await browser?.close();
  await server?.close();
});

/** Set to a folder, pictures are written there. */
const SHOTS = process.env.VERKSTAD_SHOTS;

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

async function enter(page: Page, language: 'en' | 'sv', query: string): Promise<void> {
  const t = words(language);
  page.setDefaultTimeout(40_000);
  await page.goto(server.pageUrl);
  await page.getByRole('button', { name: t('home.try'), exact: true }).click();
  await page.getByRole('tablist', { name: t('tabs.label') }).waitFor();
  await page.goto(`${server.pageUrl}/workspace?${query}`);
  await page.locator('.top .chip.ok').waitFor();
}

for (const [language, theme, width] of [
  ['en', 'light', 1440],
  ['sv', 'dark', 1024],
  ['sv', 'light', 390],
] as const) {
  test(
    `settings are searched, changed, refused where they are, and put back; ${language}, ${theme}, ${width}`,
    { timeout: 180_000 },
    async () => {
      const t = words(language);
      const { page, complaints, close } = await browser.visit({ language, theme, width, height: 900 });
      await enter(page, language, 'view=configuration&station=ST04');
      const search = page.getByLabel(t('config.search'));
      await search.fill('Safety.');
      const row = page.locator('[data-path="ST04.Safety.StopDistance"]');
      const field = row.getByRole('textbox');
      const set = row.getByRole('button', { name: t('inspector.set') });
      await field.fill('ett');
      await row.getByText(t('inspector.badNumber')).waitFor();
      await field.fill('1,2');
      await set.click();
      await row
        .getByText(/1[.,]2 m/)
        .first()
        .waitFor();
      await row.getByText(t('config.you')).first().waitFor();
      await field.fill('5');
      await set.click();
      await row.getByText(/ST04\.Safety\.SlowDistance/).waitFor();
      await row.getByText(t('tools.title')).click();
      await row.locator('pre').first().waitFor();
      const tools = await row.locator('pre').allInnerTexts();
      expect(tools.join('\n')).toContain('mosquitto_pub');
      expect(tools.join('\n')).toContain('/cmd/ST04/Safety/StopDistance');
      expect(tools.join('\n')).toContain('write_value');
      await picture(page, `configuration-${width}-${theme}-${language}`);
      expect(await axeFaults(page, 'configuration')).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await row.getByRole('button', { name: t('config.back') }).click();
      await row
        .getByText(/0[.,]9 m/)
        .first()
        .waitFor();
      expect(complaints).toEqual([]);
      await close();
    },
  );
}

test('a command asks for its value, and the line takes it', { timeout: 120_000 }, async () => {
  const t = words('en');
  const { page, complaints, close } = await browser.visit({ language: 'en', theme: 'light', width: 1440, height: 900 });
  await enter(page, 'en', 'view=schematic&station=ST02');
  const actions = page.getByRole('group', { name: t('inspector.actions') });
  await actions.getByRole('button', { name: 'Close gate' }).click();
  const form = page.locator('.command-form');
  await form.getByRole('combobox').selectOption('ST03');
  await picture(page, 'inspector-command');
  await form.getByRole('button', { name: 'Close gate' }).click();
  await page.getByText(t('inspector.done', { command: 'Close gate' })).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('a past moment fills all views until one key leads back to live', { timeout: 120_000 }, async () => {
  const t = words('en');
  const { page, complaints, close } = await browser.visit({ language: 'en', theme: 'dark', width: 1440, height: 900 });
  await enter(page, 'en', 'view=schematic&station=ST03');
  const slider = page.getByRole('slider', { name: t('timeline.look') });
  await slider.focus();
  for (let k = 0; k < 6; k++) await page.keyboard.press('PageDown');
  const banner = page.locator('.replay-banner');
  await banner.getByText(/You are looking at/).waitFor();
  const power = page.locator('.inspector .signals tr', { hasText: 'power' }).first().locator('td.num');
  const seen = await power.innerText();
  await page.waitForTimeout(2500);
  expect(await power.innerText()).toBe(seen);
  await picture(page, 'replay');
  await page.locator('h2').first().click();
  await page.keyboard.press('l');
  await banner.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await close();
});

test('a paused line goes step by step', { timeout: 120_000 }, async () => {
  const t = words('en');
  const { page, complaints, close } = await browser.visit({ language: 'en', theme: 'light', width: 1440, height: 900 });
  await enter(page, 'en', 'view=schematic&station=ST03');
  await page.getByRole('button', { name: t('top.pause'), exact: true }).click();
  const time = page.locator('.plant-time time');
  await page.getByText(t('top.paused'), { exact: true }).waitFor();
  const before = Date.parse((await time.getAttribute('datetime'))!);
  await page.getByRole('button', { name: t('top.step'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('top.stepSecond') }).click();
  await expect.poll(async () => Date.parse((await time.getAttribute('datetime'))!) - before).toBe(1000);
  expect(complaints).toEqual([]);
  await close();
});
