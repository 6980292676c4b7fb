/**
 * Pictures of every screen and of what it looks like once someone has worked in it, for looking at: `npm run shots`, or
 * `npm run shots -- --only opcua,rules --width 390 --theme dark --language sv --url http://127.0.0.1:8080 --folder /tmp/shots`.
 * Both themes, both languages, three widths; high contrast in one of them, and one width of a wall. `--theme contrast` takes
 * it in all of them, `--theme forced` with the colours that a system forces.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type BrowserForTest, type Viewer, openBrowser } from '#test/support/browser.ts';
import { startServer } from '#test/support/start-server.ts';
import { type Words, words } from '#web/i18n/words.ts';
import { labPoses } from './support/lab-poses.ts';
import { POSES } from './support/poses.ts';
import { dialogVisits, enterWorkspace, pageVisits, type ScreenVisit, settled, viewVisits } from './support/screens.ts';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
const STATIONS = Array.from({ length: 12 }, (_, k) => `ST${String(k + 1).padStart(2, '0')}`);
/** As high as the longest inspector. */
const INSPECTOR_PX = 3000;
/** Time for curves to fill and for recomputed history to come. */
const SETTLING_MS = 2500;

const { values: asked } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string' },
    width: { type: 'string' },
    theme: { type: 'string' },
    language: { type: 'string' },
    folder: { type: 'string', default: 'shots' },
  },
});
const wanted = asked.only?.split(',');
const wants = (screen: string): boolean => wanted === undefined || wanted.some((part) => screen.includes(part));

class Photographer {
  constructor(
    private readonly page: Page,
    private readonly url: string,
    private readonly viewer: Look,
    private readonly t: Words,
  ) {}

  async everything(): Promise<void> {
    await this.welcome();
    await this.enter();
    for (const visit of await viewVisits(this.page)) await this.view(visit);
    await this.inspectors();
    await this.dialogs();
    await this.clock();
    await this.lost();
    await this.lab();
    for (const visit of pageVisits(this.url)) await this.screen(visit, 700);
    await this.record();
    await this.nowhere();
  }

  /** In a window of usual size: under software GL the line in 3D, which comes first, would fill a wall for minutes. */
  private async enter(): Promise<void> {
    const { width, height } = this.viewer;
    await this.page.setViewportSize({ width: Math.min(width, 1440), height: Math.min(height, 900) });
    await enterWorkspace(this.page, this.url);
    await this.page.setViewportSize({ width, height });
  }

  private async take(screen: string): Promise<void> {
    const { width, theme, language } = this.viewer;
    await this.page.screenshot({
      path: join(asked.folder, `${screen}-${width}-${theme}-${language}.png`),
      fullPage: width < 800,
    });
  }

  /** What one picture wants must not keep the others away: it is said, and the next one follows. */
  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    const { width, theme, language } = this.viewer;
    await work().catch((error: unknown) => {
      console.log(`${what} ${width} ${theme} ${language}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    });
  }

  private async screen(visit: ScreenVisit, waitMs: number): Promise<void> {
    if (!wants(visit.name)) return;
    await this.attempt(visit.name, async () => {
      await visit.open(this.page);
      await this.page.waitForTimeout(waitMs);
      await this.take(visit.name);
    });
  }

  /** A view as one finds it, and then in each of its poses. */
  private async view(visit: ScreenVisit): Promise<void> {
    await this.screen(visit, SETTLING_MS);
    if (!wants(visit.name)) return;
    for (const pose of POSES[visit.name] ?? []) {
      await this.attempt(`${visit.name}-${pose.name}`, async () => {
        await pose.strike(this.page, this.t);
        await this.page.waitForTimeout(SETTLING_MS / 2);
        await this.take(`${visit.name}-${pose.name}`);
      });
    }
    await this.page.keyboard.press('Escape');
  }

  private async at(query: string): Promise<void> {
    await this.page.goto(`${this.url}/workspace?${query}`);
    await this.page.locator('.tab-list').waitFor();
    await settled(this.page);
  }

  private async welcome(): Promise<void> {
    const [home] = pageVisits(this.url);
    if (wants('welcome')) await this.screen({ ...home, name: 'welcome' }, 300);
  }

  /** All that is told of each station, in one picture however long it is. */
  private async inspectors(): Promise<void> {
    const { width, height, theme, language } = this.viewer;
    await this.page.setViewportSize({ width, height: INSPECTOR_PX });
    for (const station of STATIONS) {
      const name = `inspector-${station}`;
      if (!wants(name)) continue;
      await this.attempt(name, async () => {
        await this.at(`view=schematic&station=${station}`);
        const drawer = this.page.locator('.drawer-button');
        if (await drawer.isVisible()) await drawer.click();
        await this.page.locator('.inspector .signal-name').first().waitFor();
        await this.page.waitForTimeout(1500);
        const path = join(asked.folder, `${name}-${width}-${theme}-${language}.png`);
        await this.page.locator('.inspector').screenshot({ path });
      });
    }
    await this.page.setViewportSize({ width, height });
  }

  private async dialogs(): Promise<void> {
    await this.at('view=schematic');
    for (const visit of dialogVisits(this.viewer.language)) await this.screen(visit, 300);
    await this.page.keyboard.press('Escape');
    if (wants('dialog-key')) await this.key();
  }

  /** Another key in place of the former one, from the dialog of the account. */
  private async key(): Promise<void> {
    const press = (name: 'account.showKey' | 'account.newKey' | 'account.newKeyGo') =>
      this.page
        .getByRole('dialog')
        .getByRole('button', { name: this.t(name) })
        .click();
    await this.attempt('dialog-key', async () => {
      await dialogVisits(this.viewer.language)[0].open(this.page);
      await press('account.showKey');
      await press('account.newKey');
      await this.take('dialog-key-asked');
      await press('account.newKeyGo');
      await this.page.getByText(this.t('account.newKeyDone')).waitFor();
      await this.take('dialog-key-done');
    });
    await this.page.keyboard.press('Escape');
  }

  /** Menus and dialogs of the clock, and a past moment. */
  private async clock(): Promise<void> {
    const open = async (item: string) => {
      await this.page.getByRole('button', { name: this.t('top.time'), exact: true }).click();
      await this.page.getByRole('menuitem', { name: item }).click();
      await this.page.getByRole('dialog').waitFor();
    };
    if (wants('dialog-until'))
      await this.attempt('dialog-until', () => open(this.t('top.atTime')).then(() => this.take('dialog-until')));
    await this.page.keyboard.press('Escape');
    if (wants('dialog-reset'))
      await this.attempt('dialog-reset', () => open(this.t('top.reset')).then(() => this.take('dialog-reset')));
    await this.page.keyboard.press('Escape');
    if (!wants('replay')) return;
    await this.attempt('replay', async () => {
      const now = await this.page.locator('.plant-time time').getAttribute('datetime');
      const then = new Date(Date.parse(now!) - 10 * 60_000).toISOString();
      await this.at(`view=schematic&at=${encodeURIComponent(then)}`);
      await this.page.waitForTimeout(SETTLING_MS);
      await this.take('replay');
    });
  }

  private async lost(): Promise<void> {
    if (!wants('lost')) return;
    await this.attempt('lost', async () => {
      await this.at('view=schematic');
      await this.page.locator('.top .chip.ok').waitFor();
      await this.page.context().setOffline(true);
      await this.page.locator('.top .chip.warn').first().waitFor();
      await this.page.waitForTimeout(500);
      await this.take('lost');
    });
    await this.page.context().setOffline(false);
  }

  /** A lab as it begins, checked without an answer, with its hint, and all that may come of it. */
  private async lab(): Promise<void> {
    if (!['lab', 'record', 'home'].some(wants)) return;
    await this.attempt('lab', async () => {
      // Another station than the one of which the lab asks the past.
      await this.at('view=schematic&station=ST07');
      await this.page.locator('.lab-offers .btn').first().click();
      await this.page.locator('.step.current').waitFor({ timeout: 60_000 });
      await settled(this.page);
      if (wants('lab')) await this.take('lab-begun');
      const judged = this.page.waitForResponse((response) => response.url().includes('/check'));
      await this.page.locator('.step.current .step-body .btn.primary').click();
      await judged;
      await settled(this.page);
    });
    if (!wants('lab')) return;
    for (const pose of labPoses(this.viewer.language)) {
      await this.attempt(`lab-${pose.name}`, async () => {
        await pose.strike(this.page, this.t);
        await this.page.waitForTimeout(500);
        await this.take(`lab-${pose.name}`);
      });
    }
    await this.page.context().setOffline(false);
  }

  private async record(): Promise<void> {
    if (!wants('record')) return;
    await this.attempt('record-open', async () => {
      await this.page.goto(`${this.url}/record`);
      await this.page.locator('summary').first().click();
      await this.take('record-open');
    });
  }

  private async nowhere(): Promise<void> {
    if (!wants('nowhere')) return;
    await this.page.goto(`${this.url}/nowhere`);
    await this.page.locator('main').waitFor();
    await this.take('nowhere');
  }
}

interface Look extends Omit<Viewer, 'theme'> {
  readonly theme: Viewer['theme'] | 'forced';
}

async function shoot(browser: BrowserForTest, url: string, look: Look): Promise<void> {
  const theme = look.theme === 'forced' ? 'contrast' : look.theme;
  const { page, complaints, close } = await browser.visit({ ...look, theme });
  page.setDefaultTimeout(30_000);
  if (look.theme === 'forced') await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await new Photographer(page, url, look, words(look.language)).everything();
  // Refused on purpose, or offline on purpose.
  const strange = complaints.filter((each) => !/\b(400|409)\b|ERR_INTERNET_DISCONNECTED|\/nowhere|404/.test(each));
  if (strange.length > 0) console.log(`${look.width} ${look.theme} ${look.language}:`, strange);
  await close();
}

mkdirSync(asked.folder, { recursive: true });
const server = asked.url === undefined ? await startServer() : undefined;
const url = asked.url ?? server!.pageUrl;
const browser = await openBrowser();
const isWanted = ({ width, theme, language }: Look) =>
  (asked.width === undefined || asked.width === String(width)) &&
  (asked.theme === undefined || asked.theme === theme) &&
  (asked.language === undefined || asked.language === language);
const inAll = (theme: Look['theme']): Look[] =>
  SIZES.flatMap(([width, height]) => (['sv', 'en'] as const).map((language) => ({ width, height, theme, language })));
try {
  const looks: Look[] = [...inAll('light'), ...inAll('dark')];
  looks.push({ width: 1440, height: 900, theme: 'contrast', language: 'en' });
  looks.push({ width: 3840, height: 2160, theme: 'light', language: 'sv' });
  if (asked.theme === 'contrast' || asked.theme === 'forced') looks.splice(0, looks.length, ...inAll(asked.theme));
  for (const look of looks.filter(isWanted)) await shoot(browser, url, look);
} finally {
  await browser.close();
  await server?.close();
}
