import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';

export const CHROMIUM = process.env.VERKSTAD_CHROMIUM ?? '/usr/bin/chromium';

/** The system's Chromium, drawing WebGL in software, and talking to nobody but the server under test. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Viewer {
  readonly language: 'en' | 'sv';
  readonly theme: 'light' | 'dark' | 'contrast';
  readonly width: number;
  readonly height: number;
  /** Calm pictures for comparing and for slow machines. */
  readonly reducedMotion?: boolean;
}

export interface Visit {
  readonly page: Page;
  /** What the console and the content security policy complained about. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

export interface BrowserForTest {
  /** Someone who comes for the first time, with settings of their own. */
  visit(viewer: Viewer): Promise<Visit>;
  close(): Promise<void>;
}

/** One browser with a fresh profile; each visit is a person of their own. */
export async function openBrowser(moreFlags: readonly string[] = []): Promise<BrowserForTest> {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-browser-'));
  const first = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    headless: true,
    args: [...CHROMIUM_FLAGS, ...moreFlags],
  });
  const browser = first.browser();
  return {
    async visit(viewer) {
      const context = browser ? await browser.newContext(contextOptions(viewer)) : first;
      return visitIn(context, viewer);
    },
    async close() {
      await first.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const contextOptions = ({ language, theme, width, height, reducedMotion = true }: Viewer) => ({
  locale: language === 'sv' ? 'sv-SE' : 'en-GB',
  colorScheme: theme === 'light' ? ('light' as const) : ('dark' as const),
  viewport: { width, height },
  reducedMotion: reducedMotion ? ('reduce' as const) : ('no-preference' as const),
  permissions: ['clipboard-read', 'clipboard-write'],
});

async function visitIn(context: BrowserContext, { language, theme }: Viewer): Promise<Visit> {
  const complaints: string[] = [];
  await context.addInitScript(
    ([key, preferences]) => {
      if (!localStorage.getItem(key)) localStorage.setItem(key, preferences);
    },
    ['verkstad', JSON.stringify({ language, theme })] as const,
  );
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy|Trusted/i.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  return { page, complaints, close: () => context.close() };
}
