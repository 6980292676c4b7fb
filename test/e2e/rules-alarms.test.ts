import { expect, test } from 'vitest';
import { axeInEachTheme, choose, tooWide } from './support/looks.ts';
import { openSite } from './support/visit.ts';
import '#web/workspace/alarms/alarms-words.ts';
import '#web/workspace/rules/rules-words.ts';

const site = openSite();

/** Three hours of a line that stands still, so that there is a past to test on. */
const THREE_HOURS = 180;

test(
  'a rule is written, mended where it is underlined, tested on the past, saved, and fires',
  { timeout: 240_000 },
  async () => {
    const { page, t, runTo } = await site.enter(
      { view: 'rules', standsAtMinutes: THREE_HOURS },
      { expectedComplaint: /400 \(Bad Request\)/ },
    );
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
      /mean\(ST03.Spindle.Temperature, "5 min"\)\s+\d+\.\d{3}\s°C/,
    );

    await page.getByRole('button', { name: t('rules.try'), exact: true }).click();
    const firing = page.locator('.firings button').first();
    const time = await firing.innerText();
    await firing.click();
    await page.locator('.replay-banner', { hasText: time.slice(-8) }).waitFor();

    await save.click();
    await page.getByText(t('inspector.done', { command: t('rules.save') })).waitFor();
    const card = page.locator('.rule-card', { hasText: 'warm' });
    await card.getByText(t('rules.unknown'), { exact: true }).waitFor();
    const filling = card.getByText(t('rules.filling', { windows: '5 min' }));
    await filling.waitFor();
    await runTo(187);
    await card.getByText(t('rules.hasFired'), { exact: true }).waitFor();
    expect(await filling.count()).toBe(0);
    await page.getByRole('button', { name: t('rules.removeNamed', { id: 'warm' }) }).click();
    await page.getByText(t('rules.empty')).waitFor();

    // No moment of this run: before its first that one is shown, and what is still to come is live.
    await page.goto(`${site.server.pageUrl}/workspace?view=rules&at=1999-01-01T00:00:00Z`);
    await page.locator('.replay-banner', { hasText: 'Mon 05:30:00' }).waitFor();
    for (const at of ['2999-01-01T00:00:00Z', 'noon']) {
      await page.goto(`${site.server.pageUrl}/workspace?view=rules&at=${at}`);
      await page.locator('.moment-field').waitFor();
      await expect.poll(() => new URL(page.url()).searchParams.has('at')).toBe(false);
      expect(await page.locator('.replay-banner').count()).toBe(0);
    }
  },
);

test(
  'the editor offers signals and functions with their texts, and lengths of windows in quotes',
  { timeout: 240_000 },
  async () => {
    const { page, t } = await site.enter({ view: 'rules' }, { language: 'sv', theme: 'dark' });
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
    await options.first().filter({ hasText: 'spc.outside' }).waitFor();
    await page.locator('.cm-completionInfo').filter({ hasText: 'styrgränserna' }).waitFor();
    // The list takes no key in its first moment, so that nobody chooses by mistake.
    await choose('spc.outside');
    await page.keyboard.type('ST03.Bore.De');
    await choose('ST03.Bore.Deviation');
    await page.keyboard.type(', "25');
    await choose('25 parts');
    await page
      .getByRole('textbox', { name: t('rules.when') })
      .filter({ hasText: 'spc.outside(ST03.Bore.Deviation, "25 parts"' })
      .waitFor();
  },
);

test(
  'an alarm of one’s own is created, raised, acknowledged, shelved and seen in the journal',
  { timeout: 240_000 },
  async () => {
    const { page, t, runTo } = await site.enter({ view: 'alarms', standsAtMinutes: THREE_HOURS });
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
    await runTo(182);
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
    await page.getByRole('tab', { name: t('alarms.journalShort') }).click();
    await page.getByRole('cell', { name: t('alarms.did.Shelved'), exact: true }).waitFor();
    expect(await page.locator('.alarm-load dd').first().innerText()).toBe('1');
  },
);

test(
  'axe finds nothing in either pane with its forms open, and nothing is wider than a phone',
  { timeout: 240_000 },
  async () => {
    const { page, t, open } = await site.enter({ view: 'rules', standsAtMinutes: THREE_HOURS }, { width: 1280 });
    await page.locator('.rule-seen').waitFor();
    await page.locator('.own-tools summary').click();
    expect(await axeInEachTheme(page, 'rules')).toEqual([]);
    await open({ view: 'alarms' });
    await page.getByRole('button', { name: t('alarms.new') }).click();
    await page.locator('.alarm-row').first().waitFor();
    expect(await axeInEachTheme(page, 'alarms')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await choose(page, { language: 'sv' });
    expect(await tooWide(page), 'alarms').toBe(0);
    await open({ view: 'rules' });
    await page.locator('.part-names [role="tab"]').last().click();
    await page.locator('.rule-seen').waitFor();
    expect(await tooWide(page), 'rules').toBe(0);
  },
);
