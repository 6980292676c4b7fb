import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningPumpLine } from '../support/running-pump-line.ts';
import { startSceneBrowser } from './support/scene-browser.ts';
import type {} from './support/schematic-page.tsx';

const line = runningPumpLine();
const motion = line.motion();
const placed = line.view.stations.filter(({ at }) => at).map(({ id }) => id);

let browser: Awaited<ReturnType<typeof startSceneBrowser>>;
let page: Page;

beforeAll(async () => {
  browser = await startSceneBrowser('schematic-page.html');
  page = await browser.open({ width: 900, height: 600 });
  await page.waitForFunction(() => 'schematicPage' in window);
  const { view, clock } = line;
  await page.evaluate(
    ({ view, clock, motion, placed }) => {
      const schematic = window.schematicPage.open({ view, language: 'sv', theme: 'light' });
      schematic.setClock({ ...clock, paused: true });
      schematic.setMotion(motion);
      for (const id of placed) schematic.setState(id, 'running');
      schematic.setState('ST08', 'fault');
    },
    { view, clock, motion, placed },
  );
}, 120_000);
afterAll(() => browser.close());

const card = (station: string) => page.locator(`.schematic-card[data-station="${station}"]`);

test('the schematic names every placed station with its state', async () => {
  await expect.poll(() => card('ST08').getAttribute('aria-label')).toBe('ST08 Visionskontroll, Fel');
  expect(await card('ST08').innerText()).toContain('Fel');
  expect(
    await page.locator('.schematic-card').evaluateAll((cards) => cards.map((one) => one.textContent?.slice(0, 4))),
  ).toEqual(placed);
});

test('it shows the carriers and vehicles of the line, loaded ones in the colour of their variant', async () => {
  await expect
    .poll(() => page.locator('.schematic-carrier').count())
    .toBe(motion.filter(({ path }) => path === 'loop').length);
  expect(await page.locator('.schematic-vehicle').count()).toBe(2);
  const loaded = await page.locator('.schematic-carrier rect[visibility="visible"]').count();
  expect(loaded).toBe(motion.filter(({ path, load }) => path === 'loop' && load).length);
});

test('a keyboard walks through the stations and selects one', async () => {
  await card('ST01').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => window.schematicPage.selected)).toEqual(['ST02']);
  await expect.poll(() => card('ST02').getAttribute('aria-pressed')).toBe('true');
});

test.each([1300, 900, 390])('cards lie apart and inside at a width of %d px', async (width) => {
  await page.setViewportSize({ width, height: 640 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const overlaps = async () => {
    const boxes = await page
      .locator('.schematic-card')
      .evaluateAll((cards) => cards.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    return boxes.filter((a, i) =>
      boxes.some((b, k) => i < k && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
    ).length;
  };
  await expect.poll(overlaps).toBe(0);
});

test('carriers step on while the clock runs', async () => {
  const places = () =>
    page.locator('.schematic-carrier').evaluateAll((all) => all.map((one) => one.getAttribute('transform')).join());
  const before = await places();
  const [{ atUs, segments }] = line.record(5).filter((news) => news.segments.some(({ path }) => path === 'loop'));
  await page.evaluate(
    ({ clock, segments }) => {
      window.schematicPage.schematic!.setClock(clock);
      window.schematicPage.schematic!.setMotion(segments);
    },
    { clock: { ...line.clock, simUs: atUs, wallMs: Date.now() }, segments },
  );
  await expect.poll(places, { timeout: 10_000 }).not.toBe(before);
});
