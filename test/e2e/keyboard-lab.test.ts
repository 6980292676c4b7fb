import { expect, test } from 'vitest';
import { LabByKeyboard } from './support/lab-by-keyboard.ts';
import { cellOf, findStop } from './support/the-stop.ts';
import { openSite } from './support/visit.ts';

/** The server's wall clock goes with ours, and may be moved on. */
let skewMs = 0;
const site = openSite({ now: () => Date.now() + skewMs });

for (const language of ['en', 'sv'] as const) {
  test(`from Try it to a passed lab by the keyboard alone, in ${language}`, { timeout: 300_000 }, async () => {
    const { page, t } = await site.visit({ language });
    const person = new LabByKeyboard(page, language);
    const { keys } = person;

    await page.goto(site.server.pageUrl);
    await page.locator('.lab-cards').first().waitFor();
    await keys.press(t('home.try'));
    await page.getByRole('tablist', { name: t('tabs.label') }).waitFor();
    // The lab has the focus. The plan instead of 3D: software GL would take most of the processor from all that follows.
    await expect.poll(async () => (await keys.stop()).name).toBe(t('lab.region'));
    await page.keyboard.press('2');
    await page.getByRole('tab', { name: t('tabs.schematic'), selected: true }).waitFor();
    await page.locator('.lab-offers').waitFor();
    await keys.press(t('home.startLab', { lab: person.title }));
    await page.locator('.step.current').waitFor();
    await page.getByText(t('top.live'), { exact: true }).waitFor();
    await expect.poll(async () => (await keys.stop()).name).toBe(t('lab.region'));

    const signals = await person.findSignals();
    await person.check();
    await person.next();
    expect((await keys.stop()).role).toBe('button');

    await person.subscribe(signals);
    skewMs += 61_000;
    await person.toStep();
    await person.check();
    await person.next();

    const cell = await cellOf(page);
    const message = await person.receiveMessage(cell.topicPrefix);
    await person.toStep();
    await keys.tabTo(/./, 'textarea');
    await keys.overwrite(message);
    await person.check();
    await person.next();

    const stop = await findStop(page, language);
    await keys.tabTo(/./, 'combobox');
    await keys.pick(stop.station);
    await keys.tabTo(/./, 'combobox');
    await keys.pick(stop.reason);
    await keys.tabTo(/./, 'textbox');
    await keys.overwrite(stop.began);
    await keys.tabTo(/./, 'textbox');
    await keys.overwrite(String(stop.lastedS));
    await person.check();
    await person.next();

    const speed = cell.stations
      .find(({ id }) => id === 'ST03')!
      .parameters.find(({ path }) => path === 'ST03.Program.CuttingSpeed')!;
    await person.setCuttingSpeed(speed.text[language]);
    await person.runOn();
    await person.toStep();
    await person.check();

    await page.getByText(t('lab.passed'), { exact: true }).waitFor();
    expect(await page.locator('.bar-words').first().innerText()).toContain(t('lab.progress', { done: 5, all: 5 }));
    expect([...new Set(keys.barriers)]).toEqual([]);
    // Twelve signals more to Tab through would be felt: it was 140 when this was written.
    expect(keys.moves).toBeLessThan(170);
  });
}
