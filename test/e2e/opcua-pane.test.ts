import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Me } from '#contract/participant.ts';
import { axeFaults } from './support/axe-faults.ts';
import { openSite, type Visitor } from './support/visit.ts';
import '#web/workspace/opcua/opcua-words.ts';

const site = openSite();

async function connect(page: Page): Promise<void> {
  const form = page.locator('.connect-form');
  await form.locator('select').first().selectOption('Basic256Sha256');
  await form.locator('select').last().selectOption('SignAndEncrypt');
  await form.locator('.btn.primary').click();
  await page.locator('.tree-row').nth(1).waitFor();
}

/** Opens a part of the client; its name may have a number beside it. */
const openPart = (page: Page, name: string) => page.locator('.part-names').getByRole('tab', { name }).click();

/** Makes the spindle too hot: its limit comes down. */
async function heat({ ask }: Visitor): Promise<void> {
  const { cell } = await ask<Me>('/me');
  const value = { alarm: 'SpindleHot', enabled: true, limit: 1, onDelay: '0 s', offDelay: '0 s', deadband: 0 };
  await ask(`/cells/${cell}/commands`, { id: 'hot', target: 'Alarms.Configure', value });
}

test(
  'a set-point is written and refused, a method called, and an alarm acknowledged',
  { timeout: 240_000 },
  async () => {
    const visitor = await site.enter({ view: 'opcua' });
    const { page, t } = visitor;
    await connect(page);
    await page.getByText(t('opcua.connected', { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' })).waitFor();
    await openPart(page, t('opcua.session'));
    await page.getByText(/^[0-9A-F]{40}$/).waitFor();

    await openPart(page, t('opcua.events'));
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
    await openPart(page, t('opcua.events'));
    await page.locator('.event-table').getByText('AuditWriteUpdateEventType').first().waitFor();

    await heat(visitor);
    await openPart(page, t('opcua.alarms'));
    const condition = page.locator('.conditions li', { hasText: 'SpindleHot' });
    await condition.waitFor();
    await page.getByRole('textbox', { name: t('opcua.comment') }).fill('seen');
    // By keyboard: the button keeps the focus while it works, and when there is nothing more to acknowledge.
    const acknowledge = page.getByRole('button', { name: 'Acknowledge: SpindleHot' });
    await expect.poll(() => acknowledge.isEnabled(), { timeout: 30_000 }).toBe(true);
    await acknowledge.focus();
    await page.keyboard.press('Enter');
    await condition.getByText(t('opcua.acked'), { exact: true }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(await focused()).toBe('Acknowledge: SpindleHot');
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^(Confirm|AddComment): SpindleHot$/);
    expect(await acknowledge.isDisabled()).toBe(true);

    await page.locator('.node-find input').fill('Alarms.Shelve');
    await page.locator('.node-find input').press('Enter');
    await page.locator('.node-deed input').fill('{"alarm":"SpindleHot","for":"5 min"}');
    await page.getByRole('button', { name: t('opcua.call'), exact: true }).click();
    await page.locator('.node-deed .note.ok').getByText('Good').waitFor();
    await openPart(page, t('opcua.alarms'));
    await condition.getByText(t('opcua.shelved'), { exact: true }).waitFor();

    expect(await axeFaults(page, 'opcua')).toEqual([]);
    // Display names come in the language of the page, and change with it while the session goes on.
    await page.locator('.node-find input').fill('ST03.Spindle.Load');
    await page.locator('.node-find input').press('Enter');
    await page.getByRole('heading', { name: 'Load of the spindle drive' }).waitFor();
    await page.getByRole('radio', { name: 'Svenska (SV)' }).click();
    await page.getByRole('heading', { name: 'Spindelns belastning' }).waitFor();
    await page.getByRole('radio', { name: 'English (EN)' }).click();
    await page.getByRole('heading', { name: 'Load of the spindle drive' }).waitFor();
    await page.locator('.node-find input').fill('Alarms.Shelve');
    await page.locator('.node-find input').press('Enter');
    // By keyboard: arrows go from part to part, and what was typed in one is still there.
    await openPart(page, t('opcua.node'));
    await page.locator('.node-deed input').fill('{"alarm"');
    await page
      .locator('.part-names')
      .getByRole('tab', { name: t('opcua.node') })
      .focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: t('opcua.subscription'), selected: true }).waitFor();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('.node-deed input').inputValue()).toBe('{"alarm"');
    await page.setViewportSize({ width: 390, height: 844 });
    await openPart(page, t('opcua.tree'));
    await page.locator('.tree-row').nth(1).click();
    await page.getByRole('tab', { name: t('opcua.node'), selected: true }).waitFor();
    expect(await page.locator('.tree-row').first().isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  },
);
