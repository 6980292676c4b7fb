import { Kysely } from 'kysely';
import { join } from 'node:path';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrations.ts';
import type { Schema } from './schema.ts';
import { openSqlite, sqliteDialect } from './sqlite.ts';

/** The database: read it with `db`, write what must be durable with `commits`. */
export interface Store {
  readonly db: Kysely<Schema>;
  readonly commits: GroupCommit;
  close(): Promise<void>;
}

/** Opens `verkstad.sqlite` in the data folder and brings it to the newest schema. */
export async function openStore(dataDir: string): Promise<Store> {
  const database = await openSqlite(join(dataDir, 'verkstad.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) });
  await migrate(db);
  const commits = new GroupCommit(db);
  return {
    db,
    commits,
    async close() {
      await commits.flush();
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      await db.destroy();
    },
  };
}
