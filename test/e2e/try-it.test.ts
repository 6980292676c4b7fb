import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, openServer } from '#server/main.ts';
import { type BrowserForTest, openBrowser } from '#test/support/browser.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { testConfig } from '#test/support/start-server.ts';
import { LabVisitor } from './support/lab-in-browser.ts';
import { cellOf, findStop } from './support/the-stop.ts';

const folder = temporaryFolder();
/** The server's wall clock goes with ours, and may be moved on. */
let skewMs = 0;
let server: RunningServer;
let browser: BrowserForTest;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    openServer(testConfig(folder.path), () => Date.now() + skewMs),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
  folder.remove();
});

for (const language of ['en', 'sv'] as const) {
  test(`from Try it to a passed lab in the browser alone, in ${language}`, { timeout: 240_000 }, async () => {
    const { page, complaints, close } = await browser.visit({ language, theme: 'light', width: 1440, height: 900 });
    page.setDefaultTimeout(30_000);
    const visitor = new LabVisitor(page, language);
    const { t } = visitor;

    await page.goto(server.pageUrl);
    await visitor.button(t('home.try')).click();
    await page.getByRole('tablist', { name: t('tabs.label') }).waitFor();
    // The plan instead of 3D: software GL would take most of the processor from all that follows.
    await page.keyboard.press('2');
    await page.getByRole('tab', { name: t('tabs.schematic'), selected: true }).waitFor();
    await visitor.button(t('home.startLab', { lab: visitor.title })).click();
    await page.getByRole('heading', { name: visitor.title }).first().waitFor();
    await page.getByText(t('top.live'), { exact: true }).waitFor();

    const signals = await visitor.findSignals();
    await visitor.check();
    await visitor.next();

    await visitor.subscribe(signals);
    skewMs += 61_000;
    await visitor.check();
    await visitor.next();

    const cell = await cellOf(page);
    await page.locator('.step.current textarea').fill(await visitor.receiveMessage(cell.topicPrefix));
    await visitor.check();
    await visitor.next();

    const stop = await findStop(page, language);
    const fields = page.locator('.step.current .answers .field');
    await fields.nth(0).locator('select').selectOption(stop.station);
    await fields.nth(1).locator('select').selectOption({ label: stop.reason });
    await fields.nth(2).locator('input').fill(stop.began);
    await fields.nth(3).locator('input').fill(String(stop.lastedS));
    await visitor.check();
    await visitor.next();

    const speed = cell.stations
      .find(({ id }) => id === 'ST03')!
      .parameters.find(({ path }) => path === 'ST03.Program.CuttingSpeed')!;
    await visitor.setCuttingSpeed(speed.text[language]);
    await visitor.runOn();
    await visitor.check();

    await page.getByText(t('lab.passed'), { exact: true }).waitFor();
    expect(await page.locator('.bar-words').innerText()).toContain(t('lab.progress', { done: 5, all: 5 }));
    expect(complaints).toEqual([]);
    await close();
  });
}
