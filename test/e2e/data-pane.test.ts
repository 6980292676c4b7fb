import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { axeFaults } from './support/axe-faults.ts';
import { openSite } from './support/visit.ts';
import '#web/workspace/sql/data-words.ts';

const site = openSite();

test(
  'a query with a slip is mended where it is underlined, and comes as table, chart and CSV',
  { timeout: 240_000 },
  async () => {
    const { page, t } = await site.enter({ view: 'data' }, { expectedComplaint: /400 \(Bad Request\)/ });
    const query = page.getByRole('textbox', { name: t('data.query') });
    await query.fill('SELECT station, COUNT(*) AS parts FROM vists GROUP BY station ORDER BY station');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('no such table: vists.').waitFor();
    expect(await page.locator('.cm-lintRange-error').first().innerText()).toBe('vists');
    expect(await page.getByRole('alert').filter({ hasText: 'no such table' }).innerText()).toContain(
      'Did you mean "visits"?',
    );

    await query.fill('SELECT station, COUNT(*) AS parts FROM visits GROUP BY station ORDER BY station');
    await page.keyboard.press('Control+Enter');
    const table = page.locator('.data-result table');
    await table.getByText('ST10').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
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
      expect(await page.getByRole('alert').filter({ hasText: /./ }).count(), await button.innerText()).toBe(0);
    }
    expect(await axeFaults(page, 'data')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  },
);
