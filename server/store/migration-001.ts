import type { CreateTableBuilder, Kysely } from 'kysely';

/** `bytea` is PostgreSQL's word; SQLite takes any and stores bytes as they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('participants')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('key_version', 'integer', (c) => c.notNull())
    .addColumn('current_cell', 'text')
    .addColumn('created_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('participant', 'text', (c) => c.notNull().references('participants.id'))
    .addColumn('created_ms', 'bigint', (c) => c.notNull())
    .addColumn('seen_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('definitions')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('json', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('cells')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('base', 'text', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull().references('definitions.hash'))
    .addColumn('patch', 'text', (c) => c.notNull())
    .addColumn('scenario', 'text', (c) => c.notNull())
    .addColumn('open_us', 'bigint', (c) => c.notNull())
    .addColumn('horizon_us', 'bigint', (c) => c.notNull())
    .addColumn('speed_min', 'double precision', (c) => c.notNull())
    .addColumn('speed_max', 'double precision', (c) => c.notNull())
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('model_version', 'integer', (c) => c.notNull())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('epoch', 'bigint', (c) => c.notNull())
    .addColumn('created_ms', 'bigint', (c) => c.notNull())
    .addColumn('closed_ms', 'bigint')
    .execute();
  await ofCell(schema.createTable('members'))
    .addColumn('participant', 'text', (c) => c.notNull().references('participants.id'))
    .addPrimaryKeyConstraint('members_key', ['cell', 'participant'])
    .execute();
  await ofCell(schema.createTable('runs'))
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('seed', 'text', (c) => c.notNull())
    .addColumn('anchor_ms', 'bigint', (c) => c.notNull())
    .addColumn('started_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('runs_key', ['cell', 'run'])
    .execute();
  await ofCell(schema.createTable('commands'))
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer')
    .addColumn('at_us', 'bigint', (c) => c.notNull())
    .addColumn('wall_ms', 'bigint', (c) => c.notNull())
    .addColumn('via', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('value', 'text')
    .addColumn('unit', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('commands_key', ['cell', 'actor', 'id'])
    .addUniqueConstraint('commands_order', ['cell', 'run', 'seq'])
    .execute();
  await ofCell(schema.createTable('clock_log'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('sim_us', 'bigint', (c) => c.notNull())
    .addColumn('wall_ms', 'bigint', (c) => c.notNull())
    .addColumn('speed', 'double precision', (c) => c.notNull())
    .addColumn('paused', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('clock_log_key', ['cell', 'n'])
    .execute();
  await ofCell(schema.createTable('checkpoints'))
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('at_us', 'bigint', (c) => c.notNull())
    .addColumn('model_version', 'integer', (c) => c.notNull())
    .addColumn('grid', 'integer', (c) => c.notNull())
    .addColumn('state', 'bytea', (c) => c.notNull())
    .addPrimaryKeyConstraint('checkpoints_key', ['cell', 'run', 'at_us'])
    .execute();
  await ofCell(schema.createTable('evidence'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('run', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('wall_ms', 'bigint', (c) => c.notNull())
    .addColumn('plant_us', 'bigint', (c) => c.notNull())
    .addColumn('entry', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('evidence_key', ['cell', 'n'])
    .execute();
  await schema
    .createTable('attempts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('participant', 'text', (c) => c.notNull().references('participants.id'))
    .addColumn('lab', 'text', (c) => c.notNull())
    .addColumn('lab_version', 'integer', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('cell', 'text', (c) => c.notNull().references('cells.id'))
    .addColumn('started_ms', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('attempts_number', ['participant', 'lab', 'number'])
    .execute();
  await schema.createIndex('attempts_by_cell').on('attempts').column('cell').execute();
  await ofAttempt(schema.createTable('answers'))
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('ask', 'text', (c) => c.notNull())
    .addColumn('typed', 'text', (c) => c.notNull())
    .addColumn('wall_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('answers_key', ['attempt', 'step', 'ask'])
    .execute();
  await ofAttempt(schema.createTable('progress'))
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('progress', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('progress_key', ['attempt', 'step'])
    .execute();
  await ofAttempt(schema.createTable('verdicts'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('wall_ms', 'bigint', (c) => c.notNull())
    .addColumn('plant_us', 'bigint', (c) => c.notNull())
    .addColumn('model_version', 'integer', (c) => c.notNull())
    .addColumn('result', 'text', (c) => c.notNull())
    .addColumn('facts', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('verdicts_key', ['attempt', 'n'])
    .execute();
}

const ofCell = <T extends string>(table: CreateTableBuilder<T>) =>
  table.addColumn('cell', 'text', (c) => c.notNull().references('cells.id'));
const ofAttempt = <T extends string>(table: CreateTableBuilder<T>) =>
  table.addColumn('attempt', 'text', (c) => c.notNull().references('attempts.id'));
