import { SqliteDialect } from 'kysely';
import type { DatabaseSync } from '@photostructure/sqlite';

type SqliteDatabase = InstanceType<typeof DatabaseSync>;
type Bindable = null | string | number | bigint | Uint8Array;

/** Node's own SQLite where there is one (22.13 and later), else the package with the same interface. */
async function sqliteDriver(): Promise<typeof DatabaseSync> {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as { DatabaseSync: typeof DatabaseSync } | undefined;
  return (builtIn ?? (await import('@photostructure/sqlite'))).DatabaseSync;
}

/** Opens a database file. It waits at most `waitMs` for other processes that have it locked. */
export async function openSqlite(path: string, waitMs = 2_000): Promise<SqliteDatabase> {
  const Database = await sqliteDriver();
  const database = new Database(path);
  database.exec(`PRAGMA busy_timeout = ${waitMs}`);
  return database;
}

/**
 * What a statement may be given. Anything else is a mistake of ours that one driver refuses, another stores as text, and
 * a third one dies of.
 */
export function bindable(value: unknown): Bindable {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`A ${value === undefined ? 'missing value' : typeof value} cannot be stored.`);
}

const RETURNS_ROWS = /^\s*(select|with|pragma)\b|\breturning\b/i;
const STATEMENTS_KEPT = 500;

/** Kysely over either driver, with one connection and prepared statements that are used again. */
export function sqliteDialect(database: SqliteDatabase): SqliteDialect {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  const prepare = (sql: string) => {
    const known = prepared.get(sql);
    if (known) return known;
    if (prepared.size >= STATEMENTS_KEPT) prepared.clear();
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return new SqliteDialect({
    database: {
      close: () => {
        prepared.clear();
        database.close();
      },
      prepare: (sql) => {
        const statement = prepare(sql);
        return {
          reader: RETURNS_ROWS.test(sql),
          all: (values) => statement.all(...values.map(bindable)) as unknown[],
          run: (values) => {
            const { changes, lastInsertRowid } = statement.run(...values.map(bindable));
            return { changes: BigInt(changes), lastInsertRowid: BigInt(lastInsertRowid) };
          },
          iterate: (values) => statement.iterate(...values.map(bindable)) as IterableIterator<unknown>,
        };
      },
    },
  });
}
