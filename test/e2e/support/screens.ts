import type { Page } from 'playwright-core';
import type { Language } from '#contract/text.ts';
import { words } from '#web/i18n/words.ts';
import { SCREENS } from '#web/screens.ts';

/** Where one is, and how to get there from anywhere. What is opened stays open until the next one. */
export interface ScreenVisit {
  readonly name: string;
  open(page: Page): Promise<void>;
}

/** Every page beside the workspace, from the addresses of the product: a new one is visited by itself. */
export const pageVisits = (pageUrl: string): ScreenVisit[] =>
  Object.entries(SCREENS)
    .filter(([, name]) => name !== 'workspace')
    .map(([path, name]) => ({
      name,
      async open(page) {
        await page.goto(`${pageUrl}${path}`);
        await page.locator('main h1').waitFor();
        await settled(page);
      },
    }));

/** What says that a view has something to show, where that is not the end of loading. */
const PROOF: Readonly<Record<string, string>> = {
  scene: '.scene canvas',
  trends: '.trends canvas',
  opcua: '.connect-form, .session-bar',
};

/** Every view of the workspace that is open, from its tabs: a new one is visited by itself. */
export async function viewVisits(page: Page): Promise<ScreenVisit[]> {
  const ids = await page
    .locator('.tab-list [role="tab"]')
    .evaluateAll((tabs) => tabs.map((tab) => (tab as HTMLElement).dataset.key ?? ''));
  // The scene comes last: software GL would take the processor from all others.
  const sorted = [...ids.filter((id) => id !== 'scene'), ...ids.filter((id) => id === 'scene')];
  return sorted.map((id) => ({
    name: id,
    async open(there) {
      await there.locator(`.tab-list [data-key="${id}"]`).click();
      await there.locator('.tab-panel').waitFor();
      if (PROOF[id]) await there.locator(PROOF[id]).first().waitFor();
      await settled(there);
    },
  }));
}

/** The dialogs of the workspace. */
export const dialogVisits = (language: Language): ScreenVisit[] =>
  (['account', 'help'] as const).map((name) => ({
    name: `dialog-${name}`,
    async open(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: words(language)(`top.${name}`), exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  }));

/** Enters the workspace with a new line, on the view that needs no drawing. */
export async function enterWorkspace(page: Page, pageUrl: string): Promise<void> {
  await page.goto(pageUrl);
  await page.locator('.hero .btn.primary.big').click();
  await page.locator('.tab-list').waitFor();
  await page.locator('.tab-list [data-key="schematic"]').click();
  await page.locator('.timeline').waitFor();
}

/** Nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('main .loading, .lab .loading'));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
