import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Route } from '#contract/route.ts';
import { type RouteName, routes } from '#contract/routes.ts';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import { findLeaks, textMarker } from '#test/support/markers.ts';
import { type PlantedServer, plantedServer } from '#test/support/planted-server.ts';
import { examplesOf } from '#test/support/route-examples.ts';
import { basic } from '#test/support/start-server.ts';

let planted: PlantedServer;
beforeAll(async () => void (planted = await plantedServer()), 120_000);
afterAll(() => planted.close());

interface Seen {
  readonly status: number;
  readonly text: string;
}
async function fetched(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Seen> {
  const { server } = planted;
  const response = await fetch(`${server.pageUrl}${path}`, {
    ...{
      method,
      redirect: 'manual',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const all = Buffer.from(await response.arrayBuffer()).toString('latin1');
  return { status: response.status, text: `${JSON.stringify([...response.headers])}\n${all}` };
}
const clean = (what: string, { text }: Seen): void =>
  expect(findLeaks(Buffer.from(text, 'latin1'), planted.markers), what).toEqual([]);

/** What changes where others lead comes last. */
const LAST: readonly string[] = ['step', 'paneDisconnect', 'reset', 'startAttempt'];
const table = (Object.entries(routes) as [RouteName, Route][]).sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b));

test('the markers are there to be found', () => {
  const { markers } = planted;
  expect(markers.length).toBeGreaterThan(15);
  const [seed] = markers.filter(({ name }) => name === 'seed');
  expect(findLeaks(JSON.stringify({ slab: seed.bytes.at(-1)?.toString('base64') }), markers)).toEqual([
    { marker: 'seed', form: expect.stringContaining('base64') as string },
  ]);
});

test.each(table)(
  '%s answers without a secret, in both signs of being in, and so do its errors',
  async (name, route) => {
    const { attempt, cell } = planted;
    // With a new key the present one is worth nothing in what follows.
    const ann = name === 'renewKey' ? await planted.server.tryIt() : planted.ann;
    const examples = examplesOf(name, route, { attempt, cell, me: ann.me });
    const statuses: number[] = [];
    for (const { path, body } of examples) {
      for (const headers of [ann.headers, basic(ann.me)]) {
        const seen = await fetched(route.method, `/api${path}`, headers, body);
        clean(`${route.method} ${path}`, seen);
        statuses.push(seen.status);
      }
      const other =
        route.alsoAs &&
        (await fetched(route.method, `/api${path}?format=${Object.keys(route.alsoAs)[0]}`, ann.headers));
      if (other) clean(`${path} as ${Object.keys(route.alsoAs ?? {})[0]}`, other);
    }
    const isForThem = route.roles.some((role) => role !== 'teacher');
    const advice = `Give ${name} an example in test/support/route-examples.ts that is answered with 200.`;
    expect(statuses, advice).toContain(isForThem ? 200 : 403);
    const [{ path }] = examples;
    const wrong: (readonly [string, Record<string, string>, unknown?])[] = [
      [path, {}],
      [path.replace(cell, 'c-000000000000').replace(attempt, 'a-000000000000'), ann.headers],
      [path, { authorization: 'Basic eDp5' }],
      ...(route.method === 'GET'
        ? []
        : ([
            [path, ann.headers, '{"a":'],
            [path, ann.headers, { a: 'x'.repeat(300_000) }],
          ] as const)),
      [
        path,
        ann.headers,
        route.method === 'GET'
          ? undefined
          : { id: {}, target: [], signals: 'x', rule: 1, fromUs: -1, answers: 7, nodeIds: {} },
      ],
    ];
    for (const [at, headers, body] of wrong)
      clean(`${route.method} ${at} wrongly`, await fetched(route.method, `/api${at}`, headers, body));
  },
  60_000,
);

test('every capture there is shows no secret', async () => {
  const { ann, cell } = planted;
  const { body } = await ann.send('GET', `/cells/${cell}/captures`);
  const paths = (body as unknown as { path: string }[]).map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) clean(path, await fetched('GET', `/api/cells/${cell}/captures/${path}`, ann.headers));
});

test('the pages, all that they load and whatever else is asked for show no secret, and no fault has its name in them', async () => {
  const hidden = [...FAULTS].flatMap(([id, { text }]) => [
    textMarker(`fault ${id}`, text.en),
    textMarker(`fault ${id}`, text.sv),
  ]);
  const waiting = ['/', '/labs', '/index.html'];
  const seen = new Set(waiting);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const answer = await fetched('GET', next, { accept: 'text/html,*/*' });
    clean(next, answer);
    expect(findLeaks(Buffer.from(answer.text, 'latin1'), hidden), next).toEqual([]);
    for (const [found] of answer.text.matchAll(/[\w./-]+\.(?:js|css|svg|webmanifest|woff2|map|json)\b/g)) {
      const path = `/${found.replace(/^\.?\//, '')}`;
      for (const each of [path, `/assets/${path.split('/').at(-1)}`]) {
        if (!seen.has(each)) waiting.push(each);
        seen.add(each);
      }
    }
    expect(seen.size).toBeLessThan(2000);
  }
  for (const path of [
    '/nothing.js',
    '/assets/x.js',
    '/.env',
    '/package.json',
    '/labs/cells/pump-line.yaml',
    '/labs/iiot/meet-the-machine/lab.yaml',
    '/api',
    '/api/',
    '/api/nothing',
  ]) {
    clean(path, await fetched('GET', path, {}));
  }
}, 120_000);

test('no path leads out of the web folder', async () => {
  const { port, hostname } = new URL(planted.server.pageUrl);
  const raw = (path: string) =>
    new Promise<Seen>((resolve, reject) => {
      request({ port, host: hostname, path, method: 'GET' }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('latin1') }),
        );
      })
        .on('error', reject)
        .end();
    });
  for (const up of ['..', '%2e%2e', '..%2f..', '..%5c..', '%252e%252e', '....//', '..;', '%00/..', '.%00./..']) {
    for (const goal of ['package.json', 'labs/cells/pump-line.yaml', 'etc/passwd']) {
      for (const base of ['', '/assets', '/api', '/api/cells']) {
        const seen = await raw(`${base}/${up}/${up}/${up}/${up}/${goal}`);
        clean(seen.text, seen);
        expect(seen.text, `${base}/${up}/${goal}`).not.toMatch(/"devDependencies"|topicPrefix: nordpump|root:x:/);
        // Any page that is no file is the one page of the web client.
        if (seen.status < 400) expect(seen.text).toMatch(/^<!doctype html>/i);
      }
    }
  }
});
