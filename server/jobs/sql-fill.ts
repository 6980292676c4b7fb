import type { SqlValue } from '#contract/sql.ts';
import { hasTime, SQL_TABLES, type SqlTable } from '#contract/sql-tables.ts';
import { AppError } from '#server/errors.ts';
import { GOOD } from '#simulator/cell/sample.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { historyJob } from './history-job.ts';
import type { Filling, Row } from './sql-filling.ts';
import { alarmRows, eventRows, stateRows } from './sql-happenings.ts';
import { orderRows, partRows, visitRows } from './sql-parts.ts';
import type { FilledTable } from './sqlite-order.ts';

/** Rows of one table. More would take too long to fill. */
const MOST_ROWS = 300_000;

const ROWS: Readonly<Record<Exclude<SqlTable, 'signals'>, (filling: Filling) => Row[]>> = {
  signal_list: listRows,
  events: eventRows,
  states: stateRows,
  parts: partRows,
  visits: visitRows,
  orders: orderRows,
  alarms: alarmRows,
};

/** A table with what the window holds; empty if nothing is to fill it from. */
export function fillTable(table: SqlTable, filling: Filling | undefined, anchorMs: number): FilledTable {
  const shapes = SQL_TABLES[table].map(({ name, type }) => `${name} ${type}`);
  const time = `time TEXT AS (strftime('%Y-%m-%dT%H:%M:%fZ', t + ${anchorMs / 1000}, 'unixepoch'))`;
  const create = `CREATE TABLE ${table} (${[...shapes, ...(hasTime(table) ? [time] : [])].join(', ')})`;
  if (!filling) return { name: table, create, columns: SQL_TABLES[table].map(() => []) };
  if (table === 'signals') {
    return {
      name: table,
      create,
      index: 'CREATE INDEX signals_path ON signals (path, t)',
      columns: signalColumns(filling),
    };
  }
  const rows = ROWS[table](filling);
  if (rows.length > MOST_ROWS) throw tooManyRows(table);
  return { name: table, create, columns: SQL_TABLES[table].map((_, k) => rows.map((row) => row[k])) };
}

/** The very samples that history gives for the same window; at most as many. */
function signalColumns({ model, life, order, signals }: Filling): SqlValue[][] {
  const { fromUs, toUs, everyS } = order;
  const { columns } = historyJob(model, life, { signals: [...signals], fromUs, toUs, everyS });
  if (columns.some(({ truncated }) => truncated)) throw tooManyRows('signals');
  return [
    columns.flatMap(({ tUs }) => tUs.map((us) => us / SECOND)),
    columns.flatMap(({ signal, tUs }) => tUs.map(() => signal)),
    columns.flatMap(({ values }) => values),
    columns.flatMap(({ tUs, statuses }) => statuses ?? tUs.map(() => GOOD)),
  ];
}

function listRows({ model, order }: Filling): Row[] {
  const unseen = new Set(order.hidden);
  return model.signals
    .filter(({ path }) => !unseen.has(path))
    .map(({ path, station, unit, kind, text }) => [path, station, unit, kind, text.en]);
}

function tooManyRows(table: string): AppError {
  const hint =
    table === 'signals'
      ? 'Name fewer signals, take a shorter window, or take values at whole seconds instead of all samples.'
      : 'Take a shorter window.';
  return new AppError('too_much', `The window holds more of ${table} than one query can be given.`, hint, 413);
}
