import type { Kysely } from 'kysely';

/** Attempts finish on the version of the lab that they began on, so its files are kept; cells know what they conceal. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lab_bundles')
    .addColumn('lab', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('files', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('lab_bundles_key', ['lab', 'version'])
    .execute();
  await db.schema
    .alterTable('cells')
    .addColumn('conceal', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
}
