import type { Locator } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Me } from '#contract/participant.ts';
import { PAYLOADS } from './support/every-answer-lab.ts';
import { HARM, answerWithHarm } from './support/harmful-answers.ts';
import { en as unkeptDraft } from '#web/i18n/words/drafts.ts';
import { axeInThemes, fieldIn, holdBack, openLabSite, said } from './support/lab-under-way.ts';
import '#web/workspace/mqtt/mqtt-words.ts';

let aheadMs = 0;
const { site, inLab, inStore, renewWeb } = openLabSite({ now: () => Date.now() + aheadMs });

const PATIENCE = { timeout: 30_000 };

/** A field comes to hold a text. */
const holds = (field: Locator, text: string) => expect.poll(() => field.inputValue(), PATIENCE).toBe(text);

test(
  'without contact one types on, in two tabs, and opens other views; all is sent when it is back',
  { timeout: 180_000 },
  async () => {
    const person = await inLab();
    const { page, t } = person;
    const context = page.context();
    const other = await context.newPage();
    await other.goto(page.url());
    await fieldIn(other, 'power').waitFor();

    await person.field('power').fill('2,9');
    await holds(fieldIn(other, 'power'), '2,9');
    await page.getByText(t('lab.understood', { value: '2.9 kW' })).waitFor();

    await context.setOffline(true);
    await said(page, t('contact.offline'));
    await person.field('power').fill('3100 W');
    await fieldIn(other, 'parts').fill('7');
    await holds(person.field('parts'), '7');
    await said(page, t('lab.allKept', { count: 2 }));
    expect(await axeInThemes(page, 'offline')).toEqual([]);
    // A view that was never loaded waits for contact, and says so.
    await page.getByRole('tab', { name: t('tabs.whatIf') }).click();
    await page.getByRole('tabpanel').getByText(t('app.loading')).waitFor();
    await page.getByRole('button', { name: t('lab.check'), exact: true }).click();
    await page.locator('.step-body').getByText(t('problem.network')).waitFor();
    expect(await person.stored()).toMatchObject({ power: '2,9' });
    // Whoever leaves now finds it again. A page that closes sends what it has, and the browser may not hold it to being offline.
    await other.close();

    await context.setOffline(false);
    await said(page, t('lab.allSaved'));
    await page.locator('.page-bar').waitFor({ state: 'detached' });
    await person.live();
    expect(await person.stored()).toMatchObject({ power: '3100 W', parts: '7' });
    await page.getByText(/= 3\.1 kW/).waitFor();
    await page.locator('.what-if').first().waitFor();

    await context.setOffline(true);
    await person.field('began').fill('06:1');
    await page.close();
    await context.setOffline(false);
    const later = await context.newPage();
    await later.goto(`${site.server.pageUrl}/workspace?view=schematic`);
    await holds(fieldIn(later, 'began'), '06:1');
    await expect.poll(async () => (await person.stored()).began, PATIENCE).toBe('06:1');
  },
);

test('a full storage is said in words, and what is typed is sent all the same', { timeout: 120_000 }, async () => {
  const person = await inLab();
  const { page, t } = person;
  await page.evaluate(() => {
    for (let size = 2 ** 20; size >= 1; size /= 2) {
      try {
        for (let k = 0; ; k++) localStorage.setItem(`${size}-${k}`, 'x'.repeat(size));
      } catch {
        // Full for this size.
      }
    }
  });
  await page.context().setOffline(true);
  await person.field('why').fill('The mill waits for the robot.');
  await said(page, t('lab.unkept'));
  await page.context().setOffline(false);
  // The panes say so too, and let one type on.
  await page.getByRole('tab', { name: t('tabs.configuration') }).click();
  await page.getByLabel(t('config.search')).fill('Safety.StopDistance');
  const setting = page.locator('.config-row').first();
  await setting.getByRole('textbox').fill('0.85');
  await setting.getByText(unkeptDraft.unkept).waitFor();
  await setting.getByRole('button', { name: t('inspector.set') }).click();
  await setting.getByText(unkeptDraft.unkept).waitFor({ state: 'detached' });
  await said(page, t('lab.allSaved'));
  expect(await person.stored()).toMatchObject({ why: 'The mill waits for the robot.' });
  // The page opens on a full storage, too.
  await page.reload();
  await holds(person.field('why'), 'The mill waits for the robot.');
});

test('a line that fell asleep wakes by itself', { timeout: 120_000 }, async () => {
  const person = await inLab();
  const { page, t, ask } = person;
  const { cell } = await ask<Me>('/me');
  await person.field('power').fill('3');
  await site.server.host.closeSessions(cell, 'The cell sleeps.');
  await page.getByText(t('top.lost')).waitFor();
  await person.live();
  const clock = page.locator('.plant-time time');
  const before = await clock.innerText();
  await expect.poll(() => clock.innerText(), PATIENCE).not.toBe(before);
  await holds(person.field('power'), '3');
});

test(
  'a key that was replaced, a browser that was forgotten and a line that was removed each have a way on',
  { timeout: 180_000 },
  async () => {
    const person = await inLab();
    const { page, t, ask } = person;
    const before = await ask<Me>('/me');
    await page.getByRole('button', { name: t('top.account'), exact: true }).click();
    await page.getByRole('button', { name: t('account.showKey'), exact: true }).click();
    await page.getByText(before.key).waitFor();
    await page.getByRole('button', { name: t('account.newKey') }).click();
    expect(await axeInThemes(page, 'replacing the key')).toEqual([]);
    await page.getByRole('button', { name: t('account.newKeyGo') }).click();
    await said(page, t('account.newKeyDone'));
    const { key } = await ask<Me>('/me');
    expect(key).not.toBe(before.key);
    await page.getByText(key).waitFor();
    await page.keyboard.press('Escape');
    await person.live();

    await inStore((db) => db.deleteFrom('sessions').where('participant', '=', before.id).execute());
    // The page may ask by itself, as after a lost connection; it hears that it was forgotten once something is typed.
    const release = await holdBack(page, '**/api/**');
    await person.field('parts').fill('12');
    release();
    await page.getByRole('heading', { name: t('signIn.out') }).waitFor();
    expect(await axeInThemes(page, 'signed out')).toEqual([]);
    // Name and key are there; a wrong key is refused in words.
    await page.getByLabel(t('account.key')).fill('nonsense');
    await page.getByRole('button', { name: t('signIn.go') }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(t('account.key')).fill(key);
    await page.getByRole('button', { name: t('signIn.go') }).click();
    await holds(person.field('parts'), '12');
    await expect.poll(async () => (await person.stored()).parts, PATIENCE).toBe('12');

    await inStore((db) => db.deleteFrom('members').where('cell', '=', before.cell).execute());
    await page.getByRole('button', { name: t('top.pause'), exact: true }).click();
    await said(page, t('contact.moved'));
    await person.live();
    await page.getByRole('link', { name: t('contact.toRecord') }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  },
);

test(
  'another device opens with name and key at the same step and view, and of two texts the later one stays',
  { timeout: 120_000 },
  async () => {
    const person = await inLab();
    const { page, t, ask } = person;
    await person.field('parts').fill('5');
    await page.getByRole('tab', { name: t('tabs.data') }).click();
    await page.locator('.step-head').nth(1).click();
    await expect
      .poll(async () => ask(`/attempts/${person.attempt}/whereabouts`), PATIENCE)
      .toMatchObject({ step: 'more', view: 'data' });
    await page.getByLabel('A note').fill('half a sent');
    await said(page, t('lab.allSaved'));

    const { id, key } = await ask<Me>('/me');
    const { page: tablet, t: tv } = await site.visit({ language: 'sv', width: 1024, height: 768, theme: 'dark' });
    await tablet.goto(site.server.pageUrl);
    await tablet.getByText(tv('signIn.title')).click();
    await tablet.getByLabel(tv('account.user')).fill(id);
    await tablet.getByLabel(tv('account.key')).fill(key);
    await tablet.getByRole('button', { name: tv('signIn.go') }).click();
    await tablet.getByRole('tab', { name: tv('tabs.data'), selected: true }).waitFor();
    expect(await tablet.getByLabel('A note').inputValue()).toBe('half a sent');
    await tablet.getByLabel('A note').fill('half a sentence, and the rest');
    await tablet.getByText(tv('lab.allSaved')).waitFor();

    // Back at the first one, which asks again when it is looked at.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await holds(page.getByLabel('A note'), 'half a sentence, and the rest');
  },
);

test(
  'an old page after an upgrade says so, loses nothing, and goes on after a reload',
  { timeout: 180_000 },
  async () => {
    const person = await inLab();
    const { page, t } = person;
    await person.field('parts').fill('41');
    // The answer of another version lacks what this page needs.
    await page.route('**/api/cells/*/configuration', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { settings: 'elsewhere' } });
    });
    await page.getByRole('tab', { name: t('tabs.configuration') }).click();
    await page.getByText(t('problem.answerHint')).waitFor();

    const bring = renewWeb('src/workspace/rules/rules-view.tsx');
    await page.getByRole('tab', { name: t('tabs.rules') }).click();
    await page.getByText(t('contact.oldPart')).waitFor({ timeout: 30_000 });
    await said(page, t('contact.outdated'));
    expect(await axeInThemes(page, 'outdated')).toEqual([]);
    await person.field('parts').fill('42');
    bring();
    await page.getByRole('button', { name: t('contact.reload') }).click();
    await holds(person.field('parts'), '42');
    await page.locator('.rules').first().waitFor();
    expect(await page.locator('.page-bar').count()).toBe(0);
  },
);

test('texts that would harm stay texts, wherever they stand, and break no policy', { timeout: 180_000 }, async () => {
  const person = await inLab({ expectedComplaint: /^never$/ });
  const { page, t, complaints, ask } = person;
  await page.evaluate(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      console.error(`violated: ${violatedDirective}`),
    );
  });
  await answerWithHarm(person);

  // Topics and payloads of a program of one's own.
  await page.getByRole('tab', { name: t('tabs.mqtt') }).click();
  await page.getByLabel(t('mqtt.filter')).fill('lab/#');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: t('mqtt.filters') }).waitFor();
  const { id, key } = await ask<Me>('/me');
  const { connectAsync } = await import('mqtt');
  const client = await connectAsync(site.server.mqttUrl, { username: id, password: key });
  onTestFinished(() => void client.end(true));
  for (const [k, text] of PAYLOADS.entries()) await client.publishAsync(`lab/${k}/${text}`, HARM, { qos: 1 });
  await page
    .locator('.topics .signal-name')
    .nth(PAYLOADS.length - 1)
    .waitFor();
  await page.locator('.topics .signal-name').first().click();
  await page.locator('.raw code').waitFor();
  // What a person gave, and why, has the room that its words need.
  const mark = { attempt: person.attempt, n: 1, kind: 'check' as const, step: 'fields', item: 'parts', points: 1 };
  await inStore((db) =>
    db
      .insertInto('marks')
      .values({ ...mark, reason: HARM, given_by: id, given_ms: 0 })
      .execute(),
  );
  await page.goto(`${site.server.pageUrl}/record`);
  await page.locator('summary').first().click();
  const widthOf = async (part: string) => (await page.locator(part).first().boundingBox())!.width;
  expect(await widthOf('.mark.note')).toBeGreaterThan(0.8 * (await widthOf('.recorded-step')));
  await page.goto(
    `${site.server.pageUrl}/workspace?view=${encodeURIComponent(PAYLOADS[0])}&station=${encodeURIComponent(PAYLOADS[1])}&step=${encodeURIComponent(PAYLOADS[2])}`,
  );
  await page.locator('.step.current').waitFor();

  expect(await page.evaluate(() => (globalThis as { harmed?: number }).harmed)).toBeUndefined();
  expect(await page.locator('img[src="x"], svg[onload], main script, [href^="javascript"]').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test(
  'a line that stands still since nobody used it for two hours says so, and one button wakes it',
  { timeout: 120_000 },
  async () => {
    const { page, t, ask } = await site.enter(
      {},
      { expectedComplaint: /Failed to load resource|WebSocket connection/ },
    );
    const bar = page.locator('.page-bar').getByText(t('contact.unattended'));
    const { cell } = await ask<Me>('/me');
    // What the page asks when it is opened is over.
    await page.waitForLoadState('networkidle');
    aheadMs = 2 * 3_600_000 + 60_000;
    await site.server.host.closeSessions(cell, 'Nobody has used the cell for two hours.');
    await bar.waitFor();
    // An open page asks nothing by itself: the line sleeps on.
    await page.waitForEvent('websocket');
    expect((await ask<Me>('/me')).isUnattended).toBe(true);
    await page.getByRole('button', { name: t('contact.wake') }).click();
    await bar.waitFor({ state: 'detached' });
    await page.getByText(t('top.live'), { exact: true }).waitFor();
  },
);
