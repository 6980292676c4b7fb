import react from '@vitejs/plugin-react';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CHROMIUM = process.env['VERKSTAD_CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Serves the pages of this folder from sources and opens them in a browser with software GL. */
export async function startSceneBrowser() {
  const cacheDir = await mkdtemp(join(tmpdir(), 'verkstad-vite-'));
  const profile = await mkdtemp(join(tmpdir(), 'verkstad-chromium-'));
  const server = await createServer({
    configFile: false,
    root: ROOT,
    cacheDir,
    logLevel: 'error',
    plugins: [react()],
    optimizeDeps: { entries: ['test/e2e/support/*-page.html'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS });
  const address = server.httpServer?.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    async open(file: string, viewport: { width: number; height: number }): Promise<Page> {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(error));
      await page.setViewportSize(viewport);
      await page.goto(`http://127.0.0.1:${port}/test/e2e/support/${file}`, { timeout: 120_000 });
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
      await rm(profile, { recursive: true, force: true });
    },
  };
}
