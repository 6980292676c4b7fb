import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Image, Nodes } from 'mdast';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodesOf } from '#server/labs/guide.ts';
import { type ApiClient, basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let anna: ApiClient;
let attempt: string;
let shown: Image;
beforeAll(async () => {
  server = await startServer({ workers: 1 });
  anna = await server.tryIt();
  const { body } = await anna.send('POST', '/attempts', { lab: 'maintenance/bearing-alarm' });
  attempt = body.id as unknown as string;
  const steps = body.steps as unknown as { guide: Nodes }[];
  const images = steps.flatMap(({ guide }) => [...nodesOf(guide)].filter(({ type }) => type === 'image'));
  [shown] = images as Image[];
}, 60_000);
afterAll(() => server.close());

const file = fileURLToPath(new URL('../../labs/maintenance/bearing-alarm/assets/bearing-6205.en.svg', import.meta.url));
const get = (path: string, headers: Record<string, string>) => fetch(`${server.pageUrl}${path}`, { headers });

test('a guide names its pictures by what is in them, with the room that they take and what they show', () => {
  expect(shown).toMatchObject({
    url: expect.stringMatching(new RegExp(`^/api/attempts/${attempt}/pictures/[0-9a-f]{32}$`)) as string,
    alt: expect.stringContaining('Nine balls') as string,
    data: { width: 360, height: 292 },
  });
});

test('whoever has the attempt gets the picture as it is, to keep, and able to do nothing', async () => {
  for (const headers of [anna.headers, basic(anna.me)]) {
    const answer = await get(shown.url, headers);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(readFileSync(file, 'utf8'));
    const of = (name: string) => answer.headers.get(name);
    expect(of('content-type')).toBe('image/svg+xml');
    expect(of('x-content-type-options')).toBe('nosniff');
    expect(of('content-security-policy')).toMatch(/^default-src 'none';.*; sandbox$/);
    expect(of('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(of('cross-origin-resource-policy')).toBe('same-origin');
  }
  const { headers } = await get(shown.url, anna.headers);
  const status = await new Promise((resolve, reject) => {
    const again = { headers: { ...anna.headers, 'if-none-match': headers.get('etag') ?? '' } };
    request(`${server.pageUrl}${shown.url}`, again, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(304);
});

test('nobody else gets it, and nothing else is got by that way', async () => {
  const bo = await server.tryIt();
  expect((await get(shown.url, {})).status).toBe(401);
  expect((await get(shown.url, bo.headers)).status).toBe(404);
  const place = `/api/attempts/${attempt}/pictures`;
  for (const other of [
    'bearing-6205.en.svg',
    'assets%2Fbearing-6205.en.svg',
    '..%2Flab.yaml',
    '..%2f..%2f..%2fpackage.json',
    '%2e%2e%2flab.yaml',
    'lab.yaml',
    '__proto__',
    'constructor',
    shown.url.slice(-32).toUpperCase(),
    shown.url.slice(-31),
    '0'.repeat(32),
  ]) {
    const answer = await get(`${place}/${other}`, anna.headers);
    expect([other, answer.status]).toEqual([other, 404]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
  const { body } = await bo.send('POST', '/attempts', { lab: 'energy/base-load' });
  // A picture of another lab is none of this one.
  expect(
    (await get(`/api/attempts/${body.id as unknown as string}/pictures/${shown.url.slice(-32)}`, bo.headers)).status,
  ).toBe(404);
}, 60_000);
