import type { Page } from 'playwright-core';
import type { Words } from '#web/i18n/words.ts';
import '#web/workspace/what-if/what-if-words.ts';
import '#web/workspace/sql/data-words.ts';

/** One state of a view that is worth a picture; poses of a view follow each other, each from where the last one left. */
export interface Pose {
  readonly name: string;
  strike(page: Page, t: Words): Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const box = (page: Page, name: string | RegExp) =>
  page.getByRole('textbox', { name, ...(typeof name === 'string' && { exact: true }) });
const part = (page: Page, name: string) => page.locator('.part-names').getByRole('tab', { name });

/** What each view looks like once someone has worked in it, by its tab. */
export const POSES: Readonly<Record<string, readonly Pose[]>> = {
  opcua: [
    { name: 'node', strike: connectAndChoose },
    { name: 'items', strike: watchItems },
    {
      name: 'history',
      async strike(page, t) {
        await openPart(page, t('opcua.tree'));
        await box(page, t('opcua.openNode')).fill('ST03.Spindle.Load');
        await button(page, t('opcua.open')).click();
        await part(page, t('opcua.history')).click();
        await button(page, t('opcua.readHistory')).click();
        await page.locator('.history-table').waitFor();
      },
    },
    {
      name: 'events',
      async strike(page, t) {
        await part(page, t('opcua.events')).click();
        await button(page, t('opcua.watchEvents')).click();
        await command(page, 'ST09.Hold');
        await page.locator('.event-table').waitFor();
      },
    },
    { name: 'alarms', strike: raiseAlarm },
    { name: 'session', strike: (page, t) => part(page, t('opcua.session')).click() },
  ],
  mqtt: [
    { name: 'message', strike: listen },
    { name: 'publish', strike: (page, t) => part(page, t('mqtt.publish')).click() },
  ],
  data: [
    {
      name: 'table',
      async strike(page, t) {
        await openPart(page, t('data.sources'));
        await page.locator('.data-examples .btn').nth(1).click();
        await page.locator('.data-rows').waitFor();
      },
    },
    {
      name: 'error',
      async strike(page, t) {
        await openPart(page, t('data.queryShort'));
        await page.locator('.data-main .cm-content').fill('SELECT statin FROM visits');
        await button(page, t('data.run')).click();
        await page.locator('.data-main .note.fault').waitFor();
      },
    },
  ],
  whatIf: [{ name: 'results', strike: askWhatIf }],
  rules: [
    {
      name: 'error',
      async strike(page, t) {
        await openPart(page, t('rules.rule'));
        await box(page, t('rules.when')).fill('mean(ST03.Spindle.Temperatur, "5 min") > 40');
        await page.locator('.rule-fault').waitFor();
      },
    },
    {
      name: 'saved',
      async strike(page, t) {
        await box(page, t('rules.when')).fill('mean(ST03.Spindle.Temperature, "5 min") > 30');
        await button(page, t('rules.save')).click();
        await openPart(page, t('rules.title'));
        await page.locator('.rule-card').waitFor();
      },
    },
  ],
  alarms: [
    {
      name: 'active',
      async strike(page, t) {
        await heat(page);
        await openPart(page, t('tabs.alarms'));
        await page.locator('.alarm-group.fault').waitFor();
      },
    },
    {
      name: 'form',
      async strike(page, t) {
        await page.getByRole('button', { name: `${t('alarms.configure')}: SpindleHot` }).click();
        await page.locator('.alarm-form').waitFor();
      },
    },
    {
      name: 'shelve',
      async strike(page, t) {
        await openPart(page, t('tabs.alarms'));
        await page.getByRole('button', { name: `${t('alarms.shelve')}: SpindleHot` }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ],
  trends: (['spc', 'histogram', 'spectrum', 'gantt'] as const).map((form) => ({
    name: form,
    async strike(page) {
      const address = new URL(page.url());
      address.searchParams.set('as', form);
      await page.goto(String(address));
      await page.locator('.trends-main').waitFor();
    },
  })),
  configuration: [
    {
      name: 'tools',
      async strike(page) {
        await page.locator('.config-row .own-tools summary').first().click();
        await page.locator('.config-row .own-tools[open]').waitFor();
      },
    },
  ],
  schematic: [
    {
      name: 'refused',
      async strike(page, t) {
        await page.goto(`${new URL(page.url()).origin}/workspace?view=schematic&station=ST03`);
        await page.locator('.inspector h2').first().waitFor();
        await page
          .getByRole('button', { name: t('inspector.more') })
          .first()
          .click();
        await page.getByRole('menuitem').nth(1).click();
        await page.locator('.inspector .note.fault').waitFor();
      },
    },
  ],
};

/** In a narrow pane a part is a tab; in a wide one the list stands beside, and a lone part has no tab. */
async function openPart(page: Page, name: string): Promise<void> {
  const tab = part(page, name);
  if ((await tab.count()) > 0) await tab.click();
}

/** Gives a command as the page would. */
const command = (page: Page, target: string, value?: unknown) =>
  page.evaluate(
    async ([to, given]) => {
      const { cell } = (await (await fetch('/api/me')).json()) as { cell: string };
      await fetch(`/api/cells/${cell}/commands`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ id: `${to}${Date.now()}`, target: to, value: given }),
      });
    },
    [target, value] as const,
  );

const heat = (page: Page) =>
  command(page, 'Alarms.Configure', {
    ...{ alarm: 'SpindleHot', enabled: true, limit: 1, onDelay: '0 s', offDelay: '0 s', deadband: 0 },
  });

async function connectAndChoose(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('opcua.policy')).selectOption('Basic256Sha256');
  await button(page, t('opcua.connect')).click();
  await page.locator('.session-bar').waitFor();
  await openPart(page, t('opcua.tree'));
  await page.locator('.tree-row').nth(1).waitFor();
  await box(page, t('opcua.openNode')).fill('ST03.Program.Feed');
  await button(page, t('opcua.open')).click();
  await page.locator('.node-deed input').fill('100000');
  await button(page, t('opcua.write')).click();
  await page.locator('.node-deed .note.fault').waitFor();
}

async function watchItems(page: Page, t: Words): Promise<void> {
  await part(page, t('opcua.subscription')).click();
  for (const signal of ['ST03.Spindle.Load', 'ST03.Spindle.Temperature', 'ST07.Ram.Force']) {
    await page.locator('.add-node input').fill(signal);
    await page.locator('.add-node .btn').click();
  }
  await page.locator('.item-name').nth(2).waitFor();
  await button(page, t('opcua.subscribe')).click();
  await button(page, t('opcua.resubscribe')).first().waitFor();
}

async function raiseAlarm(page: Page, t: Words): Promise<void> {
  await heat(page);
  await part(page, t('opcua.alarms')).click();
  await page.locator('.conditions li').first().waitFor();
}

async function listen(page: Page): Promise<void> {
  await page.locator('.mqtt-head input').first().fill('nordpump/halmstad/pumps/line1/ST03/Spindle/#');
  await page.locator('.mqtt-head .btn.primary').click();
  await page.locator('.topics .signal-name').nth(1).waitFor();
  await page.locator('.topics .signal-name').first().click();
  await page.locator('.mqtt-message .changes').waitFor();
}

async function askWhatIf(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('whatIf.setting', { name: 'A' })).selectOption('ST03.Program.Feed');
  await page.getByRole('button', { name: t('whatIf.addTo', { name: 'A' }) }).click();
  await page.locator('.variants input').first().fill('90');
  await box(page, t('whatIf.hours')).fill('1');
  await box(page, t('whatIf.forks')).fill('8');
  await button(page, t('whatIf.run')).click();
  await page.getByText(t('whatIf.result')).first().waitFor();
}
