/**
 * Pictures of every screen, for looking at: `npm run shots`, or `npm run shots -- --url http://127.0.0.1:8080 --only scene
 * --width 390`. Both themes, both languages, three widths; high contrast in one of them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type BrowserForTest, type Viewer, openBrowser } from '#test/support/browser.ts';
import { startServer } from '#test/support/start-server.ts';
import { dialogVisits, enterWorkspace, pageVisits, type ScreenVisit, settled, viewVisits } from './support/screens.ts';

const FOLDER = 'shots';
const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
/** Stations with a recording of each kind. */
const RECORDED = ['ST03', 'ST07', 'ST08', 'ST09', 'ST11'];

const { values: asked } = parseArgs({
  options: { url: { type: 'string' }, only: { type: 'string' }, width: { type: 'string' }, theme: { type: 'string' } },
});

/** What makes a view worth looking at, by its tab. */
const LIVELY: Readonly<Record<string, (page: Page) => Promise<void>>> = { opcua: connect, mqtt: listen };

async function shoot(browser: BrowserForTest, url: string, viewer: Viewer): Promise<void> {
  const { page, complaints, close } = await browser.visit(viewer);
  const { width, theme, language } = viewer;
  const fullPage = width < 800;
  const wants = (screen: string) => asked.only === undefined || screen.includes(asked.only);
  const take = async (screen: string) => {
    await page.screenshot({ path: join(FOLDER, `${screen}-${width}-${theme}-${language}.png`), fullPage });
  };
  const all = async (visits: readonly ScreenVisit[], waitMs: number) => {
    for (const visit of visits.filter(({ name }) => wants(name))) {
      await visit.open(page);
      await LIVELY[visit.name]?.(page).catch((error: unknown) => console.log(visit.name, String(error).split('\n')[0]));
      await page.waitForTimeout(waitMs);
      await take(visit.name);
    }
  };
  page.setDefaultTimeout(30_000);
  const [home] = pageVisits(url);
  if (wants('welcome')) {
    await home.open(page);
    await take('welcome');
  }
  await enterWorkspace(page, url);
  await all(await viewVisits(page), 2500);
  for (const station of RECORDED) {
    if (!wants('recordings')) continue;
    await page.goto(`${url}/workspace?view=schematic&station=${station}`);
    await page.locator('.capture').first().waitFor();
    await page.locator('.captures').evaluate((section) => section.scrollIntoView());
    await page.waitForTimeout(1500);
    await take(`recordings-${station}`);
  }
  await page.goto(`${url}/workspace?view=schematic`);
  await page.locator('.tab-list').waitFor();
  await all(dialogVisits(language), 300);
  await page.keyboard.press('Escape');
  if (wants('lab') || wants('record') || wants('home')) {
    await page.locator('.lab-offers .btn').first().click();
    await page.locator('.step.current').waitFor({ timeout: 60_000 });
    const judged = page.waitForResponse((response) => response.url().includes('/check'));
    await page.locator('.step.current .step-body .btn.primary').click();
    await judged;
    await settled(page);
    await page.waitForTimeout(500);
    if (wants('lab')) await take('lab');
  }
  await all(pageVisits(url), 700);
  if (wants('record')) {
    await page.goto(`${url}/record`);
    await page.locator('summary').first().click();
    await take('record-open');
  }
  if (complaints.length > 0) console.log(`${width} ${theme} ${language}:`, complaints);
  await close();
}

async function connect(page: Page): Promise<void> {
  const bar = page.locator('.session-bar');
  await bar.locator('select').first().selectOption('Basic256Sha256');
  await bar.locator('.btn.primary').click();
  await page.locator('.tree-row').nth(1).waitFor();
  await page.locator('.add-node input').fill('ST03.Spindle.Load');
  await page.locator('.add-node .btn').click();
  await page.locator('.add-node input').fill('ST03.Spindle.Temperature');
  await page.locator('.add-node .btn').click();
  await page.locator('.opcua-right .btn.primary').last().click();
}

async function listen(page: Page): Promise<void> {
  await page.locator('.mqtt-head input').first().fill('nordpump/halmstad/pumps/line1/ST03/Spindle/#');
  await page.locator('.mqtt-head .btn.primary').click();
  await page.locator('.topics .signal-name').first().click();
}

mkdirSync(FOLDER, { recursive: true });
const server = asked.url === undefined ? await startServer() : undefined;
const url = asked.url ?? server!.pageUrl;
const browser = await openBrowser();
const isWanted = ({ width, theme }: Viewer) =>
  (asked.width === undefined || asked.width === String(width)) && (asked.theme === undefined || asked.theme === theme);
try {
  const viewers = SIZES.flatMap(([width, height]) =>
    (['sv', 'en'] as const).flatMap((language) =>
      (['light', 'dark'] as const).map((theme): Viewer => ({ width, height, theme, language })),
    ),
  );
  viewers.push({ width: 1440, height: 900, theme: 'contrast', language: 'en' });
  for (const viewer of viewers.filter(isWanted)) await shoot(browser, url, viewer);
} finally {
  await browser.close();
  await server?.close();
}
