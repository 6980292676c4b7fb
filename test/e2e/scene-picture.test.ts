import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runningPumpLine } from '../support/running-pump-line.ts';
import { type PictureStatistics, pictureStatistics } from './support/picture-statistics.ts';
import { startSceneBrowser } from './support/scene-browser.ts';
import type {} from './support/scene-page.ts';
import type { Damage, StationPicture } from './support/station-pictures.ts';

const line = runningPumpLine();
const motion = line.motion();
const placed = line.view.stations.filter(({ at }) => at).map(({ id }) => id);
const VIEWPORT = { width: 480, height: 300 };

let browser: Awaited<ReturnType<typeof startSceneBrowser>>;
let page: Page;

beforeAll(async () => {
  browser = await startSceneBrowser('scene-page.html');
  page = await browser.open(VIEWPORT);
  await page.waitForFunction(() => 'scenePage' in window);
}, 120_000);
afterAll(() => browser.close());

/** A paused line with every station running, drawn once. */
async function openScene(theme: 'light' | 'dark'): Promise<void> {
  const { view, clock } = line;
  await page.evaluate(
    async ({ view, clock, motion, theme, placed }) => {
      const { scenePage } = window;
      const scene = scenePage.open({ view, theme, quality: 'high', reducedMotion: false, language: 'en' });
      scene.setClock({ ...clock, paused: true });
      scene.setMotion(motion);
      for (const id of placed) scene.setState(id, 'running');
      scenePage.selected = [];
      await document.fonts.ready;
      await scenePage.afterFrames(4);
    },
    { view, clock, motion, theme, placed },
  );
}

const frames = () => page.evaluate(() => window.scenePage.scene!.stats.frames);
const label = (station: string) => page.locator(`.scene-label[data-station="${station}"]`);

/** Damages the picture from inside, draws it, and measures. */
async function damaged(damage: string): Promise<PictureStatistics> {
  await page.evaluate(`(async () => {
    const { scene } = window.scenePage;
    ${damage};
    scene.loop.invalidate();
    await window.scenePage.afterFrames(3);
  })()`);
  return pictureStatistics(page);
}

const looksRight = { light: 100, dark: 15 };
function isSound({ mean, colours, black, edges }: PictureStatistics, theme: 'light' | 'dark'): boolean {
  return mean > looksRight[theme] && colours > 60 && black < 0.05 && edges > 0.05;
}

const stationPictures = (damage: Damage = 'none') =>
  page.evaluate(([ids, how]) => window.scenePage.pictures(ids, how), [placed, damage] as const);

/** Large enough in its box to be seen, lit, and of more than one shade. */
const isSeen = ({ share, mean, range, black }: StationPicture, theme: 'light' | 'dark'): boolean =>
  share > 0.15 && mean > looksRight[theme] / 2 && range > 20 && black < 0.35;

describe.each(['light', 'dark'] as const)('the picture in the %s theme', (theme) => {
  beforeAll(() => openScene(theme));

  test('shows each of the twelve stations', async () => {
    const seen = await stationPictures();
    expect(seen).toHaveLength(12);
    expect(seen.filter((one) => !isSeen(one, theme))).toEqual([]);
  });

  test('has the light, colours and outlines of a whole line', async () => {
    const seen = await pictureStatistics(page);
    expect(isSound(seen, theme), JSON.stringify(seen)).toBe(true);
  });

  test.each([
    ['a lost camera', 'scene.stage.camera.position.set(0, 300, 0)'],
    ['black materials', 'scene.fit(); scene.stage.scene.traverse((one) => one.material?.color?.set(0))'],
  ])('would be found out with %s', async (_, damage) => {
    const seen = await damaged(damage);
    expect(isSound(seen, theme), JSON.stringify(seen)).toBe(false);
  });
});

describe('the scene', () => {
  beforeAll(() => openScene('light'));
  beforeEach(() => page.evaluate(() => void (window.scenePage.selected = [])));

  test('would be found out with any one station missing, or black', async () => {
    for (const damage of ['hidden', 'black'] as const) {
      const seen = await stationPictures(damage);
      expect(seen.filter((one) => isSeen(one, 'light'))).toEqual([]);
    }
  });

  test('takes the low preset where there is no graphics card, and few draw calls', async () => {
    const stats = await page.evaluate(() => window.scenePage.scene!.stats);
    expect(stats.quality).toBe('low');
    expect(stats.drawCalls).toBeGreaterThan(10);
    expect(stats.drawCalls).toBeLessThanOrEqual(80);
  });

  test('draws nothing while nothing changes, and draws again when the clock runs', async () => {
    await page.evaluate(() => window.scenePage.afterFrames(6));
    const before = await frames();
    await page.evaluate(() => window.scenePage.afterFrames(30));
    expect(await frames()).toBe(before);
    await page.evaluate((clock) => window.scenePage.scene!.setClock(clock), { ...line.clock, wallMs: Date.now() });
    await page.waitForFunction((count) => window.scenePage.scene!.stats.frames > count + 2, before);
  });

  test('says the state of each station by shape, word and name, in both languages', async () => {
    await page.evaluate(() => window.scenePage.scene!.setState('ST08', 'fault'));
    await expect.poll(() => label('ST08').getAttribute('aria-label')).toBe('ST08 Vision inspection, Fault');
    expect(await label('ST08').innerText()).toContain('Fault');
    const glyphs = await page
      .locator('.scene-label svg path')
      .evaluateAll((paths) => paths.map((p) => p.getAttribute('d')));
    expect(new Set(glyphs).size).toBeGreaterThan(1);
    await page.evaluate(() => window.scenePage.scene!.setLanguage('sv'));
    expect(await label('ST08').getAttribute('aria-label')).toBe('ST08 Visionskontroll, Fel');
    expect(await label('ST03').getAttribute('aria-label')).toBe('ST03 CNC-fräs, I drift');
    expect(await page.locator('.scene-label').count()).toBe(placed.length);
  });

  test('is hidden from screen readers but for its labels, which a keyboard reaches', async () => {
    expect(await page.locator('canvas').getAttribute('aria-hidden')).toBe('true');
    await label('ST03').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => window.scenePage.selected)).toEqual(['ST03']);
    await page.evaluate(() => window.scenePage.scene!.select('ST03'));
    expect(await label('ST03').getAttribute('aria-pressed')).toBe('true');
  });

  test('selects the machine that is clicked, and nothing beside the floor', async () => {
    const spot = await page.evaluate<{ x: number; y: number }>(`(() => {
      const { scene } = window.scenePage;
      const { box } = scene.world.bodies.get('ST03');
      const { x, y } = box.getCenter(box.min.clone()).project(scene.stage.camera);
      return { x: (x / 2 + 0.5) * innerWidth, y: (0.5 - y / 2) * innerHeight };
    })()`);
    await page.mouse.click(spot.x, spot.y);
    await page.mouse.click(4, VIEWPORT.height - 4);
    expect(await page.evaluate(() => window.scenePage.selected)).toEqual(['ST03', null]);
  });

  test('gives back all it took', async () => {
    const left = await page.evaluate<{ geometries: number; textures: number; elements: number }>(`(() => {
      const { scene } = window.scenePage;
      const { memory } = scene.stage.renderer.info;
      scene.dispose();
      window.scenePage.scene = undefined;
      return { ...memory, elements: document.getElementById('host').childElementCount };
    })()`);
    expect(left).toMatchObject({ geometries: 0, textures: 0, elements: 0 });
  });

  test('tells by a typed error that there is no WebGL', async () => {
    const name = await page.evaluate((view) => {
      const prototype: { getContext: unknown } = HTMLCanvasElement.prototype;
      const real = prototype.getContext;
      prototype.getContext = () => null;
      try {
        window.scenePage.open({ view, theme: 'light', quality: 'low', reducedMotion: false, language: 'en' });
        return 'none';
      } catch (error) {
        return (error as Error).name;
      } finally {
        prototype.getContext = real;
      }
    }, line.view);
    expect(name).toBe('WebGlMissing');
  });
});
