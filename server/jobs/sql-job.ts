import { SQL_ROWS, SQL_SECONDS, type SqlColumn, type SqlResult, type SqlValue } from '#contract/sql.ts';
import { SQL_TABLES, type SqlColumnShape, type SqlTable } from '#contract/sql-tables.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Life, SqlOrder } from './job.ts';
import { faultOf } from './sql-fault.ts';
import { fillTable } from './sql-fill.ts';
import type { Filling } from './sql-filling.ts';
import { namedIn } from './sql-named.ts';
import { signalsFor } from './sql-signals.ts';
import { askSqlite } from './sqlite-process.ts';

/** So many letters are answered at most, about as many bytes of JSON. */
const LETTERS = 4_000_000;
const MEMORY_MB = 256;

/**
 * One query over tables of a window. Only the tables that it names are filled, by replay of the window: about as long as
 * reading the history of that window for `signals`, one replay together for `events`, `states` and `alarms`, and about
 * three for `parts` and `visits`. Then a process of its own answers, which takes some 50 ms to start.
 */
export function sqlJob(model: Model, life: Life, order: SqlOrder): SqlResult {
  const { sql, fromUs, toUs } = order;
  const named = namedIn(sql);
  const signals = named.tables.includes('signals') ? signalsFor(model, named, order) : [];
  const filling: Filling = { model, life, order, signals };
  const answer = askSqlite({
    ...{ sql, rows: SQL_ROWS, letters: LETTERS, seconds: SQL_SECONDS, memoryMb: MEMORY_MB },
    // Tables that are not named are there too, so that a mistake is told of by SQLite itself, and empty.
    tables: (Object.keys(SQL_TABLES) as SqlTable[]).map((table) =>
      fillTable(table, named.tables.includes(table) ? filling : undefined, order.anchorMs),
    ),
  });
  if ('words' in answer) throw faultOf(sql, answer.words, answer.nearAt);
  const units = new Set(signals.map((path) => model.signals[model.indexOf(path)].unit));
  const valueUnit = units.size === 1 ? [...units][0] : undefined;
  return {
    columns: answer.columns.map(({ name, table, column }): SqlColumn => {
      const unit = table === 'signals' && column === 'value' ? valueUnit : unitOf(table, column);
      return { name, ...(unit !== undefined && { unit }) };
    }),
    rows: answer.rows as SqlValue[][],
    truncated: answer.truncated,
    read: { tables: [...named.tables], signals, fromUs, toUs },
  };
}

function unitOf(table: string | null, column: string | null): string | undefined {
  const shapes: readonly SqlColumnShape[] = SQL_TABLES[table as SqlTable] ?? [];
  return shapes.find(({ name }) => name === column)?.unit;
}
