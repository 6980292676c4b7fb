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

/** Runs the standing line on to so many minutes after its beginning. */
async function runTo(page: Page, minutes: number): Promise<void> {
  await page.evaluate(async (simUs) => {
    const { cell } = (await (await fetch('/api/me')).json()) as { cell: string };
    const post = (path: string, body: unknown) =>
      fetch(`/api/cells/${cell}/${path}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
    await post('speed', { paused: true });
    await post('run-until', { simUs });
  }, minutes * 60e6);
}

async function begin(viewer: Viewer) {
  const visit = await browser.visit(viewer);
  const { page } = visit;
  page.setDefaultTimeout(40_000);
  await page.goto(server.pageUrl);
  await page.getByRole('button', { name: words(viewer.language)('home.try'), exact: true }).click();
  await page.locator('.timeline').waitFor();
  await runTo(page, 180);
  return visit;
}

const openView = (page: Page, view: 'rules' | 'alarms') => page.goto(`${server.pageUrl}/workspace?view=${view}`);

test(
  'a rule is written, mended where it is underlined, tested on the past, saved, and fires',
  { timeout: 240_000 },
  async () => {
    const t = words('en');
    const { page, complaints, close } = await begin({ width: 1440, height: 900, language: 'en', theme: 'light' });
    await openView(page, 'rules');
    await page.getByRole('button', { name: t('rules.new') }).click();
    await page.getByRole('textbox', { name: t('rules.id'), exact: true }).fill('warm');
    const when = page.getByRole('textbox', { name: t('rules.when') });
    await when.fill('mean(ST03.Spindle.Temperatur, "5 min") > 10');
    const underlined = page.locator('.cm-lintRange-error');
    await underlined.first().waitFor();
    expect(await underlined.first().innerText()).toBe('ST03.Spindle.Temperatur');
    await page.getByText('Did you mean "ST03.Spindle.Temperature"?').waitFor();
    const save = page.getByRole('button', { name: t('rules.save') });
    expect(await save.isDisabled()).toBe(true);

    await when.fill('mean(ST03.Spindle.Temperature, "5 min") > 10');
    await page.getByText(t('rules.right')).waitFor();
    expect(await underlined.count()).toBe(0);
    const seen = page.locator('.rule-seen');
    expect(await seen.locator('tbody tr').last().innerText()).toMatch(
      /mean\(ST03.Spindle.Temperature, "5 min"\)\s+\d+\.\d{3}/,
    );

    await page.getByRole('button', { name: t('rules.try'), exact: true }).click();
    const firing = page.locator('.firings button').first();
    const time = await firing.innerText();
    await firing.click();
    await page.locator('.replay-banner', { hasText: time.slice(-8) }).waitFor();

    await save.click();
    await page.getByText(t('inspector.done', { command: t('rules.save') })).waitFor();
    const card = page.locator('.rule-card', { hasText: 'warm' });
    await card.getByText(t('rules.unknown')).waitFor();
    await runTo(page, 187);
    await card.getByText(t('rules.hasFired'), { exact: true }).waitFor();
    await page.getByRole('button', { name: t('rules.removeNamed', { id: 'warm' }) }).click();
    await page.getByText(t('rules.empty')).waitFor();
    // The browser itself says that a rule was refused.
    expect(complaints.filter((each) => !each.includes('400 (Bad Request)'))).toEqual([]);
    await close();
  },
);

test(
  'the editor offers signals and functions with their texts, and lengths of windows in quotes',
  { timeout: 240_000 },
  async () => {
    const t = words('sv');
    const { page, complaints, close } = await begin({ width: 1440, height: 900, language: 'sv', theme: 'dark' });
    await openView(page, 'rules');
    await page.getByRole('button', { name: t('rules.new') }).click();
    await page.getByRole('textbox', { name: t('rules.when') }).focus();
    const options = page.locator('.cm-tooltip-autocomplete li');
    const choose = async (name: string) => {
      await options.filter({ hasText: name }).first().waitFor();
      await page.waitForTimeout(150);
      await page.keyboard.press('Enter');
      await options.first().waitFor({ state: 'detached' });
    };
    await page.keyboard.type('spc.o', { delay: 30 });
    await options.first().waitFor();
    expect(await options.first().innerText()).toContain('spc.outside');
    await page.locator('.cm-completionInfo').waitFor();
    expect(await page.locator('.cm-completionInfo').innerText()).toContain('styrgränserna');
    // The list takes no key in its first moment, so that nobody chooses by mistake.
    await choose('spc.outside');
    await page.keyboard.type('ST03.Bore.De');
    await choose('ST03.Bore.Deviation');
    await page.keyboard.type(', "25');
    await choose('25 parts');
    expect(await page.getByRole('textbox', { name: t('rules.when') }).innerText()).toContain(
      'spc.outside(ST03.Bore.Deviation, "25 parts"',
    );
    expect(complaints).toEqual([]);
    await close();
  },
);

test(
  'an alarm of one’s own is created, raised, acknowledged, shelved and seen in the journal',
  { timeout: 240_000 },
  async () => {
    const t = words('en');
    const { page, complaints, close } = await begin({ width: 1440, height: 900, language: 'en', theme: 'light' });
    await openView(page, 'alarms');
    await page.getByRole('button', { name: t('alarms.new') }).click();
    await page.getByRole('textbox', { name: t('alarms.name'), exact: true }).fill('TooWarm');
    await page.getByLabel(t('alarms.signal'), { exact: true }).fill('ST03.Spindle.Temperature');
    await page.getByRole('textbox', { name: /^Limit/ }).fill('500');
    const create = page.getByRole('button', { name: t('alarms.create') });
    await create.click();
    await page.getByText(/it would never be raised/).waitFor();
    await page.getByRole('textbox', { name: /^Limit/ }).fill('1');
    await page.getByRole('textbox', { name: /^Deadband/ }).fill('0.5');
    await create.click();
    await page.getByText(t('inspector.done', { command: t('alarms.create') })).waitFor();
    await runTo(page, 182);
    await page
      .getByRole('region', { name: t('alarms.unacknowledged') })
      .locator('b', { hasText: 'TooWarm' })
      .waitFor();
    await page.getByRole('button', { name: `${t('alarms.acknowledge')}: TooWarm` }).click();
    await page
      .getByRole('region', { name: t('alarms.acknowledged'), exact: true })
      .locator('b', { hasText: 'TooWarm' })
      .waitFor();
    await page.getByRole('button', { name: `${t('alarms.shelve')}: TooWarm` }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('alarms.shelve'), exact: true })
      .click();
    await page
      .getByRole('region', { name: t('alarms.shelved') })
      .locator('b', { hasText: 'TooWarm' })
      .waitFor();
    await page.getByRole('cell', { name: t('alarms.did.Shelved'), exact: true }).waitFor();
    expect(await page.locator('.alarm-load dd').first().innerText()).toBe('1');
    expect(complaints).toEqual([]);
    await close();
  },
);

test.each(['en', 'sv'] as const)(
  'axe finds nothing in either pane, in both themes, and nothing is wider than a phone (%s)',
  { timeout: 240_000 },
  async (language) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, complaints, close } = await begin({ width: 1280, height: 900, language, theme });
      const t = words(language);
      const found: string[] = [];
      await openView(page, 'rules');
      await page.locator('.rule-seen').waitFor();
      await page.locator('.own-tools summary').click();
      found.push(...(await axeFaults(page, `rules ${theme}`)));
      await openView(page, 'alarms');
      await page.getByRole('button', { name: t('alarms.new') }).click();
      found.push(...(await axeFaults(page, `alarms ${theme}`)));
      await page.setViewportSize({ width: 390, height: 844 });
      for (const view of ['rules', 'alarms'] as const) {
        await openView(page, view);
        await page
          .locator(view === 'rules' ? '.rule-seen' : '.alarm-row')
          .first()
          .waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), view).toBe(0);
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  },
);
