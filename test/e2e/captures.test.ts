import { expect, test } from 'vitest';
import { axeInEachTheme, tooWide } from './support/looks.ts';
import { type Comer, openSite, type Visitor } from './support/visit.ts';

const site = openSite();

/** The inspector of a station of a line that stands still, three hours after its beginning. */
async function enter(station: string, comer: Comer = {}): Promise<Visitor> {
  const visitor = await site.enter({ station, standsAtMinutes: 180 }, { height: 900, ...comer });
  await visitor.page.locator('.capture').first().waitFor();
  return visitor;
}

async function openStation({ page, open }: Visitor, station: string): Promise<void> {
  await open({ station });
  await page.locator('.capture').first().waitFor();
}

test('a curve is drawn, told in words, and read off with the keyboard', { timeout: 240_000 }, async () => {
  const { page, t } = await enter('ST07');
  const plot = page.locator('.captures .chart');
  expect(await plot.getAttribute('aria-label')).toMatch(/^Press force\. Lowest 0\skN, highest \d+\.\d+\skN\.$/);
  await page.locator('.captures canvas').waitFor();
  const slider = page.getByRole('slider', { name: t('captures.cursor', { name: 'Press force' }) });
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^0\skN at 0\smm$/);
  await page.keyboard.press('ArrowRight');
  expect(await slider.getAttribute('aria-valuetext')).not.toMatch(/at 0\smm$/);

  await page.getByRole('button', { name: t('captures.larger') }).click();
  await page.getByRole('dialog').locator('canvas').waitFor();
  await page.keyboard.press('Escape');

  const download = page.waitForEvent('download');
  await page.locator('.captures a').click();
  expect((await download).suggestedFilename()).toMatch(/^ST07\.Ram\.ForceCurve-\d+\.csv$/);
});

test('a moment chosen in the timeline shows what was recorded then', { timeout: 240_000 }, async () => {
  const { page, t } = await enter('ST08');
  const serial = () => page.locator('.captures .document .facts dd').first().innerText();
  const now = Number(await serial());
  const scrubber = page.getByRole('slider', { name: t('timeline.look') });
  expect(await scrubber.getAttribute('aria-valuetext')).toBe(t('timeline.atNow'));
  await scrubber.focus();
  await page.keyboard.press('Home');
  await page.locator('.replay-banner', { hasText: '08:00:00' }).waitFor();
  await expect
    .poll(async () => page.locator('.captures [role=status]').innerText())
    .toMatch(/^As it was at 08:00:0\d$/);
  expect(Number(await serial())).toBeLessThan(now);
  await page.getByRole('button', { name: t('timeline.backToLive') }).click();
  await expect.poll(async () => Number(await serial())).toBe(now);
});

test('axe finds nothing at any kind of recording, in any theme', { timeout: 240_000 }, async () => {
  const visitor = await enter('ST03', { width: 1280 });
  const { page } = visitor;
  const found: string[] = [];
  for (const station of ['ST03', 'ST07', 'ST08', 'ST09', 'ST11', 'Orders']) {
    await openStation(visitor, station);
    if (station === 'ST09') await page.locator('.captures select').first().selectOption('ST09.Passport.Last');
    found.push(...(await axeInEachTheme(page, station)));
    await page.locator('.captures-bar .btn').nth(1).click();
    await page.getByRole('dialog').locator('.capture').first().waitFor();
    found.push(...(await axeInEachTheme(page, `${station}, larger`)));
    await page.keyboard.press('Escape');
  }
  expect(found).toEqual([]);
});

test('on a phone, in Swedish, pictures, spectra and documents fit', { timeout: 240_000 }, async () => {
  const visitor = await enter('ST03', { language: 'sv', width: 390 });
  const { page } = visitor;
  for (const station of ['ST03', 'ST08', 'ST09', 'ST11', 'Orders', 'Network']) {
    await openStation(visitor, station);
    expect(await tooWide(page), station).toBe(0);
    expect(await page.locator('.captures').innerText()).toContain('Inspelat 08:30:00');
  }
});
