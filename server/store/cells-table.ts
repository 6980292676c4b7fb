import type { CellOrder } from '#server/labs/attempt-host.ts';
import type { Owner } from './group-commit.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** A cell as it is kept, with its current run. */
export interface CellRow extends CellOrder {
  readonly id: string;
  /** Hash of the patched definition. */
  readonly definition: string;
  readonly run: number;
  readonly modelVersion: number;
  readonly anchorMs: number;
  readonly closedMs: number | undefined;
}

/** Cells with their runs; for what they write down see `CellLogs`. What writes rows of a cell proves that it owns it. */
export class CellsTable {
  constructor(private readonly store: Store) {}

  /** A new cell with its first run, owned by `host`, as the current one of `participant`. */
  add(cell: CellRow, json: string, participant: string, host: string, nowMs: number): Promise<void> {
    const { id, definition, run } = cell;
    return this.store.commits.write(undefined, async (tx) => {
      await tx
        .insertInto('definitions')
        .values({ hash: definition, json })
        .onConflict((same) => same.column('hash').doNothing())
        .execute();
      await tx
        .insertInto('cells')
        .values({
          id,
          base: cell.base,
          definition,
          patch: JSON.stringify(cell.set),
          scenario: JSON.stringify(cell.scenario),
          conceal: JSON.stringify(cell.conceal ?? []),
          open_us: cell.openUs,
          horizon_us: cell.horizonUs,
          speed_min: cell.speed[0],
          speed_max: cell.speed[1],
          run,
          model_version: cell.modelVersion,
          host,
          epoch: 1,
          created_ms: nowMs,
        })
        .execute();
      await tx
        .insertInto('runs')
        .values({ cell: id, run, seed: cell.seed, anchor_ms: cell.anchorMs, started_ms: nowMs })
        .execute();
      await tx.insertInto('members').values({ cell: id, participant }).execute();
      await tx.updateTable('participants').set({ current_cell: id }).where('id', '=', participant).execute();
    });
  }

  /** Makes `host` the owner; whoever owned the cell before can write no more. Undefined if there is no such cell. */
  async claim(id: string, host: string): Promise<Owner | undefined> {
    let epoch: number | undefined;
    await this.store.commits.write(undefined, async (tx) => {
      const row = await tx
        .updateTable('cells')
        .set((is) => ({ host, epoch: is('epoch', '+', 1) }))
        .where('id', '=', id)
        .returning('epoch')
        .executeTakeFirst();
      epoch = row?.epoch;
    });
    return epoch === undefined ? undefined : { cell: id, host, epoch };
  }

  async find(id: string): Promise<CellRow | undefined> {
    const row = await this.store.db
      .selectFrom('cells')
      .innerJoin('runs', (on) => on.onRef('runs.cell', '=', 'cells.id').onRef('runs.run', '=', 'cells.run'))
      .selectAll('cells')
      .select(['runs.seed', 'runs.anchor_ms'])
      .where('cells.id', '=', id)
      .executeTakeFirst();
    return row && cellOf(row);
  }

  /** A definition that workers may ask for before there is a cell of it. */
  keepDefinition(hash: string, json: string): Promise<void> {
    return this.store.commits.write(undefined, (tx) =>
      tx
        .insertInto('definitions')
        .values({ hash, json })
        .onConflict((same) => same.column('hash').doNothing())
        .execute(),
    );
  }

  async definition(hash: string): Promise<string> {
    const { db } = this.store;
    const row = await db.selectFrom('definitions').select('json').where('hash', '=', hash).executeTakeFirstOrThrow();
    return row.json;
  }

  async isMember(cell: string, participant: string): Promise<boolean> {
    const row = await this.store.db
      .selectFrom('members')
      .select('cell')
      .where('cell', '=', cell)
      .where('participant', '=', participant)
      .executeTakeFirst();
    return row !== undefined;
  }

  async close(owner: Owner, nowMs: number): Promise<void> {
    await this.store.commits.write(owner, (tx) =>
      tx.updateTable('cells').set({ closed_ms: nowMs }).where('id', '=', owner.cell).execute(),
    );
  }

  /** The definition of the new run has been kept before. */
  addRun(owner: Owner, row: CellRow, modelVersion: number, nowMs: number): Promise<void> {
    const { cell } = owner;
    const { run, seed, anchorMs, definition, set, scenario } = row;
    return this.store.commits.write(owner, async (tx) => {
      await tx.insertInto('runs').values({ cell, run, seed, anchor_ms: anchorMs, started_ms: nowMs }).execute();
      await tx
        .updateTable('cells')
        .set({
          ...{ run, model_version: modelVersion, definition },
          ...{ patch: JSON.stringify(set), scenario: JSON.stringify(scenario) },
        })
        .where('id', '=', cell)
        .execute();
    });
  }

  /** When a run of a cell began, by the wall. */
  async runBegunMs(cell: string, run: number): Promise<number | undefined> {
    const row = await this.store.db
      .selectFrom('runs')
      .select('started_ms')
      .where('cell', '=', cell)
      .where('run', '=', run)
      .executeTakeFirst();
    return row?.started_ms;
  }
}

const cellOf = (row: Schema['cells'] & Pick<Schema['runs'], 'seed' | 'anchor_ms'>): CellRow => ({
  id: row.id,
  base: row.base,
  definition: row.definition,
  set: JSON.parse(row.patch) as Record<string, unknown>,
  scenario: JSON.parse(row.scenario) as CellOrder['scenario'],
  conceal: JSON.parse(row.conceal) as string[],
  openUs: row.open_us,
  horizonUs: row.horizon_us,
  speed: [row.speed_min, row.speed_max],
  run: row.run,
  modelVersion: row.model_version,
  seed: row.seed,
  anchorMs: row.anchor_ms,
  closedMs: row.closed_ms ?? undefined,
});
