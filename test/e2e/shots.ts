/** Pictures of every screen, for looking at: `npm run shots`, or `npm run shots -- http://127.0.0.1:8080 scene`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserForTest, type Viewer, openBrowser } from '#test/support/browser.ts';
import { startServer } from '#test/support/start-server.ts';

const FOLDER = 'shots';
const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
/** Stations with a recording of each kind. */
const RECORDED = ['ST03', 'ST07', 'ST08', 'ST09', 'ST11'];
const VIEWS = ['scene', 'schematic', 'trends', 'opcua', 'mqtt', 'whatIf', 'rules', 'alarms'] as const;

async function shoot(browser: BrowserForTest, url: string, viewer: Viewer, only: string | undefined): Promise<void> {
  const { page, complaints, close } = await browser.visit(viewer);
  const name = (screen: string) => join(FOLDER, `${screen}-${viewer.width}-${viewer.theme}-${viewer.language}.png`);
  const wants = (screen: string) => only === undefined || screen.includes(only);
  const fullPage = viewer.width < 800;
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  await page.getByRole('list').last().waitFor();
  await page.waitForTimeout(500);
  if (wants('home')) await page.screenshot({ path: name('home'), fullPage });
  await page.locator('.btn.primary.big').click();
  await page.locator('.timeline canvas').first().waitFor();
  for (const view of VIEWS) {
    if (!wants(view)) continue;
    await page.goto(`${url}/workspace?view=${view}&station=ST03&signal=ST03.Meter.Power`);
    await page.locator('.tab-panel').waitFor();
    if (view === 'opcua') await connect(page);
    if (view === 'mqtt') await listen(page);
    await page.waitForTimeout(view === 'scene' ? 6000 : 3500);
    await page.screenshot({ path: name(view), fullPage });
  }
  for (const station of RECORDED) {
    if (!wants('recordings')) continue;
    await page.goto(`${url}/workspace?view=schematic&station=${station}`);
    await page.locator('.capture').first().waitFor();
    await page.locator('.captures').evaluate((section) => section.scrollIntoView());
    await page.waitForTimeout(1500);
    await page.screenshot({ path: name(`recordings-${station}`), fullPage });
  }
  if (wants('account')) {
    await page
      .locator('.top .btn')
      .filter({ has: page.locator('.wide') })
      .click();
    await page.screenshot({ path: name('account') });
    await page.keyboard.press('Escape');
  }
  if (wants('help')) {
    await page.locator('.top .btn.icon').last().click();
    await page.screenshot({ path: name('help') });
    await page.keyboard.press('Escape');
  }
  if (wants('lab')) {
    await page.locator('.lab-offers .btn').first().click();
    await page.locator('.step.current').waitFor({ timeout: 60_000 });
    await page.locator('.step-body .btn.primary').click();
    await page.waitForTimeout(5000);
    await page.screenshot({ path: name('lab'), fullPage });
  }
  if (complaints.length > 0) console.log(name('?'), complaints);
  await close();
}

type Page = Awaited<ReturnType<BrowserForTest['visit']>>['page'];

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
  await page.locator('.mqtt-head input').fill('nordpump/halmstad/pumps/line1/ST03/Spindle/#');
  await page.locator('.mqtt-head .btn.primary').click();
  await page.locator('.topics .signal-name').first().click();
}

const [given, only] = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
const server = given ? undefined : await startServer();
const browser = await openBrowser();
try {
  for (const [width, height] of SIZES) {
    for (const theme of ['light', 'dark'] as const) {
      for (const language of ['sv', 'en'] as const) {
        await shoot(browser, given ?? server!.pageUrl, { width, height, theme, language }, only);
      }
    }
  }
} finally {
  await browser.close();
  await server?.close();
}
