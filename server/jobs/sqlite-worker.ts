/**
 * A process that answers one query and ends. SQLite cannot be interrupted from JavaScript, so whatever takes too long is
 * ended with its process, and its memory with it. It holds nothing but what the asker may read; its environment is empty.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { DatabaseSync } from '@photostructure/sqlite';
import type { SqliteAnswer, SqliteOrder } from './sqlite-order.ts';

/** From sqlite3.h: SQLITE_READ, SQLITE_SELECT, SQLITE_FUNCTION, SQLITE_RECURSIVE. All else is not for readers. */
const MAY = new Set([20, 21, 31, 33]);
const [OK, DENY] = [0, 1];
/** Of one value while SQLite works on it, and as it is answered. */
const LONGEST_VALUE = 20_000_000;
const LONGEST_TEXT = 1_000_000;

type Driver = typeof DatabaseSync;
type Database = InstanceType<Driver>;

/** Node's own SQLite if it gives rows as arrays (22.16 and later), else the package with the same interface. */
function driver(): Driver {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as
    { DatabaseSync: Driver; StatementSync: { prototype: object } } | undefined;
  if (builtIn && 'setReturnArrays' in builtIn.StatementSync.prototype) return builtIn.DatabaseSync;
  return (createRequire(import.meta.url)('@photostructure/sqlite') as { DatabaseSync: Driver }).DatabaseSync;
}

function filled({ tables }: SqliteOrder): Database {
  const database = new (driver())(':memory:');
  database.exec('PRAGMA temp_store = MEMORY; BEGIN');
  for (const { create, index, name, columns } of tables) {
    database.exec(create);
    const insert = database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join()})`);
    for (let row = 0; row < (columns[0]?.length ?? 0); row++) insert.run(...columns.map((column) => column[row]));
    if (index) database.exec(index);
  }
  database.exec('COMMIT; PRAGMA query_only = ON');
  // Node's own has it from 24.10 on; without it, the checks of the text and query_only stand alone.
  if ('setAuthorizer' in database) database.setAuthorizer((action) => (MAY.has(action) ? OK : DENY));
  if ('limits' in database) database.limits.length = LONGEST_VALUE;
  return database;
}

function answerTo(order: SqliteOrder): SqliteAnswer {
  const database = filled(order);
  try {
    new Worker(watch(order), { eval: true });
    const statement = database.prepare(order.sql);
    statement.setReturnArrays(true);
    const columns = statement.columns().map(({ name, table, column }) => ({ name, table, column }));
    const rows: unknown[][] = [];
    let letters = 0;
    for (const row of statement.iterate() as Iterable<unknown[]>) {
      if (rows.length >= order.rows || letters > order.letters) return { columns, rows, truncated: true };
      const plain = row.map(plainValue);
      for (const value of plain) letters += typeof value === 'string' ? value.length : 8;
      rows.push(plain);
    }
    return { columns, rows, truncated: false };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { words, nearAt: placeOfSyntaxError(database, order.sql, words) };
  }
}

/** A thread that goes on while the other is busy in SQLite: SIGKILL says that it took too long, SIGTERM too much memory. */
const watch = ({ seconds, memoryMb }: SqliteOrder): string => `
  const end = (signal) => process.kill(process.pid, signal);
  setTimeout(() => end('SIGKILL'), ${seconds * 1000});
  setInterval(() => process.memoryUsage.rss() > ${memoryMb * 1024 * 1024} && end('SIGTERM'), 20);`;

/** JSON has no bytes and no infinities: hexadecimal digits, and what SQLite itself prints. */
function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return `x'${Buffer.from(value.subarray(0, LONGEST_TEXT / 2)).toString('hex')}'`;
  if (typeof value === 'number' && !Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value;
}

/** The first of the places of that token up to which SQLite finds the very same fault. */
function placeOfSyntaxError(database: Database, sql: string, words: string): number | undefined {
  const token = /^near "([^]*)": syntax error$/.exec(words)?.[1];
  if (!token) return undefined;
  for (let at = sql.indexOf(token); at >= 0; at = sql.indexOf(token, at + 1)) {
    try {
      database.prepare(sql.slice(0, at + token.length));
    } catch (error) {
      if (error instanceof Error && error.message === words) return at;
    }
  }
  return undefined;
}

process.stdout.write(serialize(answerTo(deserialize(readFileSync(0)) as SqliteOrder)), () => process.exit(0));
