import { expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '#test/support/browser.ts';
import { killableServer } from '#test/support/killable-server.ts';
import { words } from '#web/i18n/words.ts';
import { live } from './support/lab-under-way.ts';

test(
  'without WebGL the 3D tab has the schematic; a server that is killed comes back where it was, and so does the page',
  { timeout: 240_000 },
  async () => {
    const server = await killableServer();
    onTestFinished(() => server.close());
    const browser = await openBrowser(['--disable-3d-apis']);
    onTestFinished(() => browser.close());
    const { page } = await browser.visit({ language: 'sv', theme: 'dark', width: 1440, height: 900 });
    const t = words('sv');
    page.setDefaultTimeout(60_000);
    await page.goto(server.pageUrl);
    await page.getByRole('button', { name: t('home.try') }).click();
    await page.getByRole('tab', { name: t('tabs.scene'), selected: true }).waitFor();
    await page.getByText(t('scene.failed')).waitFor();
    await page.locator('.schematic').getByText('ST03').first().waitFor();

    await page.locator('.lab-offers li', { hasText: 'Första stegen' }).getByRole('button').click();
    const answer = page.locator('.step.current select');
    await answer.selectOption('ST05');
    await page.getByText(t('lab.allSaved')).waitFor();
    await live(page, t);

    await server.kill();
    await answer.selectOption('ST07');
    await page.getByText(t('contact.silent'), { exact: true }).waitFor();
    await page.getByText(t('lab.allKept', { count: 1 })).waitFor();
    await server.start();
    await page.getByText(t('lab.allSaved')).waitFor();
    await live(page, t);
    expect(await page.locator('.page-bar').count()).toBe(0);
    const clock = page.locator('.plant-time time');
    const before = await clock.innerText();
    await expect.poll(() => clock.innerText(), { timeout: 30_000 }).not.toBe(before);
    await page.reload();
    await expect.poll(() => answer.inputValue(), { timeout: 30_000 }).toBe('ST07');
  },
);
