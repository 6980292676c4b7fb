import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connectAsync } from 'mqtt';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CellView } from '#contract/cell-view.ts';
import type { Route } from '#contract/route.ts';
import { routes } from '#contract/routes.ts';
import { hours } from '#simulator/kernel/time.ts';
import { type ApiClient, basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let me: ApiClient;
let other: ApiClient;

beforeAll(async () => {
  server = await startServer();
  me = await server.tryIt();
  other = await server.tryIt();
});
afterAll(() => server.close());

/** Something that each route with a body accepts. */
const bodies: Readonly<Record<string, unknown>> = {
  startAttempt: { lab: 'no/such-lab' },
  saveAnswers: { answers: { a: '1' } },
  putWhereabouts: {},
  askTicket: { kind: 'help', step: 'a' },
  withdrawTicket: { kind: 'help', step: 'a' },
  history: { signals: ['Line.Events'], fromUs: 0, toUs: 1_000_000 },
  command: { id: 'role-test', target: 'ST03.Hold' },
  tryRule: { rule: { id: 'r', when: 'true', do: 'alarm' }, fromUs: 0, toUs: 1_000_000 },
  report: { text: 'A barrier.', page: '', contact: '' },
  speed: { speed: 1 },
  runUntil: { simUs: hours(1) },
  paneConnect: { policy: 'None', mode: 'None' },
  paneSubscribe: { nodeIds: [], publishingMs: 1000, samplingMs: 1000, queueSize: 1 },
};
const queries: Readonly<Record<string, string>> = { happenings: '?fromUs=0&toUs=1', paneRead: '?nodeId=i%3D85' };
const table = Object.entries(routes as Record<string, Route>);

const pathOf = (name: string, { path }: Route, cell: string): string =>
  path.replace(':cell', cell).replace(/:(attempt|step|area|lab)/g, 'unknown') + (queries[name] ?? '');

test.each(table)('%s knows who may call it', async (name, route) => {
  const body = name === 'signIn' ? { id: me.me.id, key: me.me.key } : bodies[name];
  const nobody = await server.client().send(route.method, pathOf(name, route, me.me.cell), body);
  if (route.roles.includes('anyone')) expect([200, 404]).toContain(nobody.status);
  else expect(nobody).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  if (!route.roles.includes('participant')) return;
  if (route.path.includes(':cell')) {
    const theirs = await me.send(route.method, pathOf(name, route, other.me.cell), body);
    expect(theirs).toMatchObject({ status: 404, body: { code: 'no_cell' } });
    const none = await me.send(route.method, pathOf(name, route, 'c-none'), body);
    expect(none).toMatchObject({ status: 404, body: { code: 'no_cell' } });
    if (name === 'reset') return;
    const mine = await me.send(route.method, pathOf(name, route, me.me.cell), body);
    expect([401, 403, 404, 500]).not.toContain(mine.status);
  }
  if (route.path.includes(':attempt')) {
    const theirs = await me.send(route.method, pathOf(name, route, me.me.cell), body);
    expect(theirs).toMatchObject({ status: 404, body: { code: 'unknown_attempt' } });
  }
});

test('a browser that tried it is signed in by a cookie that scripts cannot read', async () => {
  const response = await fetch(`${server.pageUrl}/api/try`, { method: 'POST' });
  expect(response.headers.get('set-cookie')).toMatch(/^verkstad=[\w-]{43}; .*Path=\/; .*HttpOnly; SameSite=Lax$/);
  const again = await me.send('GET', '/me');
  expect(again).toMatchObject({ status: 200, body: me.me });
  expect(me.me.key).toMatch(/^[a-z2-7]{20}$/);
});

test('a tool signs in with id and key', async () => {
  const tool = server.client(basic(me.me));
  expect((await tool.send('GET', '/me')).body).toEqual(me.me);
  const command = { id: 'tool-1', target: 'ST03.Hold' };
  const first = await tool.send('POST', `/cells/${me.me.cell}/commands`, command);
  const second = await tool.send('POST', `/cells/${me.me.cell}/commands`, command);
  expect(first.status).toBe(200);
  expect(second.body).toEqual(first.body);
});

test('a wrong key is refused, and only tools are asked for another one', async () => {
  const wrong = server.client(basic({ id: me.me.id, key: other.me.key }));
  const asTool = get(`${server.pageUrl}/api/me`, { headers: { ...wrong.headers } });
  const [tool] = (await once(asTool, 'response')) as [IncomingMessage];
  tool.resume();
  expect([tool.statusCode, tool.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic /)]);
  const browser = await wrong.send('GET', '/me', undefined, { 'sec-fetch-mode': 'cors' });
  expect(browser).toMatchObject({ status: 401, body: { code: 'wrong_key' } });
  expect(browser.headers.get('www-authenticate')).toBeNull();
});

test('a page of another origin can change nothing', async () => {
  const before = await me.send('GET', `/cells/${me.me.cell}/clock`);
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    const answer = await me.send('POST', `/cells/${me.me.cell}/speed`, { paused: true }, { origin });
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
  }
  const after = await me.send('GET', `/cells/${me.me.cell}/clock`);
  expect(after.body.paused).toBe(before.body.paused);
});

test('bad input gets one problem document that says what to do', async () => {
  const speed = `/cells/${me.me.cell}/speed`;
  const cases: [unknown, number, string][] = [
    [{ speed: 1000 }, 400, 'bad_request'],
    ['{', 400, 'bad_json'],
    [`"${'x'.repeat(300_000)}"`, 413, 'too_large'],
    [{ paused: 'no' }, 400, 'bad_request'],
  ];
  for (const [body, status, code] of cases) {
    const answer = await me.send('POST', speed, body);
    expect(answer).toMatchObject({ status, body: { status, code, type: 'about:blank' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.hint).not.toBe('');
  }
  expect(await me.send('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'no_route' } });
  const history = { signals: ['ST03.Nothing'], fromUs: 0, toUs: 1 };
  const unknown = await me.send('POST', `/cells/${me.me.cell}/history`, history);
  expect(unknown).toMatchObject({ status: 400, body: { code: 'unknown_target' } });
});

test('a cell is shown without seed, scenario or hidden commands', async () => {
  const { body } = await me.send('GET', `/cells/${me.me.cell}`);
  expect(CellView.parse(body)).toEqual(body);
  expect(body).toMatchObject({ id: me.me.cell, definition: 'pump-line', topicPrefix: 'nordpump/halmstad/pumps/line1' });
  expect(JSON.stringify(body)).not.toMatch(/seed|scenario/i);
  expect(body.signals.length).toBeGreaterThan(20);
});

test('plant time is driven over the API: pause, run until, history, events', async () => {
  const { cell } = (await server.tryIt()).me;
  const owner = await server.tryIt();
  const path = `/cells/${owner.me.cell}`;
  expect(cell).not.toBe(owner.me.cell);
  expect((await owner.send('POST', `${path}/speed`, { paused: true })).body.paused).toBe(true);
  const hurried = await owner.send('POST', `${path}/run-until`, { simUs: hours(3) });
  expect(hurried).toMatchObject({ status: 200, body: { simUs: hours(3), paused: true } });
  const past = await owner.send('POST', `${path}/run-until`, { simUs: hours(2) });
  expect(past).toMatchObject({ status: 409, body: { code: 'already_past' } });
  const request = { signals: ['Line.Events'], fromUs: hours(1), toUs: hours(3), everyS: 600 };
  const history = await owner.send('POST', `${path}/history`, request);
  expect(history.body.columns[0].tUs).toHaveLength(13);
  const events = await owner.send('GET', `${path}/events?fromUs=${hours(1)}&toUs=${hours(3)}`);
  expect(events.body.events.length).toBeGreaterThan(10);
  const reset = await owner.send('POST', `${path}/reset`);
  expect(reset.body).toMatchObject({ run: 2, simUs: hours(1) });
});

test('a class of thirty comes in through one address', async () => {
  const all = await Promise.all(Array.from({ length: 30 }, () => server.tryIt()));
  expect(new Set(all.map((one) => one.me.cell)).size).toBe(30);
});

test('the OpenAPI document has every route', async () => {
  const { body } = await server.client().send('GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const listed = Object.values(body.paths).flatMap((item) => Object.values(item));
  expect((listed.map(({ operationId }) => operationId) as unknown as string[]).sort()).toEqual(
    table.map(([name]) => name).sort(),
  );
  expect(body.paths['/api/cells/{cell}/commands'].post.requestBody.content['application/json'].schema.required).toEqual(
    ['id', 'target'],
  );
});

test('pages may load and run nothing but our own', async () => {
  const response = await fetch(`${server.pageUrl}/api/healthz`);
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const rule of ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toContain('unsafe');
  expect(response.headers.get('x-powered-by')).toBeNull();
});

test('the cookie of our own page opens MQTT over WebSocket, and that of a foreign page does not', async () => {
  const url = `${server.pageUrl.replace('http', 'ws')}/mqtt`;
  const open = (headers: Record<string, string>) =>
    connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, username: me.me.id, wsOptions: { headers } });
  const client = await open(me.headers);
  const first = new Promise<string>((resolve) => client.once('message', (_, payload) => resolve(String(payload))));
  await client.subscribeAsync('nordpump/halmstad/pumps/line1/Clock');
  expect(JSON.parse(await first)).toMatchObject({ run: 1 });
  await client.endAsync();
  await expect(open({ origin: server.pageUrl })).rejects.toThrow(/Not authorized/);
  const foreign = new WebSocket(url, ['mqtt'], { headers: { ...me.headers, origin: 'https://evil.example' } });
  const [error] = (await once(foreign, 'error')) as [Error];
  expect(error.message).toMatch(/403/);
});
