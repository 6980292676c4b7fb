import { readFile } from 'node:fs/promises';
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

test(
  'a query with a slip is mended where it is underlined, and comes as table, chart and CSV',
  { timeout: 240_000 },
  async () => {
    const t = words('en');
    const { page, complaints, close } = await browser.visit({
      width: 1440,
      height: 900,
      language: 'en',
      theme: 'light',
    });
    page.setDefaultTimeout(60_000);
    await page.goto(server.pageUrl);
    await page.locator('.hero .btn.primary').click();
    await page.locator('.tab-list [data-key="schematic"]').click();
    await page.locator('.tab-list [data-key="data"]').click();
    const query = page.getByRole('textbox', { name: t('data.query') });
    await query.fill('SELECT station, COUNT(*) AS parts FROM vists GROUP BY station ORDER BY station');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('no such table: vists.').waitFor();
    expect(await page.locator('.cm-lintRange-error').first().innerText()).toBe('vists');
    expect(await page.getByRole('alert').innerText()).toContain('Did you mean "visits"?');

    await query.fill('SELECT station, COUNT(*) AS parts FROM visits GROUP BY station ORDER BY station');
    await page.keyboard.press('Control+Enter');
    const table = page.locator('.data-result table');
    await table.getByText('ST10').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await table.locator('td.num').count()).toBe(await table.locator('tbody tr').count());

    await page.getByRole('button', { name: t('data.chart'), exact: true }).click();
    await page.getByRole('img', { name: /^parts over station: \d+ points/ }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t('data.download') }).click(),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
    expect(lines[0]).toBe('station,parts');
    expect(lines[1]).toMatch(/^ST01,\d+$/);

    // The query stays as typed, also after a reload.
    await page.reload();
    expect(await page.getByRole('textbox', { name: t('data.query') }).innerText()).toContain('FROM visits GROUP BY');
    for (const button of await page.locator('.data-examples button').all()) {
      await button.click();
      await page
        .getByRole('button', { name: t('data.run'), exact: true })
        .and(page.locator(':enabled'))
        .waitFor();
      await page.locator('.data-result tbody tr').first().waitFor();
      expect(await page.getByRole('alert').count(), await button.innerText()).toBe(0);
    }
    expect(await axeFaults(page, 'data')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(complaints.filter((each) => !each.includes('400 (Bad Request)'))).toEqual([]);
    await close();
  },
);
