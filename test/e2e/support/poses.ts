import type { Page } from 'playwright-core';
import type { Words } from '#web/i18n/words.ts';
import '#web/workspace/alarms/alarms-words.ts';
import '#web/workspace/rules/rules-words.ts';
import '#web/workspace/what-if/what-if-words.ts';
import '#web/workspace/sql/data-words.ts';
import '#web/workspace/opcua/opcua-words.ts';
import '#web/workspace/mqtt/mqtt-words.ts';
import {
  askWhatIf,
  box,
  button,
  command,
  connectAndChoose,
  contradict,
  follow,
  heat,
  listen,
  openPart,
  part,
  raiseAlarm,
  watchItems,
} from './pose-deeds.ts';

/** One state of a view that is worth a picture; poses of a view follow each other, each from where the last one left. */
export interface Pose {
  readonly name: string;
  strike(page: Page, t: Words): Promise<void>;
}

const SEVERAL =
  'ST03.Spindle.Load,ST03.Spindle.Temperature,ST03.Spindle.Vibration,ST07.Ram.Force,ST12.Air.Pressure,ST03.State.Current';

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
    {
      name: 'method',
      async strike(page, t) {
        await openPart(page, t('opcua.tree'));
        await box(page, t('opcua.openNode')).fill('ST09.Unhold');
        await button(page, t('opcua.open')).click();
        await button(page, t('opcua.call')).click();
        await page.locator('.node-deed .note.ok').waitFor();
      },
    },
    { name: 'alarms', strike: raiseAlarm },
    { name: 'session', strike: (page, t) => part(page, t('opcua.session')).click() },
  ],
  mqtt: [
    { name: 'message', strike: listen },
    {
      name: 'sparkplug',
      async strike(page, t) {
        await openPart(page, t('mqtt.topics'));
        await follow(page, 'spBv1.0/nordpump-halmstad/+/line1/ST12');
        await page.locator('.topics [aria-label$="/DDATA/line1/ST12"]').click();
        await page.locator('.mqtt-message .changes').waitFor();
      },
    },
    {
      name: 'publish',
      async strike(page, t) {
        await part(page, t('mqtt.publish')).click();
        await page.locator('.publish .btn').click();
        await page.getByText(t('mqtt.published', { topic: 'lab/hello' })).waitFor();
      },
    },
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
      name: 'chart',
      async strike(page, t) {
        await openPart(page, t('data.sources'));
        await page.locator('.data-examples .btn').last().click();
        await page.locator('.data-rows').waitFor();
        await button(page, t('data.chart')).click();
        await page.locator('.data-main canvas').waitFor();
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
    {
      name: 'past',
      async strike(page, t) {
        await openPart(page, t('rules.rule'));
        await page.locator('.rule-try').click();
        await page.locator('.rule-past [role="status"] p').waitFor();
        await page.locator('.rule-past').evaluate((past) => past.scrollIntoView({ block: 'center' }));
      },
    },
    {
      name: 'completion',
      async strike(page, t) {
        await box(page, t('rules.when')).fill('');
        await box(page, t('rules.when')).pressSequentially('max(ST03.Spin', { delay: 30 });
        await page.locator('.cm-tooltip-autocomplete li').first().waitFor();
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
      name: 'acknowledged',
      async strike(page, t) {
        await openPart(page, t('tabs.alarms'));
        await page.getByRole('button', { name: `${t('alarms.acknowledge')}: SpindleHot` }).click();
        await page
          .getByRole('button', { name: `${t('alarms.acknowledge')}: SpindleHot` })
          .waitFor({ state: 'detached' });
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
    {
      name: 'shelved',
      async strike(page, t) {
        await page.getByRole('dialog').locator('.btn.primary').click();
        await page.getByRole('button', { name: `${t('alarms.unshelve')}: SpindleHot` }).waitFor();
      },
    },
  ],
  trends: [
    trend('several', { trends: SEVERAL }),
    trend('spc', { as: 'spc', trends: 'ST03.Bore.Deviation', span: '3600' }),
    { name: 'violations', strike: toTheEnd },
    trend('histogram', { as: 'histogram' }),
    { name: 'capability', strike: toTheEnd },
    trend('recording', { as: 'spectrum', source: 'ST03.Spindle.VibrationWaveform' }),
    trend('spectrum', { as: 'spectrum', trends: 'ST03.Spindle.Load', source: '' }),
    trend('gantt', { as: 'gantt' }),
    { name: 'losses', strike: toTheEnd },
    {
      name: 'take',
      async strike(page) {
        await page.locator('.trends-main > .row').first().locator('.btn').last().click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ],
  configuration: [
    {
      name: 'tools',
      async strike(page) {
        await page.locator('.config-row .own-tools summary').first().click();
        await page.locator('.config-row .own-tools[open]').waitFor();
      },
    },
    { name: 'refused', strike: contradict },
  ],
  schematic: [
    {
      name: 'refused',
      async strike(page, t) {
        await page.goto(`${new URL(page.url()).origin}/workspace?view=schematic&station=ST03`);
        await page.locator('.tab-list').waitFor();
        const drawer = page.locator('.drawer-button');
        if (await drawer.isVisible()) await drawer.click();
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

/** The trends with other settings in the address; an empty one goes. */
function trend(name: string, settings: Readonly<Record<string, string>>): Pose {
  return {
    name,
    async strike(page) {
      const address = new URL(page.url());
      for (const [key, value] of Object.entries(settings)) {
        if (value === '') address.searchParams.delete(key);
        else address.searchParams.set(key, value);
      }
      await page.goto(String(address));
      await page.locator('.trends-main canvas').first().waitFor();
    },
  };
}

/** What stands below the picture of a trend. */
async function toTheEnd(page: Page): Promise<void> {
  await page.locator('.trends-main').evaluate((main) => main.lastElementChild?.scrollIntoView({ block: 'end' }));
}
