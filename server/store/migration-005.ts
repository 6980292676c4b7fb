import type { Kysely } from 'kysely';

/** Points that people give, and who works on an attempt together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('marks')
    .addColumn('attempt', 'text', (c) => c.notNull().references('attempts.id'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('item', 'text', (c) => c.notNull())
    .addColumn('points', 'double precision')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('given_by', 'text', (c) => c.notNull().references('participants.id'))
    .addColumn('given_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('marks_key', ['attempt', 'n'])
    .execute();
  await db.schema
    .createTable('team_members')
    .addColumn('attempt', 'text', (c) => c.notNull().references('attempts.id'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('participant', 'text', (c) => c.notNull().references('participants.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('joined_ms', 'bigint', (c) => c.notNull())
    .addColumn('left_ms', 'bigint')
    .addColumn('changed_by', 'text', (c) => c.notNull().references('participants.id'))
    .addPrimaryKeyConstraint('team_members_key', ['attempt', 'n'])
    .execute();
  await db.schema.createIndex('team_members_by_participant').on('team_members').column('participant').execute();
}
