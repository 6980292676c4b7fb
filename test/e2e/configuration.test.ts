import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ClockState } from '#contract/clock.ts';
import type { Me } from '#contract/participant.ts';
import { axeFaults } from './support/axe-faults.ts';
import { openSite } from './support/visit.ts';

const site = openSite();

/** Set to a folder, pictures are written there. */
const SHOTS = process.env.VERKSTAD_SHOTS;

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

for (const [language, theme, width] of [
  ['en', 'light', 1440],
  ['sv', 'dark', 390],
] as const) {
  test(
    `settings are searched, changed, refused where they are, and put back; ${language}, ${theme}, ${width}`,
    { timeout: 180_000 },
    async () => {
      const { page, t } = await site.enter({ view: 'configuration', station: 'ST04' }, { language, theme, width });
      const search = page.getByLabel(t('config.search'));
      await search.fill('Safety.');
      const row = page.locator('[data-path="ST04.Safety.StopDistance"]');
      const field = row.getByRole('textbox');
      const set = row.getByRole('button', { name: t('inspector.set') });
      await field.fill('ett');
      await row.getByText(t('inspector.badNumber')).waitFor();
      // What was typed is there again after the page was left; it goes once the line has it.
      await page.reload();
      await search.fill('Safety.');
      await row.getByText(t('inspector.badNumber')).waitFor();
      expect(await field.inputValue()).toBe('ett');
      await field.fill('1,2');
      await set.click();
      await row
        .getByText(/1[.,]2\sm/)
        .first()
        .waitFor();
      await row.getByText(t('config.you')).first().waitFor();
      expect(await field.inputValue()).toBe('');
      expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /draft/.test(key)))).toEqual([]);
      await field.fill('5');
      await set.click();
      await row.getByText(/ST04\.Safety\.SlowDistance/).waitFor();
      expect(await field.inputValue()).toBe('5');
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
        .getByText(/0[.,]9\sm/)
        .first()
        .waitFor();
    },
  );
}

test('a command asks for its value, and the line takes it', { timeout: 120_000 }, async () => {
  const { page, t } = await site.enter({ station: 'ST02' });
  const actions = page.getByRole('group', { name: t('inspector.actions') });
  await actions.getByRole('button', { name: 'Close gate' }).click();
  const form = page.locator('.command-form');
  await form.getByRole('combobox').selectOption('ST03');
  await picture(page, 'inspector-command');
  await form.getByRole('button', { name: 'Close gate' }).click();
  await page.getByText(t('inspector.done', { command: 'Close gate' })).waitFor();
});

test('a past moment fills all views until one key leads back to live', { timeout: 120_000 }, async () => {
  const { page, t, ask } = await site.enter({ station: 'ST03' }, { theme: 'dark' });
  const slider = page.getByRole('slider', { name: t('timeline.look') });
  await slider.focus();
  for (let k = 0; k < 6; k++) await page.keyboard.press('PageDown');
  const banner = page.locator('.replay-banner');
  await banner.getByText(/You see/).waitFor();
  const power = page.locator('.inspector .signals tr', { hasText: 'power' }).first().locator('td.num');
  const seen = await power.innerText();
  const live = async () => Date.parse((await page.locator('.plant-time time').getAttribute('datetime'))!);
  const before = await live();
  const { cell } = await ask<Me>('/me');
  const { simUs } = await ask<ClockState>(`/cells/${cell}/clock`);
  await ask(`/cells/${cell}/run-until`, { simUs: simUs + 60e6 });
  await expect.poll(async () => (await live()) - before, { timeout: 30_000 }).toBeGreaterThanOrEqual(60_000);
  expect(await power.innerText()).toBe(seen);
  await picture(page, 'replay');
  await page.locator('h2').first().click();
  await page.keyboard.press('l');
  await banner.waitFor({ state: 'detached' });
});

test('a paused line goes step by step', { timeout: 120_000 }, async () => {
  const { page, t } = await site.enter({ station: 'ST03' });
  await page.getByRole('button', { name: t('top.pause'), exact: true }).click();
  const time = page.locator('.plant-time time');
  await page.getByText(t('top.paused'), { exact: true }).waitFor();
  const before = Date.parse((await time.getAttribute('datetime'))!);
  await page.getByRole('button', { name: t('top.step'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('top.stepSecond') }).click();
  await expect.poll(async () => Date.parse((await time.getAttribute('datetime'))!) - before).toBe(1000);
});
