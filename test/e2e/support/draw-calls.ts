import type { BrowserForTest } from '#test/support/browser.ts';
import type { ServerForTest } from '#test/support/start-server.ts';
import type { Figure } from './figure.ts';
import { tryIt } from './try-it.ts';

const VIEWER = { language: 'en', theme: 'light', width: 1440, height: 900, reducedMotion: false } as const;
const WATCHED_MS = 10_000;

/**
 * Draw calls of the busiest frame while the line runs, and frames drawn while it stands, as WebGL is asked for them by the
 * page itself.
 */
export async function* drawCalls(browser: BrowserForTest, { pageUrl }: ServerForTest): AsyncGenerator<Figure> {
  const { page, close } = await browser.visit(VIEWER);
  const cell = await tryIt(page, pageUrl);
  await page.addInitScript(() => {
    const drawn = { frames: 0, inFrame: 0, most: 0 };
    let at: CSSNumberish | null = null;
    const context = WebGL2RenderingContext.prototype as unknown as Record<string, (...how: unknown[]) => void>;
    for (const name of Object.keys(context).filter((each) => /^draw(Arrays|Elements|RangeElements)/.test(each))) {
      const draw = context[name];
      context[name] = function (this: unknown, ...how) {
        // Of one frame, all that is drawn has the same time.
        const { currentTime } = document.timeline;
        if (currentTime !== at) {
          drawn.frames++;
          drawn.inFrame = 0;
          at = currentTime;
        }
        drawn.most = Math.max(drawn.most, ++drawn.inFrame);
        draw.apply(this, how);
      };
    }
    Object.assign(window, { drawn });
  });
  const watch = async () => {
    await page.evaluate('Object.assign(drawn, { frames: 0, most: 0 })');
    await page.waitForTimeout(WATCHED_MS);
    return page.evaluate<{ readonly frames: number; readonly most: number }>('drawn');
  };
  await page.goto(`${pageUrl}/workspace?view=scene`);
  await page.waitForFunction(() => performance.getEntriesByName('scene-drawn').length > 0);
  const { most, frames } = await watch();
  if (frames === 0) throw new Error('No frame was drawn of a line that runs: nothing is counted.');
  yield { name: 'draw calls of the busiest frame', value: most, budget: 80, unit: '' };
  await page.request.post(`${pageUrl}/api/cells/${cell}/speed`, {
    headers: { origin: pageUrl },
    data: { paused: true },
  });
  await page.waitForTimeout(WATCHED_MS);
  yield { name: 'frames drawn of a line that stands', value: (await watch()).frames, budget: 0, unit: '' };
  await close();
}
