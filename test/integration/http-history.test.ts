import { afterAll, beforeAll, expect, test } from 'vitest';
import { HistoryResult } from '#contract/history.ts';
import type { Problem } from '#contract/problem.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { type ApiClient, basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let me: ApiClient;

beforeAll(async () => {
  server = await startServer();
  me = await server.tryIt();
});
afterAll(() => server.close());

const table = (query: string, headers = {}) =>
  fetch(`${server.pageUrl}/api/cells/${me.me.cell}/history?${query}`, { headers: { ...me.headers, ...headers } });
const samples = async (body: object) =>
  HistoryResult.parse((await me.send('POST', `/cells/${me.me.cell}/history`, body)).body).columns;

test('a table of samples comes by its address alone, to a program with a key, with times and units', async () => {
  const query = 'signals=ST03.Spindle.Load,ST03.Tool.Wear&from=1800&to=2400&format=csv';
  const response = await fetch(`${server.pageUrl}/api/cells/${me.me.cell}/history?${query}`, {
    headers: basic(me.me),
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
  const [head, ...rows] = (await response.text()).trimEnd().split('\r\n');
  expect(head).toBe('time,t [s],ST03.Spindle.Load [%],ST03.Tool.Wear [mm]');

  const [load, wear] = await samples({
    signals: ['ST03.Spindle.Load', 'ST03.Tool.Wear'],
    fromUs: HOUR / 2,
    toUs: HOUR / 1.5,
  });
  const column = (k: number) =>
    rows
      .map((row) => row.split(','))
      .flatMap((cells) => (cells[k] === '' ? [] : [[Number(cells[1]), Number(cells[k])]]));
  expect(column(2)).toEqual(load.tUs.map((us, k) => [us / 1e6, load.values[k]]));
  expect(column(3)).toEqual(wear.tUs.map((us, k) => [us / 1e6, wear.values[k]]));
  const anchorMs = (await server.host.clock(me.me.cell)).anchorMs;
  for (const [time, t] of rows.map((row) => row.split(','))) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(Math.abs(Date.parse(time) - anchorMs - Number(t) * 1000)).toBeLessThan(1.1);
  }
  const evidence = await server.host.evidence(me.me.cell);
  expect(evidence.filter(({ kind }) => kind === 'history.read')[0]).toMatchObject({
    ...{ via: 'http', client: 'own', signals: ['ST03.Spindle.Load', 'ST03.Tool.Wear'], fromUs: HOUR / 2 },
  });
});

test('what the workspace shows by itself is no evidence, and what an own program reads always is', async () => {
  const body = { signals: ['ST03.Coolant.Level'], fromUs: 0, toUs: HOUR / 60, unasked: true };
  const url = `${server.pageUrl}/api/cells/${me.me.cell}/history`;
  const evidence = async () =>
    (await server.host.evidence(me.me.cell)).flatMap((entry) =>
      entry.kind === 'history.read' && entry.signals.includes('ST03.Coolant.Level') ? [entry.client] : [],
    );
  expect(await samples(body)).toHaveLength(1);
  expect(await evidence()).toEqual([]);
  await samples({ ...body, unasked: false });
  const headers = { ...basic(me.me), 'content-type': 'application/json' };
  expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status).toBe(200);
  expect(await evidence()).toEqual(['pane', 'own']);
});

test('the window may be given as ISO times, as the last seconds, and by a grid', async () => {
  const { anchorMs } = await server.host.clock(me.me.cell);
  const at = (s: number) => new Date(anchorMs + s * 1000).toISOString();
  const byTime = await table(`signals=ST03.Spindle.Load&from=${at(600)}&to=${at(660)}&everyS=10&format=csv`);
  const bySeconds = await table('signals=ST03.Spindle.Load&from=600&to=660&everyS=10', { accept: 'text/csv' });
  const text = await byTime.text();
  expect(
    text
      .split('\r\n')
      .slice(1, 8)
      .map((row) => row.split(',')[1]),
  ).toEqual(['600', '610', '620', '630', '640', '650', '660']);
  expect(await bySeconds.text()).toBe(text);
  const last = (await (await table('signals=ST03.Spindle.Load&lastS=60&everyS=10')).json()) as { rows: number[][] };
  expect(last.rows.length).toBeGreaterThanOrEqual(6);
});

test.each([
  ['signals=ST03.Spindle.Load&from=900&to=600', 400, 'bad_window'],
  ['signals=ST03.Nothing', 400, 'unknown_target'],
  ['signals=ST03.Spindle.Load&from=yesterday', 400, 'bad_request'],
])('%s is refused in words', async (query, status, code) => {
  const response = await table(query);
  const problem = (await response.json()) as Problem;
  expect([response.status, problem.code]).toEqual([status, code]);
  expect(problem.hint).not.toBe('');
});

test('so many pixels show what every sample shows: first, lowest, highest and last of each stretch', async () => {
  const body = { signals: ['ST03.Spindle.Load', 'ST03.State.Current'], fromUs: 0, toUs: HOUR };
  const all = await samples(body);
  const thin = await samples({ ...body, pixels: 200 });
  const stretchUs = HOUR / 200;
  for (const [k, column] of thin.entries()) {
    expect(column.truncated).toBe(false);
    expect(column.tUs.length).toBeLessThanOrEqual(201 * 4);
    const seen = ({ tUs, values }: typeof column, n: number) =>
      values.filter((_, at) => Math.floor(tUs[at] / stretchUs) === n);
    for (let n = 0; n < 200; n++) {
      const [whole, few] = [seen(all[k], n), seen(column, n)];
      if (whole.length === 0) continue;
      // What stood still from before is told again by the thin one, and left out by the other.
      const held = all[k].values[all[k].tUs.findLastIndex((us) => us < n * stretchUs)] ?? whole[0];
      expect(Math.min(...few, held)).toBe(Math.min(...whole, held));
      expect(Math.max(...few, held)).toBe(Math.max(...whole, held));
      expect(few.at(-1)).toBe(whole.at(-1));
    }
  }
  expect(all[0].tUs.length).toBeGreaterThan(thin[0].tUs.length);
});
