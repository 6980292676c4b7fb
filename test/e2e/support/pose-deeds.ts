import type { Page } from 'playwright-core';
import type { Words } from '#web/i18n/words.ts';

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const box = (page: Page, name: string | RegExp) =>
  page.getByRole('textbox', { name, ...(typeof name === 'string' && { exact: true }) });
/** By its name, behind which a count may stand. */
export const part = (page: Page, name: string) =>
  page.locator('.part-names').getByRole('tab', { name: new RegExp(`^${name}\\W*\\d*$`) });

/** A distance for stopping beyond the one for slowing down; and the same for one's own tools. */
export async function contradict(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('config.search')).fill('Safety.');
  const row = page.locator('[data-path="ST04.Safety.StopDistance"]');
  await row.getByRole('textbox').fill('5');
  await row.getByRole('button', { name: t('inspector.set') }).click();
  await row.getByText(/ST04\.Safety\.SlowDistance/).waitFor();
}

/** In a narrow pane a part is a tab; in a wide one the list stands beside, and a lone part has no tab. */
export async function openPart(page: Page, name: string): Promise<void> {
  const tab = part(page, name);
  if ((await tab.count()) > 0) await tab.click();
}

/** Gives a command as the page would. */
export const command = (page: Page, target: string, value?: unknown) =>
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

export const heat = (page: Page) =>
  command(page, 'Alarms.Configure', {
    ...{ alarm: 'SpindleHot', enabled: true, limit: 1, onDelay: '0 s', offDelay: '0 s', deadband: 0 },
  });

export async function connectAndChoose(page: Page, t: Words): Promise<void> {
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

export async function watchItems(page: Page, t: Words): Promise<void> {
  await part(page, t('opcua.subscription')).click();
  for (const signal of ['ST03.Spindle.Load', 'ST03.Spindle.Temperature', 'ST07.Ram.Force']) {
    await page.locator('.add-node input').fill(signal);
    await page.locator('.add-node .btn').click();
  }
  await page.locator('.item-name').nth(2).waitFor();
  await button(page, t('opcua.subscribe')).click();
  await button(page, t('opcua.resubscribe')).first().waitFor();
}

export async function raiseAlarm(page: Page, t: Words): Promise<void> {
  await heat(page);
  await part(page, t('opcua.alarms')).click();
  await page.locator('.conditions li').first().waitFor();
}

export async function follow(page: Page, filter: string): Promise<void> {
  await page.locator('.mqtt-head input').first().fill(filter);
  await page.locator('.mqtt-head .btn.primary').click();
}

export async function listen(page: Page): Promise<void> {
  // What the air does changes all the time, whatever the machines do.
  await follow(page, 'nordpump/halmstad/pumps/line1/ST12/#');
  await page.locator('.topics .signal-name').nth(1).waitFor();
  await page.locator('.topics [aria-label$="/ST12/Air/Pressure"]').click();
  await page.locator('.mqtt-message .changes').waitFor();
}

export async function askWhatIf(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('whatIf.setting', { name: 'A' })).selectOption('ST03.Program.Feed');
  await page.getByRole('button', { name: t('whatIf.addTo', { name: 'A' }) }).click();
  await page.locator('.variants input').first().fill('90');
  await button(page, t('whatIf.run')).click();
  await page.getByText(t('whatIf.result')).first().waitFor();
}
