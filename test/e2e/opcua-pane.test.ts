import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserForTest, openBrowser, type Viewer } from '#test/support/browser.ts';
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

async function begin(viewer: Viewer) {
  const visit = await browser.visit(viewer);
  const { page } = visit;
  page.setDefaultTimeout(40_000);
  await page.goto(server.pageUrl);
  await page.getByRole('button', { name: words(viewer.language)('home.try'), exact: true }).click();
  await page.locator('.timeline').waitFor();
  await page.goto(`${server.pageUrl}/workspace?view=opcua`);
  await page.locator('.session-bar').waitFor();
  return visit;
}

async function connect(page: Page): Promise<void> {
  const bar = page.locator('.session-bar');
  await bar.locator('select').first().selectOption('Basic256Sha256');
  await bar.locator('select').last().selectOption('SignAndEncrypt');
  await bar.locator('.btn.primary').click();
  await page.locator('.tree-row').nth(1).waitFor();
}

/** Makes the spindle too hot: its limit comes down. */
const heat = (page: Page) =>
  page.evaluate(async () => {
    const { cell } = (await (await fetch('/api/me')).json()) as { cell: string };
    const value = { alarm: 'SpindleHot', enabled: true, limit: 1, onDelay: '0 s', offDelay: '0 s', deadband: 0 };
    await fetch(`/api/cells/${cell}/commands`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ id: 'hot', target: 'Alarms.Configure', value }),
    });
  });

test(
  'a set-point is written and refused, a method called, and an alarm acknowledged',
  { timeout: 240_000 },
  async () => {
    const t = words('en');
    const { page, complaints, close } = await begin({ width: 1440, height: 900, language: 'en', theme: 'light' });
    await connect(page);
    await page.getByText(t('opcua.connected', { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' })).waitFor();
    await page.getByText(t('opcua.certificate')).click();
    await page.getByText(/^[0-9A-F]{40}$/).waitFor();
    await page.getByText(t('opcua.certificate')).click();

    await page.getByRole('button', { name: t('opcua.watchEvents') }).click();
    await page.getByText(/^Subscribed, /).waitFor();

    await page.locator('.node-find input').fill('ST03.Program.Feed');
    await page.locator('.node-find input').press('Enter');
    const value = page.locator('.node-deed input');
    await value.fill('fast');
    await page.getByText(t('opcua.bad.number', { dataType: 'Double' })).waitFor();
    const write = page.getByRole('button', { name: t('opcua.write'), exact: true });
    expect(await write.isDisabled()).toBe(true);
    await value.fill('90');
    await write.click();
    await page.locator('.node-deed .note.ok').getByText('Good').waitFor();
    await value.fill('100000');
    await write.click();
    const refusal = page.locator('.node-deed .note.fault');
    await refusal.getByText('BadOutOfRange').waitFor();
    expect((await refusal.innerText()).length).toBeGreaterThan('BadOutOfRange'.length + 10);
    await page.locator('.event-table').getByText('AuditWriteUpdateEventType').first().waitFor();

    await heat(page);
    const condition = page.locator('.conditions li', { hasText: 'SpindleHot' });
    await condition.waitFor();
    await page.getByRole('textbox', { name: t('opcua.comment') }).fill('seen');
    await page.getByRole('button', { name: 'Acknowledge: SpindleHot' }).click();
    await condition.getByText(t('opcua.acked'), { exact: true }).waitFor();

    await page.locator('.node-find input').fill('Alarms.Shelve');
    await page.locator('.node-find input').press('Enter');
    await page.locator('.node-deed input').fill('{"alarm":"SpindleHot","for":"5 min"}');
    await page.getByRole('button', { name: t('opcua.call'), exact: true }).click();
    await page.locator('.node-deed .note.ok').getByText('Good').waitFor();
    await condition.getByText(t('opcua.shelved'), { exact: true }).waitFor();

    expect(await axeFaults(page, 'opcua')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
    await close();
  },
);
