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

/** The inspector of a station of a line that stands still at 08:30. */
async function openStation(page: Page, station: string): Promise<void> {
  await page.goto(`${server.pageUrl}/workspace?view=schematic&station=${station}`);
  await page.locator('.capture').first().waitFor();
}

async function begin(width: number, language: 'en' | 'sv', theme: 'light' | 'dark' = 'light') {
  const visit = await browser.visit({ language, theme, width, height: 900 });
  const { page } = visit;
  page.setDefaultTimeout(40_000);
  await page.goto(server.pageUrl);
  await page.getByRole('button', { name: words(language)('home.try'), exact: true }).click();
  await page.locator('.timeline').waitFor();
  await page.evaluate(async () => {
    const { cell } = (await (await fetch('/api/me')).json()) as { cell: string };
    const post = (path: string, body: unknown) =>
      fetch(`/api/cells/${cell}/${path}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
    await post('speed', { paused: true });
    await post('run-until', { simUs: 3 * 3600e6 });
  });
  return visit;
}

test('a curve is drawn, told in words, and read off with the keyboard', { timeout: 240_000 }, async () => {
  const t = words('en');
  const { page, complaints, close } = await begin(1440, 'en');
  await openStation(page, 'ST07');
  const plot = page.locator('.captures .chart');
  expect(await plot.getAttribute('aria-label')).toMatch(/^Press force\. Lowest 0\skN, highest \d+\.\d+\skN\.$/);
  await page.locator('.captures canvas').waitFor();
  const slider = page.getByRole('slider', { name: t('captures.cursor', { name: 'Press force' }) });
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^0\skN at 0\smm$/);
  await page.keyboard.press('ArrowRight');
  expect(await slider.getAttribute('aria-valuetext')).not.toMatch(/at 0\smm$/);

  await page.getByRole('button', { name: t('captures.larger') }).click();
  await page.getByRole('dialog').locator('canvas').waitFor();
  await page.keyboard.press('Escape');

  const download = page.waitForEvent('download');
  await page.locator('.captures a').click();
  expect((await download).suggestedFilename()).toMatch(/^ST07\.Ram\.ForceCurve-\d+\.csv$/);
  expect(complaints).toEqual([]);
  await close();
});

test('a moment chosen in the timeline shows what was recorded then', { timeout: 240_000 }, async () => {
  const t = words('en');
  const { page, complaints, close } = await begin(1440, 'en');
  await openStation(page, 'ST08');
  const serial = () => page.locator('.captures .document .facts dd').first().innerText();
  const now = Number(await serial());
  const scrubber = page.getByRole('slider', { name: t('timeline.look') });
  expect(await scrubber.getAttribute('aria-valuetext')).toBe(t('timeline.atNow'));
  await scrubber.focus();
  await page.keyboard.press('Home');
  await page.getByText(t('timeline.looking', { time: '08:00:00' })).waitFor();
  await expect
    .poll(async () => page.locator('.captures [role=status]').innerText())
    .toMatch(/^As it was at 08:00:0\d$/);
  expect(Number(await serial())).toBeLessThan(now);
  await page.getByRole('button', { name: t('timeline.backToNow') }).click();
  await expect.poll(async () => Number(await serial())).toBe(now);
  expect(complaints).toEqual([]);
  await close();
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing at any kind of recording, %s',
  { timeout: 240_000 },
  async (theme) => {
    const { page, complaints, close } = await begin(1280, 'en', theme);
    const found: string[] = [];
    for (const station of ['ST03', 'ST07', 'ST08', 'ST09', 'ST11', 'Orders']) {
      await openStation(page, station);
      if (station === 'ST09') await page.locator('.captures select').first().selectOption('ST09.Passport.Last');
      await page.locator('.captures-bar .btn').nth(1).click();
      await page.getByRole('dialog').locator('.capture').first().waitFor();
      found.push(...(await axeFaults(page, `${station}, larger`)));
      await page.keyboard.press('Escape');
      found.push(...(await axeFaults(page, station)));
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  },
);

test('on a phone, in Swedish, pictures, spectra and documents fit', { timeout: 240_000 }, async () => {
  const { page, complaints, close } = await begin(390, 'sv');
  for (const station of ['ST03', 'ST08', 'ST09', 'ST11', 'Orders', 'Network']) {
    await page.goto(`${server.pageUrl}/workspace?view=schematic&station=${station}`);
    await page.locator('.capture').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), station).toBe(0);
    expect(await page.locator('.captures').innerText()).toContain('Inspelat 08:30:00');
  }
  expect(complaints).toEqual([]);
  await close();
});
