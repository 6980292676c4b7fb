import type { Kysely } from 'kysely';

/** Where participants are in their attempts, and what they ask people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('whereabouts')
    .addColumn('attempt', 'text', (c) => c.primaryKey().references('attempts.id'))
    .addColumn('place', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('tickets')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('attempt', 'text', (c) => c.notNull().references('attempts.id'))
    .addColumn('participant', 'text', (c) => c.notNull().references('participants.id'))
    .addColumn('lab', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('check_id', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('asked_ms', 'bigint', (c) => c.notNull())
    .addColumn('cell', 'text', (c) => c.notNull())
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('plant_us', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('answered_by', 'text')
    .addColumn('answered_ms', 'bigint')
    .execute();
  await db.schema.createIndex('tickets_by_attempt').on('tickets').column('attempt').execute();
  await db.schema.createIndex('tickets_by_state').on('tickets').columns(['state', 'asked_ms']).execute();
}
