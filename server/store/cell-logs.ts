import type { CommandResult, CommandStatus } from '#contract/command.ts';
import { EvidenceEntry } from '#contract/evidence.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import type { Owner } from './group-commit.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export interface CheckpointRow {
  readonly atUs: number;
  readonly modelVersion: number;
  readonly state: Uint8Array;
}

/** Both clocks at the last moment that is known of a run. */
export interface LastClock {
  /** What was written last: see KeptClock of server/cells. */
  readonly kind: string;
  readonly simUs: number;
  readonly wallMs: number;
  readonly speed: number;
  readonly paused: boolean;
}

/** What is written down of cells as they go on: commands, both clocks, evidence and checkpoints. */
export class CellLogs {
  constructor(private readonly store: Store) {}

  /** The commands that the plant obeyed, in the order of their effect. */
  async commandsOf(cell: string, run: number): Promise<Command[]> {
    const rows = await this.store.db
      .selectFrom('commands')
      .selectAll()
      .where('cell', '=', cell)
      .where('run', '=', run)
      .where('seq', 'is not', null)
      .orderBy('seq')
      .execute();
    return rows.map(({ seq, id, at_us, target, value, unit, actor, via }) => ({
      ...{ seq: seq ?? 0, id, at: at_us, target, actor, via },
      ...(value === null ? {} : { value: JSON.parse(value) as unknown }),
      ...(unit === null ? {} : { unit }),
    }));
  }

  async findCommand(cell: string, actor: string, id: string): Promise<CommandResult | undefined> {
    const row = await this.store.db
      .selectFrom('commands')
      .selectAll()
      .where('cell', '=', cell)
      .where('actor', '=', actor)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && commandResultOf(row);
  }

  /** The latest plant time of the run that is durable, and how the clock went then. */
  async lastClock(cell: string, run: number): Promise<LastClock | undefined> {
    const { db } = this.store;
    const clock = await db
      .selectFrom('clock_log')
      .selectAll()
      .where('cell', '=', cell)
      .where('run', '=', run)
      .orderBy('n', 'desc')
      .executeTakeFirst();
    if (!clock) return undefined;
    const command = await db
      .selectFrom('commands')
      .select(['at_us', 'wall_ms'])
      .where('cell', '=', cell)
      .where('run', '=', run)
      .where('seq', 'is not', null)
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    const { kind, speed, paused, sim_us: simUs, wall_ms: wallMs } = clock;
    const later = command && command.at_us > simUs ? { simUs: command.at_us, wallMs: command.wall_ms } : {};
    return { kind, simUs, wallMs, speed, paused: paused === 1, ...later };
  }

  /** The last `n` in a log of a cell, 0 if it is empty. */
  async lastN(table: 'clock_log' | 'evidence', cell: string): Promise<number> {
    const { last } = await this.store.db
      .selectFrom(table)
      .select((is) => is.fn.max('n').as('last'))
      .where('cell', '=', cell)
      .executeTakeFirstOrThrow();
    return last ?? 0;
  }

  async lastEvidenceMs(cell: string): Promise<number> {
    const { last } = await this.store.db
      .selectFrom('evidence')
      .select((is) => is.fn.max('wall_ms').as('last'))
      .where('cell', '=', cell)
      .executeTakeFirstOrThrow();
    return last ?? 0;
  }

  async evidenceOf(cell: string): Promise<EvidenceEntry[]> {
    const { db } = this.store;
    const rows = await db.selectFrom('evidence').select('entry').where('cell', '=', cell).orderBy('n').execute();
    return rows.map(({ entry }) => EvidenceEntry.parse(JSON.parse(entry)));
  }

  /** The newest checkpoint of this model version at or before `atUs`. */
  async checkpointBefore(
    cell: string,
    run: number,
    atUs: number,
    modelVersion: number,
  ): Promise<CheckpointRow | undefined> {
    const row = await this.store.db
      .selectFrom('checkpoints')
      .select(['at_us', 'model_version', 'state'])
      .where('cell', '=', cell)
      .where('run', '=', run)
      .where('at_us', '<=', atUs)
      .where('model_version', '=', modelVersion)
      .orderBy('at_us', 'desc')
      .executeTakeFirst();
    return row && { atUs: row.at_us, modelVersion: row.model_version, state: row.state };
  }

  /** Keeps a checkpoint. One that is not on the grid replaces the others that are not. */
  addCheckpoint(owner: Owner, run: number, { atUs, modelVersion, state }: CheckpointRow, grid: boolean): Promise<void> {
    const { cell } = owner;
    const row = { cell, run, at_us: atUs, model_version: modelVersion, grid: grid ? 1 : 0, state };
    return this.store.commits.writeSoon(owner, async (tx) => {
      if (!grid) await tx.deleteFrom('checkpoints').where('cell', '=', cell).where('grid', '=', 0).execute();
      await tx
        .insertInto('checkpoints')
        .values(row)
        .onConflict((same) => same.columns(['cell', 'run', 'at_us']).doNothing())
        .execute();
    });
  }
}

function commandResultOf(row: Schema['commands']): CommandResult {
  return {
    id: row.id,
    atUs: row.at_us,
    status: row.status as CommandStatus,
    ...(row.seq === null ? {} : { seq: row.seq }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}
