import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningPumpLine } from '../support/running-pump-line.ts';
import { startSceneBrowser } from './support/scene-browser.ts';
import type {} from './support/scene-page.ts';

const line = runningPumpLine();
const motion = line.motion();

let browser: Awaited<ReturnType<typeof startSceneBrowser>>;
let page: Page;

/** A paused line with all of its signals as they are. */
beforeAll(async () => {
  browser = await startSceneBrowser('scene-page.html');
  page = await browser.open({ width: 480, height: 300 });
  await page.waitForFunction(() => 'scenePage' in window);
  const { view, clock } = line;
  const watched = await page.evaluate(
    async ({ view, clock, motion }) => {
      const scene = window.scenePage.open({
        ...{ view, theme: 'light', quality: 'high', reducedMotion: false, language: 'en' },
      });
      scene.setClock({ ...clock, paused: true });
      scene.setMotion(motion);
      document.getElementById('host')!.classList.add('hides-labels');
      await document.fonts.ready;
      return scene.watched;
    },
    { view, clock, motion },
  );
  const values = watched.map((path) => [path, line.valueOf(path)] as const);
  await page.evaluate(
    async ({ values, tUs }) => {
      for (const [path, value] of values) window.scenePage.scene!.setSignal(path, value, tUs);
      await window.scenePage.afterFrames(4);
    },
    { values, tUs: line.clock.simUs },
  );
}, 120_000);
afterAll(() => browser.close());

/** With a signal at a value: news is drawn when the pace of the picture allows, not at once. */
async function picture(path?: string, value = 0): Promise<Buffer> {
  await page.evaluate(
    async ({ path, value, tUs }) => {
      const scene = window.scenePage.scene!;
      const { frames } = scene.stats;
      if (path !== undefined) scene.setSignal(path, value, tUs);
      // What shows that value already is not drawn again.
      for (let k = 0; k < 60 && scene.stats.frames === frames; k++) await window.scenePage.afterFrames(1);
      await window.scenePage.afterFrames(2);
    },
    { path, value, tUs: line.clock.simUs },
  );
  return page.screenshot();
}

test('everything that signals show takes few draw calls, and nothing is drawn while they stay', async () => {
  const before = await page.evaluate(() => window.scenePage.scene!.stats);
  expect(before.drawCalls).toBeLessThanOrEqual(80);
  console.log(`${before.drawCalls} draw calls, ${before.triangles} triangles with all signals`);
  await page.evaluate(
    async ({ path, value, tUs }) => {
      window.scenePage.scene!.setSignal(path, value, tUs + 1e6);
      await window.scenePage.afterFrames(20);
    },
    { path: 'ST01.Stock.Castings', value: line.valueOf('ST01.Stock.Castings'), tUs: line.clock.simUs },
  );
  expect(await page.evaluate(() => window.scenePage.scene!.stats.frames)).toBe(before.frames);
});

test.each([
  ['the stock in the racks', 'ST01.Stock.Castings', 4, 60],
  ['the door of the mill', 'ST03.Door.Closed', 1, 0],
  ['a worn tool', 'ST03.Tool.Wear', 0.05, 0.3],
  ['a tool that is being changed', 'ST03.State.Reason', 1, 7],
  ['the zone that somebody is in', 'ST04.Safety.Zone', 0, 3],
  ['the person near the robot', 'ST04.Safety.Separation', 8, 1.5],
  ['the door of the fence', 'ST04.Door.Open', 0, 1],
  ['the layers of a print', 'ST05.Printer2.Layer', 10, 150],
  ['the operator', 'ST06.Operator.Present', 1, 0],
  ['a call for help', 'ST06.Andon.Active', 0, 1],
  ['rejects in their bin', 'ST08.Counter.Scrap', 0, 7],
  ['cartons on the pallet', 'ST10.Cartons.Waiting', 1, 9],
  ['the battery of a vehicle', 'ST11.Agv1.Battery', 90, 12],
])('shows %s', async (_, path, one, other) => {
  const [station] = path.split('.');
  // A vehicle may be anywhere.
  await page.evaluate((at) => window.scenePage.scene!.fit(at), station === 'ST11' ? undefined : station);
  await picture(path, other);
  const first = await picture(path, one);
  const second = await picture(path, other);
  expect(second.equals(first)).toBe(false);
  expect((await picture(path, one)).equals(first)).toBe(true);
});
