import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { happeningsJob } from '#server/jobs/happenings-job.ts';
import { historyJob } from '#server/jobs/history-job.ts';
import { sqlJob } from '#server/jobs/sql-job.ts';
import { fits, namedIn } from '#server/jobs/sql-named.ts';
import { signalsFor } from '#server/jobs/sql-signals.ts';
import { askSqlite } from '#server/jobs/sqlite-process.ts';
import type { AppError } from '#server/errors.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { genealogy } from '#simulator/cell/genealogy.ts';
import { orderHistory } from '#simulator/cell/order-history.ts';
import { truth } from '#simulator/cell/truth.ts';
import { hours, SECOND } from '#simulator/kernel/time.ts';

const { hash, model } = new Definitions(fileURLToPath(new URL('../../../labs/cells', import.meta.url))).patched(
  'pump-line',
);
const nowUs = hours(4);
const window = { fromUs: hours(2), toUs: nowUs };
const cell = createCell(model, { seed: 5n });
cell.runUntil(nowUs);
const life = { definition: hash, seed: '0000000000000005', scenario: [], log: [], checkpoint: undefined, nowUs };
const anchorMs = Date.UTC(2026, 0, 5);

const ask = (sql: string, more: object = {}) => sqlJob(model, life, { ...window, anchorMs, hidden: [], sql, ...more });
function refusal(sql: string, more: object = {}): AppError {
  try {
    ask(sql, more);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('It was answered.');
}

describe('tables', () => {
  test('signals hold the very samples that history gives, with the time of the plant', () => {
    const paths = ['ST03.Tool.Wear', 'ST07.Oil.Temperature'];
    const { columns } = historyJob(model, life, { signals: paths, ...window });
    for (const { signal, tUs, values } of columns) {
      const {
        rows,
        columns: shown,
        read,
      } = ask(`SELECT t, value, quality FROM signals WHERE path = '${signal}' ORDER BY t`);
      expect(rows.map(([t]) => t)).toEqual(tUs.map((us) => us / SECOND));
      expect(rows.map(([, value]) => value)).toEqual(values);
      expect(new Set(rows.map(([, , quality]) => quality))).toEqual(new Set(['Good']));
      expect(shown.map(({ unit }) => unit)).toEqual(['s', model.signals[model.indexOf(signal)].unit, undefined]);
      expect(read).toEqual({ tables: ['signals'], signals: [signal], ...window });
    }
    const [[time]] = ask("SELECT time FROM signals WHERE path = 'ST03.Tool.Wear' AND t > 8000 LIMIT 1").rows;
    expect(time).toMatch(/^2026-01-05T02:1\d:\d\d\.\d{3}Z$/);
  });

  test('values at whole seconds are those of history at the same grid', () => {
    const { rows } = ask("SELECT t, value FROM signals WHERE path = 'ST03.Spindle.Load'", { everyS: 60 });
    const [{ tUs, values }] = historyJob(model, life, {
      signals: ['ST03.Spindle.Load'],
      ...window,
      everyS: 60,
    }).columns;
    expect(rows).toEqual(tUs.map((us, k) => [us / SECOND, values[k]]));
  });

  test('only signals that the query names are read, by name, list or pattern', () => {
    const read = (sql: string) => signalsFor(model, namedIn(sql), { hidden: [] });
    expect(read("SELECT 1 FROM signals WHERE path IN ('ST03.Tool.Wear', 'ST01.Order.Left')")).toEqual([
      'ST01.Order.Left',
      'ST03.Tool.Wear',
    ]);
    const signals = read("SELECT 1 FROM signals s WHERE s.path LIKE 'st%.counter.failures'");
    expect(signals.length).toBeGreaterThan(5);
    expect(signals.every((path) => /^ST\d\d\.Counter\.Failures$/.test(path))).toBe(true);
    expect(read("SELECT 1 FROM signals WHERE path GLOB 'ST03.Tool.*'")).toContain('ST03.Tool.Life');
    expect(ask("SELECT count(*) FROM events -- signals 'ST03.Tool.Wear'").read.signals).toEqual([]);
    const listed = ask('SELECT DISTINCT path FROM signals WHERE value >= 0', { signals: ['ST03.Tool.Wear'] });
    expect(listed.rows).toEqual([['ST03.Tool.Wear']]);
  });

  test('events are those of the list of events', () => {
    const { events } = happeningsJob(model, life, { event: '*', ...window });
    const { rows } = ask('SELECT t, event, value FROM events');
    expect(rows).toEqual(events.map(({ tUs, event, value }) => [tUs / SECOND, event, value]));
  });

  test('states cover the window without a gap and sum to the times of ISO 22400', () => {
    const { stations } = truth(cell, window);
    const { rows } = ask('SELECT station, SUM(duration), MIN(t), MAX(end_t) FROM states GROUP BY station');
    for (const row of rows) expect(row.slice(1)).toEqual([expect.closeTo(7200, 6), 7200, 14_400]);
    const busy = ask("SELECT station, SUM(duration) FROM states WHERE category = 'producing' GROUP BY station").rows;
    expect(busy.length).toBeGreaterThan(7);
    for (const [station, seconds] of busy) {
      expect(Number(seconds), String(station)).toBeCloseTo(stations[String(station)].aptUs / SECOND, 5);
    }
  });

  test('parts and visits are the genealogy, without the true causes of scrap', () => {
    const histories = [...genealogy(cell, window).values()].sort((a, b) => a.serial - b.serial);
    expect(ask('SELECT serial, fate, t, left_t FROM parts ORDER BY serial').rows).toEqual(
      histories.map(({ serial, fate, bornUs, leftUs }) => [
        ...[serial, fate, bornUs / SECOND],
        leftUs === undefined ? null : leftUs / SECOND,
      ]),
    );
    const bores = ask(`SELECT p.serial, v.facts ->> 'boreDeviation', v.facts ->> 'tool'
      FROM parts p JOIN visits v ON v.serial = p.serial AND v.station = 'ST03' ORDER BY p.serial`).rows;
    const worked = histories.flatMap(({ serial, visits }) =>
      visits.flatMap(({ station, facts }) => (station === 'ST03' ? [[serial, facts.boreDeviation, facts.tool]] : [])),
    );
    expect(bores).toEqual(worked);
    expect(refusal('SELECT cause FROM parts').message).toContain('No such column: cause');
  });

  test('orders are those that ended in the window, and those in the book', () => {
    const ended = orderHistory(cell, window);
    const { rows } = ask("SELECT number, good, scrapped, due_t FROM orders WHERE state = 'Ended'");
    expect(rows).toEqual(ended.map(({ number, good, scrapped, dueUs }) => [number, good, scrapped, dueUs / SECOND]));
    expect(Number(ask("SELECT count(*) FROM orders WHERE state = 'Running'").rows[0][0])).toBeGreaterThan(0);
  });

  test('alarms of the window are told with their signal', () => {
    const { rows } = ask('SELECT event, count(*) FROM alarms GROUP BY event', { fromUs: 0 });
    const told = happeningsJob(model, life, { event: 'Alarms.Alarm*', fromUs: 0, toUs: nowUs }).events;
    expect(rows.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(told.length);
  });
});

describe('refusals', () => {
  test.each([
    ["ATTACH DATABASE '/etc/passwd' AS x", 'ATTACH is not allowed here'],
    ['PRAGMA database_list', 'PRAGMA is not allowed here'],
    ['DELETE FROM events', 'DELETE is not allowed here'],
    ['SELECT 1; DROP TABLE events', 'a second statement'],
    ['SELECT 1 /* ; */; -- end\n ATTACH x AS y', 'a second statement'],
    ['SELECT * FROM pragma_database_list', 'pragma_database_list is not allowed here'],
    ['SELECT * FROM "pragma_database_list"', 'pragma_database_list is not allowed here'],
    ["SELECT load_extension('x')", 'load_extension is not allowed here'],
    ['WITH x AS (SELECT 1) DELETE FROM events', 'Not authorized'],
    ["WITH x AS (SELECT 1) INSERT INTO events VALUES (1, 'a', 'b', 2)", 'Not authorized'],
    ["VACUUM INTO '/tmp/verkstad.db'", 'VACUUM is not allowed here'],
    ['EXPLAIN SELECT 1', 'EXPLAIN is not allowed here'],
    ["SELECT writefile('/tmp/verkstad', 'x')", 'No such function: writefile'],
    ['   ', 'There is no query'],
  ])('%s', (sql, words) => {
    expect(refusal(sql).message).toContain(words);
  });

  test('a mistake is told in the words of SQLite, with its place and what to do', () => {
    const column = refusal("SELECT t, valu\nFROM signals WHERE path = 'ST03.Tool.Wear'");
    expect(column.message).toBe('1:11: No such column: valu.\nSELECT t, valu\n          ^');
    expect(column.hint).toContain('Did you mean "value"?');
    const table = refusal('SELECT *\nFROM\n  evnts');
    expect(table.message.split('\n')[0]).toBe('3:3: No such table: evnts.');
    expect(table.hint).toContain('Did you mean "events"?');
    const syntax = refusal('SELECT (1) FROM events WHERE (1 ) ) FROM');
    expect(syntax.message).toMatch(/^1:35: Near "\)": syntax error/);
    expect(refusal('SELECT (1').message).toMatch(/^1:10: Incomplete input/);
    expect(refusal('SELECT foo(1)').message).toMatch(/^1:8: No such function: foo/);
    expect(refusal('SELECT serial FROM parts JOIN visits USING (t)').message).toMatch(
      /^1:8: Ambiguous column name: serial/,
    );
  });

  test('a query of signals must name some, and not too many samples of them', () => {
    expect(refusal('SELECT * FROM signals')).toMatchObject({ code: 'no_signals' });
    expect(refusal("SELECT * FROM signals WHERE path LIKE '%'")).toMatchObject({ code: 'too_many_signals' });
    const many = refusal("SELECT * FROM signals WHERE path LIKE 'ST03.%'", {
      fromUs: 0,
    });
    expect(many).toMatchObject({ code: 'too_much', status: 413 });
  });

  test('what the cell does not show cannot be read by name, pattern, list, station or order', () => {
    const hidden = { hidden: ['ST03.Tool.Wear', 'Orders.Done.Late', 'ST07.State.Current'] };
    expect(refusal("SELECT * FROM signals WHERE path = 'ST03.Tool.Wear'", hidden)).toMatchObject({ code: 'concealed' });
    expect(refusal('SELECT * FROM signals', { ...hidden, signals: ['ST03.Tool.Wear'] })).toMatchObject({
      code: 'concealed',
    });
    const named = namedIn("SELECT 1 FROM signals WHERE path LIKE 'ST03.Tool.%'");
    expect(signalsFor(model, named, hidden)).not.toContain('ST03.Tool.Wear');
    const counts = `SELECT (SELECT count(*) FROM signal_list WHERE path = 'ST03.Tool.Wear'),
      (SELECT count(facts) FROM visits WHERE station = 'ST03'), (SELECT count(facts) > 0 FROM visits WHERE station = 'ST09'),
      (SELECT count(*) FROM states WHERE station = 'ST07'), (SELECT count(*) > 0 FROM states WHERE station = 'ST08')`;
    expect(ask(counts, hidden).rows).toEqual([[0, 0, 1, 0, 1]]);
    expect(refusal('SELECT * FROM orders', hidden)).toMatchObject({ code: 'concealed', status: 403 });
  });
});

describe('limits', () => {
  test('a recursion without an end is ended after two seconds', () => {
    const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n';
    expect(refusal(endless)).toMatchObject({ code: 'took_too_long', status: 413 });
  });

  test('a query cannot take more memory than its process may', () => {
    const sorted = `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
      SELECT y FROM (SELECT hex(zeroblob(5000000 + x)) AS y FROM n LIMIT 1000) ORDER BY y`;
    const order = { sql: sorted, tables: [], rows: 10, letters: 1000, seconds: 20, memoryMb: 256 };
    expect(() => askSqlite(order)).toThrow('too much memory');
    expect(refusal('SELECT hex(zeroblob(50000000))').message).toContain('too big');
  });

  test('more rows than one answer holds are cut, and that is said', () => {
    const grid = (n: number) =>
      `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT ${n}) SELECT x FROM n`;
    expect(ask(grid(10_000))).toMatchObject({ truncated: false });
    const cut = ask(grid(10_001));
    expect(cut.truncated).toBe(true);
    expect(cut.rows).toHaveLength(10_000);
  });

  test('values that JSON lacks are given as text', () => {
    expect(ask("SELECT x'00ff', 9e999, -9e999, NULL, 1, 1.5, 'å'").rows).toEqual([
      ["x'00ff'", 'Inf', '-Inf', null, 1, 1.5, 'å'],
    ]);
  });

  test('two columns of one name are two columns', () => {
    expect(ask('SELECT 1 AS a, 2 AS a')).toMatchObject({ columns: [{ name: 'a' }, { name: 'a' }], rows: [[1, 2]] });
  });
});

test('names are found in a query whatever their quotes, and never in texts and comments', () => {
  expect(namedIn('SELECT * FROM "parts", [visits] /* orders */').tables).toEqual(['parts', 'visits']);
  expect(namedIn("SELECT 'states' -- alarms").tables).toEqual([]);
  expect(namedIn("SELECT 'it''s' LIKE 'x%'").texts).toEqual([
    { value: "it's", pattern: undefined },
    { value: 'x%', pattern: 'LIKE' },
  ]);
});

test('patterns fit as in SQLite, and a hostile one takes no time', () => {
  expect(fits('ST03.Tool.Wear', 'st__.%wear', 'LIKE')).toBe(true);
  expect(fits('ST03.Tool.Wear', 'st__.wear', 'LIKE')).toBe(false);
  expect(fits('ST03.Tool.Wear', 'st*', 'GLOB')).toBe(false);
  expect(fits('ST03.Tool.Wear', 'ST0?.*.Wear', 'GLOB')).toBe(true);
  expect(fits('a'.repeat(100), `${'%a'.repeat(50)}b`, 'LIKE')).toBe(false);
});
