import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startHttpServer } from '#server/http/http-server.ts';
import { webPages } from '#server/http/web-pages.ts';
import { openServer } from '#server/main.ts';
import { openLog } from '#server/log.ts';
import { openDataFolder } from '#server/store/data-folder.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { testConfig } from '#test/support/start-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

test('a server does not start on a data folder that another one uses', async () => {
  const folder = temporaryFolder();
  closing.push(() => folder.remove());
  const { release } = await openDataFolder(folder.path);
  closing.push(release);
  await expect(openServer(testConfig(folder.path))).rejects.toMatchObject({ code: 'data_folder_in_use' });
});

test.each([
  ['mqttPort', 'VERKSTAD_MQTT_PORT'],
  ['opcuaPort', 'VERKSTAD_OPCUA_PORT'],
] as const)(
  '%s in use is named with the setting to change, and whatever was opened is closed again',
  async (door, setting) => {
    const folder = temporaryFolder();
    closing.push(() => folder.remove());
    const port = await listen(createServer());
    await expect(openServer(testConfig(folder.path, { [door]: port }))).rejects.toMatchObject({
      message: expect.stringContaining(String(port)) as unknown,
      hint: expect.stringContaining(setting) as unknown,
    });
    const { release } = await openDataFolder(folder.path);
    release();
  },
);

test('the HTTP port in use is named too', async () => {
  const port = await listen(createServer());
  const options = { host: '127.0.0.1', port, webFolder: '/nowhere', log: openLog({ logLevel: 'silent' }) };
  const nothing = { handlers: {} as never, participants: {} as never, upgradeMqtt: async () => {} };
  await expect(startHttpServer({ ...options, ...nothing })).rejects.toMatchObject({
    message: `HTTP port ${port} on 127.0.0.1 is in use.`,
    hint: expect.stringContaining('VERKSTAD_HTTP_PORT') as unknown,
  });
});

test('a taken HTTP port is noticed before anything else is opened', async () => {
  const folder = temporaryFolder();
  closing.push(() => folder.remove());
  const httpPort = await listen(createServer());
  await expect(openServer(testConfig(folder.path, { httpPort }))).rejects.toMatchObject({
    message: `HTTP port ${httpPort} on 127.0.0.1 is in use.`,
  });
  expect(readdirSync(folder.path)).toEqual([]);
});

test('pages are one page, and files with a digest stay in the cache for ever', async () => {
  const folder = temporaryFolder();
  closing.push(() => folder.remove());
  mkdirSync(join(folder.path, 'assets'));
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html><title>Verkstad</title>');
  writeFileSync(join(folder.path, 'assets', 'main-1234.js'), 'export {};');
  const app = express().use(webPages(folder.path));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const script = await fetch(`${url}/assets/main-1234.js`);
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const page = await fetch(`${url}/labs/iiot/meet-the-machine`, { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  expect(await page.text()).toContain('Verkstad');
  expect((await fetch(`${url}/assets/gone-1.js`)).status).not.toBe(200);
});
