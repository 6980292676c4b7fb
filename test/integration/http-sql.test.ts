import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '#contract/problem.ts';
import { HistoryResult } from '#contract/history.ts';
import { SqlResult } from '#contract/sql.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { type HostForTest, hostForTest, temporaryFolder } from '#test/support/host-for-test.ts';
import { type ApiClient, basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let me: ApiClient;

beforeAll(async () => {
  server = await startServer({ workers: 2 });
  me = await server.tryIt();
});
afterAll(() => server.close());

const ask = (sql: string, more: object = {}, client = me) =>
  client.send('POST', `/cells/${me.me.cell}/sql`, { sql, toUs: HOUR, ...more });
const load = "SELECT t, value FROM signals WHERE path = 'ST03.Spindle.Load' ORDER BY t";

test('SQL sees the samples that history gives, and both count as the same evidence', async () => {
  const asked = await ask(load, { fromUs: HOUR / 2 });
  expect(asked.status).toBe(200);
  const { rows, columns, read } = SqlResult.parse(asked.body);
  const body = { signals: ['ST03.Spindle.Load'], fromUs: HOUR / 2, toUs: HOUR };
  const told = await me.send('POST', `/cells/${me.me.cell}/history`, body);
  const [{ tUs, values }] = HistoryResult.parse(told.body).columns;
  expect(rows).toEqual(tUs.map((us, k) => [us / 1e6, values[k]]));
  expect(columns).toEqual([
    { name: 't', unit: 's' },
    { name: 'value', unit: '%' },
  ]);
  expect(read).toEqual({ tables: ['signals'], ...body });
  const reads = (await server.host.evidence(me.me.cell)).filter(
    ({ kind }) => kind === 'history.read' || kind === 'sql',
  );
  const who = { participant: me.me.id, client: 'pane' };
  expect(reads).toMatchObject([
    { kind: 'sql', ...who, query: load, tables: ['signals'], ...body, rows: rows.length },
    { kind: 'history.read', via: 'sql', ...who, ...body },
    { kind: 'history.read', via: 'http', ...who, ...body },
  ]);
});

test('the same table comes as CSV, to a program with a key as well', async () => {
  const client = server.client(basic(me.me));
  const sql = 'SELECT serial, station, \'a "b", c\' AS note, NULL AS blank FROM visits ORDER BY t LIMIT 2';
  const request = { method: 'POST', body: JSON.stringify({ sql, toUs: HOUR }) };
  const headers = { ...client.headers, 'content-type': 'application/json' };
  const url = `${server.pageUrl}/api/cells/${me.me.cell}/sql`;
  for (const [where, accept] of [
    [`${url}?format=csv`, '*/*'],
    [url, 'text/csv'],
  ]) {
    const response = await fetch(where, { ...request, headers: { ...headers, accept } });
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(await response.text()).toMatch(
      /^serial,station,note,blank\r\n\d+,ST01,"a ""b"", c",\r\n\d+,ST\d\d,"a ""b"", c",\r\n$/,
    );
  }
  const grid = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 10001) SELECT x FROM n';
  const cut = await fetch(`${url}?format=csv`, { ...request, headers, body: JSON.stringify({ sql: grid }) });
  expect(cut.status).toBe(413);
  expect(((await cut.json()) as Problem).code).toBe('too_many_rows');
  const own = (await server.host.evidence(me.me.cell)).findLast(({ kind }) => kind === 'sql');
  expect(own).toMatchObject({ client: 'own' });
});

test('nobody reads the line of somebody else', async () => {
  const stranger = await server.tryIt();
  expect((await ask(load, {}, stranger)).status).toBe(404);
  expect((await ask(load, {}, server.client())).status).toBe(401);
  const foreign = await fetch(`${server.pageUrl}/api/cells/${me.me.cell}/sql`, {
    ...{ method: 'POST', body: JSON.stringify({ sql: load }) },
    headers: { ...me.headers, origin: 'http://evil.example', 'content-type': 'application/json' },
  });
  expect(foreign.status).toBe(403);
});

test.each([
  ["ATTACH DATABASE 'verkstad.db' AS s", 400],
  ["SELECT 1; ATTACH DATABASE 'verkstad.db' AS s", 400],
  ['WITH x AS (SELECT 1) DELETE FROM events', 400],
  ["SELECT load_extension('/tmp/x.so')", 400],
  ['SELECT * FROM pragma_database_list()', 400],
  ['SELECT * FROM participants', 400],
  ['SELECT * FROM cells', 400],
  ['SELECT seed FROM events', 400],
  ["SELECT readfile('/etc/passwd')", 400],
  ["SELECT * FROM signals WHERE path = 'x' OR 1 = 1 --'", 400],
])('%s is refused in words, with a hint', async (sql, status) => {
  const answer = await ask(sql);
  expect(answer.status).toBe(status);
  const { detail, hint } = answer.body as unknown as Problem;
  expect(detail.length).toBeGreaterThan(10);
  expect(hint.length).toBeGreaterThan(10);
});

test('the database knows its own tables only, and no file', async () => {
  const { rows } = SqlResult.parse((await ask("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")).body);
  expect(rows.map(([name]) => name)).toEqual([
    ...['signals', 'signal_list', 'events', 'states', 'parts', 'visits', 'orders', 'alarms'],
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/seed|scenario|truth|cause/i);
});

test('a query without an end is ended, and others are answered meanwhile', { timeout: 60_000 }, async () => {
  const other = await server.tryIt();
  const endless = ask('WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n');
  const clock = await other.send('GET', `/cells/${other.me.cell}/clock`);
  expect(clock.status).toBe(200);
  expect(await endless).toMatchObject({ status: 413, body: { code: 'took_too_long' } });
  expect((await ask('SELECT 1')).status).toBe(200);
});

test('a window that is not there is refused, and the future is not told', async () => {
  expect((await ask('SELECT * FROM events', { fromUs: 900 * HOUR, toUs: undefined })).body.code).toBe('out_of_range');
  const now = (await server.host.find(me.me.cell))!.clock.simUs;
  const { read, rows } = SqlResult.parse((await ask('SELECT MAX(t) FROM events', { toUs: 900 * HOUR })).body);
  expect(read.toUs).toBeGreaterThanOrEqual(now);
  expect(read.toUs).toBeLessThan(now + 60e6);
  expect(Number(rows[0][0]) * 1e6).toBeLessThanOrEqual(read.toUs);
});

test('what a lab conceals is not to be had by SQL', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const line: HostForTest = await hostForTest(folder.path);
  await line.participants.add('p-test', line.wall.now());
  const order = { base: 'pump-line', set: {}, seed: '00000000000000aa', scenario: [], speed: [1, 100] as const };
  const open = (conceal: string[]) =>
    line.host.openCell('p-test', { ...order, openUs: HOUR, horizonUs: 8 * HOUR, conceal });
  const cell = await open(['Line.*', 'ST03.Tool.Wear']);
  const put = (sql: string, id = cell) => line.host.sql(id, { sql }, 'p-test');
  await expect(put("SELECT * FROM signals WHERE path = 'Line.Oee'")).rejects.toMatchObject({ code: 'concealed' });
  await expect(put("SELECT * FROM signals WHERE path LIKE 'Line.%'")).rejects.toMatchObject({ code: 'no_signals' });
  expect((await put("SELECT * FROM signal_list WHERE path LIKE 'Line.%'")).rows).toEqual([]);
  expect((await put("SELECT facts FROM visits WHERE station = 'ST03' AND facts IS NOT NULL")).rows).toEqual([]);
  const closed = await open(['pane.data']);
  await expect(put('SELECT 1', closed)).rejects.toMatchObject({ code: 'concealed' });
  await line.close();
  folder.remove();
});
