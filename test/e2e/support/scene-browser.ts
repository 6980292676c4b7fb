import react from '@vitejs/plugin-react';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, chromium } from 'playwright-core';
import { type InlineConfig, build, preview } from 'vite';
import { CHROMIUM, CHROMIUM_FLAGS } from '#test/support/browser.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FLAGS = [...CHROMIUM_FLAGS, '--use-gl=angle'];

/** Builds a page of this folder, serves it, and opens browsers with software GL on it. */
export async function startSceneBrowser(file: string) {
  const [outDir, profile] = await Promise.all(
    ['pages', 'chromium'].map((name) => mkdtemp(join(tmpdir(), `verkstad-${name}-`))),
  );
  const common: InlineConfig = { configFile: false, root: HERE, logLevel: 'error', plugins: [react()] };
  const rolldownOptions = { input: join(HERE, file) };
  await build({ ...common, build: { outDir, emptyOutDir: true, minify: false, rolldownOptions } });
  const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS });
  const address = server.httpServer.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    async open(viewport: { width: number; height: number }): Promise<Page> {
      const page = await browser.newPage();
      await page.setViewportSize(viewport);
      await page.goto(`http://127.0.0.1:${port}/${file}`);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await Promise.all([outDir, profile].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
