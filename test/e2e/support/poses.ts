import type { Page } from 'playwright-core';
import type { Words } from '#web/i18n/words.ts';
import '#web/workspace/what-if/what-if-words.ts';
import '#web/workspace/sql/data-words.ts';
import '#web/workspace/opcua/opcua-words.ts';
import '#web/workspace/mqtt/mqtt-words.ts';

/** One state of a view that is worth a picture; poses of a view follow each other, each from where the last one left. */
export interface Pose {
  readonly name: string;
  strike(page: Page, t: Words): Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const box = (page: Page, name: string | RegExp) =>
  page.getByRole('textbox', { name, ...(typeof name === 'string' && { exact: true }) });
const part = (page: Page, name: string) => page.locator('.part-names').getByRole('tab', { name });

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

/** A distance for stopping beyond the one for slowing down; and the same for one's own tools. */
async function contradict(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('config.search')).fill('Safety.');
  const row = page.locator('[data-path="ST04.Safety.StopDistance"]');
  await row.getByRole('textbox').fill('5');
  await row.getByRole('button', { name: t('inspector.set') }).click();
  await row.getByText(/ST04\.Safety\.SlowDistance/).waitFor();
}

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

async function follow(page: Page, filter: string): Promise<void> {
  await page.locator('.mqtt-head input').first().fill(filter);
  await page.locator('.mqtt-head .btn.primary').click();
}

async function listen(page: Page): Promise<void> {
  // What the air does changes all the time, whatever the machines do.
  await follow(page, 'nordpump/halmstad/pumps/line1/ST12/#');
  await page.locator('.topics .signal-name').nth(1).waitFor();
  await page.locator('.topics [aria-label$="/ST12/Air/Pressure"]').click();
  await page.locator('.mqtt-message .changes').waitFor();
}

async function askWhatIf(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('whatIf.setting', { name: 'A' })).selectOption('ST03.Program.Feed');
  await page.getByRole('button', { name: t('whatIf.addTo', { name: 'A' }) }).click();
  await page.locator('.variants input').first().fill('90');
  await button(page, t('whatIf.run')).click();
  await page.getByText(t('whatIf.result')).first().waitFor();
}
