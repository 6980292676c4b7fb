import type { Kysely } from 'kysely';

/** Barriers that people report. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('received_ms', 'bigint', (c) => c.notNull())
    .addColumn('page', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('contact', 'text', (c) => c.notNull())
    .execute();
}
