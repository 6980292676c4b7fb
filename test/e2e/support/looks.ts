import type { Page } from 'playwright-core';
import type { Viewer } from '#test/support/browser.ts';
import { axeFaults } from './axe-faults.ts';
import { settled } from './screens.ts';

export const LANGUAGES = ['en', 'sv'] as const;
export const THEMES = ['light', 'dark', 'contrast'] as const;

/** Changes language or theme on the page as it stands, as a choice in the settings of another tab does. */
export async function choose(page: Page, choice: Partial<Pick<Viewer, 'language' | 'theme'>>): Promise<void> {
  await page.evaluate((chosen) => {
    const before = JSON.parse(localStorage.getItem('verkstad') ?? '{}') as object;
    localStorage.setItem('verkstad', JSON.stringify({ ...before, ...chosen }));
    dispatchEvent(new StorageEvent('storage', { key: 'verkstad' }));
  }, choice);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await settled(page);
}

/** What axe finds on the page as it stands; in the other themes nothing but colours is different. */
export async function axeInEachTheme(page: Page, screen: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await choose(page, { theme });
    const is = await page.evaluate(() => document.documentElement.dataset.theme);
    if (is !== theme) throw new Error(`The theme is ${is} where ${theme} was chosen.`);
    found.push(...(await axeFaults(page, `${screen}, ${theme}`, theme === 'light' ? 'all' : 'colours')));
  }
  return found;
}

/** By how many pixels the page is wider than its window, once it has been laid out for it. */
export async function tooWide(page: Page): Promise<number> {
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
