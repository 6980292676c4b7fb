import { type Kysely, Migrator } from 'kysely';
import type { Schema } from './schema.ts';
import { up } from './migration-001.ts';
import { up as keepBundles } from './migration-002.ts';
import { up as keepReports } from './migration-003.ts';
import { up as keepTickets } from './migration-004.ts';
import { up as keepMarks } from './migration-005.ts';

/** Every change of the schema in order. One that has been released is never edited. */
const migrations = {
  '001': { up },
  '002': { up: keepBundles },
  '003': { up: keepReports },
  '004': { up: keepTickets },
  '005': { up: keepMarks },
};

/** Brings a database to the newest schema. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The database could not be brought to the newest schema.', { cause: error });
}
