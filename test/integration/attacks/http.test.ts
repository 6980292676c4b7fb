import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Route } from '#contract/route.ts';
import { type RouteName, routes } from '#contract/routes.ts';
import { httpApp } from '#server/http/http-server.ts';
import { openLog } from '#server/log.ts';
import { examplesOf } from '#test/support/route-examples.ts';
import { type ApiClient, basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let ann: ApiClient;
let bo: ApiClient;
/** What is Bo's. */
let theirs: { cell: string; attempt: string };
beforeAll(async () => {
  server = await startServer();
  [ann, bo] = [await server.tryIt(), await server.tryIt()];
  const { body } = await bo.send('POST', '/attempts', { lab: 'iiot/meet-the-machine' });
  const { cell, id } = body as unknown as Record<string, string>;
  theirs = { cell, attempt: id };
}, 120_000);
afterAll(() => server.close());

const table = Object.entries(routes) as [RouteName, Route][];
const guarded = table.filter(([, { roles }]) => !roles.includes('anyone'));
const placed = guarded.filter(([, { path }]) => /:(cell|attempt)\b/.test(path));
const changing = table.filter(([, { method }]) => method !== 'GET');

test.each(placed)('%s of another participant is answered as if it did not exist', async (name, route) => {
  // What is for teachers is refused before it is looked for.
  const refused = route.roles.includes('participant') ? 404 : 403;
  const nobodys = { cell: 'c-000000000000', attempt: 'a-000000000000' };
  for (const headers of [ann.headers, basic(ann.me)]) {
    const client = server.client({ ...headers });
    const answers = [];
    for (const places of [theirs, nobodys]) {
      const [{ path, body }] = examplesOf(name, route, places);
      const { status, body: said } = await client.send(route.method, path, body);
      expect(status, `${route.method} ${path}`).toBe(refused);
      answers.push(JSON.stringify(said).replaceAll(places.cell, 'X').replaceAll(places.attempt, 'X'));
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('"hint"');
  }
});

test.each(guarded)(
  '%s is for nobody who has not signed in, and only for the roles of the table',
  async (name, route) => {
    const [{ path, body }] = examplesOf(name, route, theirs);
    const { status, body: said } = await server.client().send(route.method, path, body);
    expect([status, said.code]).toEqual([401, 'not_signed_in']);
    if (!route.roles.includes('participant')) expect((await ann.send(route.method, path, body)).status).toBe(403);
  },
);

test.each(changing)('%s is not for the page of another origin, whoever is signed in', async (name, route) => {
  const [{ path, body }] = examplesOf(name, route, theirs);
  for (const origin of ['https://evil.example', 'null', `${server.pageUrl}.evil.example`, 'http://localhost:1', 'x']) {
    const answer = await bo.send(route.method, path, body, { origin });
    expect([answer.status, answer.body.code], origin).toEqual([403, 'foreign_origin']);
  }
});

test('bodies that are huge, deep or no JSON are refused at once, and cost nothing', async () => {
  const path = `/cells/${ann.me.cell}/commands`;
  const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
  const before = process.memoryUsage().rss;
  const bodies: [unknown, number][] = [
    ['x'.repeat(5_000_000), 413],
    [deep(100_000), 400],
    [`{"id":"a","target":"ST03.Hold","value":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`, 400],
    ['{"id":"a"', 400],
    ['{"__proto__":{"isAdmin":true},"id":"a","target":"ST03.Nothing"}', 200],
    [{ id: 'a', target: 'T'.repeat(101) }, 400],
    [{ id: 'a'.repeat(65), target: 'ST03.Hold' }, 400],
    ['null', 400],
  ];
  for (const [body, status] of bodies) {
    const answer = await ann.send('POST', path, body);
    expect(answer.status, String(body).slice(0, 40)).toBe(status);
  }
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  expect((await bo.send('GET', `/cells/${theirs.cell}/clock`)).status).toBe(200);
}, 60_000);

/** Bytes as they are; what came back until the other side closed. */
function raw(text: string, waitMs = 15_000): Promise<string> {
  const { port, hostname } = new URL(server.pageUrl);
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setTimeout(waitMs, () => socket.destroy());
    socket.on('data', (bytes) => (got += bytes.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
  });
}

test('headers that are too long, doubled, smuggled or forged open nothing', async () => {
  const host = new URL(server.pageUrl).host;
  const get = (more: string) => raw(`GET /api/me HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
  expect(await get(`X-Long: ${'x'.repeat(20_000)}\r\n`)).toMatch(/^HTTP\/1\.1 431/);
  expect(await get('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n')).toMatch(/^HTTP\/1\.1 400/);
  expect(await get('Content-Length: 5\r\nContent-Length: 6\r\n')).toMatch(/^HTTP\/1\.1 400/);
  for (const forged of [
    'X-Forwarded-For: 127.0.0.1\r\n',
    'X-HTTP-Method-Override: DELETE\r\n',
    'X-Original-URL: /api/healthz\r\n',
    'X-User: teacher\r\n',
    'Authorization: Bearer x\r\n',
    'Cookie: verkstad=; verkstad=%00\r\n',
    `Cookie: verkstad=${'a'.repeat(4000)}\r\n`,
  ]) {
    expect(await get(forged), forged).toMatch(/^HTTP\/1\.1 401/);
  }
  expect(await raw(`TRACE /api/me HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 40[0-9]/,
  );
  expect(
    await raw('GET http://other.example/api/me HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n'),
  ).toMatch(/^HTTP\/1\.1 40[0-9]/);
}, 60_000);

test('two hundred requests that never end disturb nobody, and are cut off', async () => {
  const host = new URL(server.pageUrl).host;
  const began = performance.now();
  const dawdlers = Array.from({ length: 200 }, (_, k) =>
    raw(
      k % 2 === 0
        ? `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nX-A: b`
        : `POST /api/try HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
      60_000,
    ),
  );
  for (let k = 0; k < 20; k++) expect((await bo.send('GET', `/cells/${theirs.cell}/clock`)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(9000);
  const answers = await Promise.all(dawdlers);
  expect(answers.filter((text) => text === '' || /^HTTP\/1\.1 (408|400|429)/.test(text)).length).toBe(200);
}, 90_000);

test('whoever asks too often is told to wait, and nobody else is', async () => {
  const handlers = { health: async () => ({ status: 'ok', version: '0' }) } as never;
  const app = httpApp({
    ...{ handlers, participants: server.participants, webFolder: '/nowhere', requestsAMinute: 20 },
    log: openLog({ logLevel: 'error' }),
  });
  const listening = app.listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  const ask = (who: ApiClient) =>
    fetch(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/api/healthz`, { headers: basic(who.me) });
  for (let n = 0; n < 20; n++) expect((await ask(ann)).status).toBe(200);
  const refused = await ask(ann);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({
    ...{ code: 'too_many_requests', detail: 'More than 20 requests in a minute.' },
    hint: 'Wait a minute and go on more slowly.',
  });
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await ask(bo)).status).toBe(200);
});

test('one participant with twenty long questions does not keep another from an answer', async () => {
  const greedy = await server.tryIt();
  const signals = ['ST03.Spindle.Load', 'ST07.Oil.Temperature', 'ST12.Air.Pressure', 'ST03.Spindle.Vibration'];
  const clock = (await greedy.send('GET', `/cells/${greedy.me.cell}/clock`)).body;
  const body = { signals, fromUs: 0, toUs: Number(clock.simUs), everyS: 1 };
  let done = 0;
  const many = Array.from({ length: 20 }, async () => {
    const { status } = await greedy.send('POST', `/cells/${greedy.me.cell}/history`, body);
    done += 1;
    return status;
  });
  const now = (await bo.send('GET', `/cells/${theirs.cell}/clock`)).body;
  const window = { signals: signals.slice(0, 1), fromUs: 0, toUs: Number(now.simUs), everyS: 60 };
  expect((await bo.send('POST', `/cells/${theirs.cell}/history`, window)).status).toBe(200);
  expect(done).toBeLessThan(10);
  const statuses = new Set(await Promise.all(many));
  expect([...statuses].every((status) => status === 200 || status === 429)).toBe(true);
  const refused = await Promise.all(
    Array.from({ length: 30 }, () => greedy.send('POST', `/cells/${greedy.me.cell}/history`, body)),
  );
  const [told] = refused.filter(({ status }) => status === 429);
  expect(told.body).toMatchObject({
    code: 'too_many_requests',
    hint: 'Wait for their answers before you ask for more.',
  });
}, 120_000);
