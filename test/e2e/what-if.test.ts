import { expect, test } from 'vitest';
import { axeFaults } from './support/axe-faults.ts';
import { openSite } from './support/visit.ts';
import '#web/workspace/what-if/what-if-words.ts';

const site = openSite({ workers: 2 });

test(
  'a change is put together and run by keyboard, and the answer says in words what can be told apart',
  { timeout: 240_000 },
  async () => {
    const { page, t } = await site.enter({ view: 'whatIf' }, { width: 1280 });
    const variant = page.getByRole('region', { name: t('whatIf.variant', { name: 'A' }), exact: true });
    await variant.getByRole('combobox').selectOption('ST03.Program.Feed');
    await variant.getByRole('button', { name: t('whatIf.addTo', { name: 'A' }) }).press('Enter');
    const feed = variant.getByRole('textbox');
    expect(await feed.evaluate((field) => field === document.activeElement)).toBe(true);
    await variant.getByText(t('whatIf.now', { value: '100 %' })).waitFor();

    await page.keyboard.type('150');
    await page.keyboard.press('Enter');
    await page.getByText(t('whatIf.correct')).waitFor();
    await variant.getByText(t('whatIf.outside', { low: 50, high: 120 })).waitFor();
    expect(await feed.getAttribute('aria-invalid')).toBe('true');
    const found = await axeFaults(page, 'a question');

    await feed.fill('115');
    await page.getByLabel(t('whatIf.hours'), { exact: true }).fill('2');
    await page.getByLabel(t('whatIf.forks'), { exact: true }).fill('8');
    await page.keyboard.press('Enter');
    const table = page.getByRole('region', { name: t('whatIf.table', { name: 'A' }) });
    await table.waitFor();
    const row = (name: RegExp) => table.getByRole('row', { name });
    expect(await row(/^Throughput/).innerText()).toContain(t('whatIf.higher'));
    expect(await table.getByRole('img').first().getAttribute('aria-label')).toMatch(/^from [\d.]+ to [\d.]+ per cent$/);
    found.push(...(await axeFaults(page, 'an answer')));

    await page.getByLabel(t('whatIf.common')).uncheck();
    await page.getByText(t('whatIf.old')).waitFor();
    await page.getByRole('tab', { name: t('tabs.schematic') }).click();
    await page.getByRole('tab', { name: t('tabs.whatIf') }).click();
    await table.waitFor();
    expect(await variant.getByRole('textbox').inputValue()).toBe('115');
    expect(found).toEqual([]);
  },
);

test(
  'in Swedish, in the dark and on a phone the open tab is in sight and neither page nor tables are wider than it',
  { timeout: 240_000 },
  async () => {
    const { page, t } = await site.enter(
      { view: 'whatIf' },
      { language: 'sv', theme: 'dark', width: 390, height: 844 },
    );
    const tab = await page.getByRole('tab', { name: t('tabs.whatIf') }).boundingBox();
    expect(tab?.x).toBeGreaterThanOrEqual(0);
    expect(tab!.x + tab!.width).toBeLessThanOrEqual(390);
    const variant = page.getByRole('region', { name: t('whatIf.variant', { name: 'A' }), exact: true });
    await variant.getByRole('combobox').selectOption('ST02.Belt.Speed');
    await variant.getByRole('button', { name: t('whatIf.addTo', { name: 'A' }) }).click();
    await page.keyboard.type('0,3');
    await page.getByRole('button', { name: t('whatIf.addVariant') }).click();
    await page.getByLabel(t('whatIf.hours'), { exact: true }).fill('0,5');
    await page.getByRole('button', { name: t('whatIf.run'), exact: true }).click();
    await page.getByRole('region', { name: t('whatIf.table', { name: 'B' }) }).waitFor();
    const tables = page.locator('.what-if-results .table-scroll');
    expect(await tables.evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth))).toEqual([0, 0]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await axeFaults(page, 'an answer on a phone')).toEqual([]);
  },
);
