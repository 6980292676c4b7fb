import type { CommandResult } from '#contract/command.ts';
import type { EvidenceEntry } from '#contract/evidence.ts';
import { CellLogs } from '#server/store/cell-logs.ts';
import type { Owner, Tx } from '#server/store/group-commit.ts';
import type { Store } from '#server/store/open-store.ts';
import type { Schema } from '#server/store/schema.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import type { CellKeeper, KeptClock, KeptCommand } from './cell-keeper.ts';

const ROWS_AT_ONCE = 100;

/** Keeps what a cell writes down in the store. */
export class StoredKeeper implements CellKeeper {
  private readonly evidence: EvidenceEntry[] = [];

  private constructor(
    private readonly store: Store,
    private readonly logs: CellLogs,
    readonly owner: Owner,
    private run: number,
    private clockN: number,
    private evidenceN: number,
  ) {}

  /** Goes on with the logs of a cell where they ended. */
  static async open(store: Store, owner: Owner, run: number): Promise<StoredKeeper> {
    const logs = new CellLogs(store);
    const [clockN, evidenceN] = await Promise.all([
      logs.lastN('clock_log', owner.cell),
      logs.lastN('evidence', owner.cell),
    ]);
    return new StoredKeeper(store, logs, owner, run, clockN, evidenceN);
  }

  /** The logs go on through all runs of a cell. */
  beginRun(run: number): void {
    this.run = run;
  }

  findCommand(actor: string, id: string): Promise<CommandResult | undefined> {
    return this.logs.findCommand(this.owner.cell, actor, id);
  }

  keepCommand({ run, actor, id, seq, atUs, wallMs, via, target, status, reason, ...more }: KeptCommand): Promise<void> {
    const { value, unit } = more;
    const row = {
      cell: this.owner.cell,
      run,
      actor,
      id,
      seq: seq ?? null,
      at_us: atUs,
      wall_ms: Math.round(wallMs),
      via,
      target,
      value: value === undefined ? null : JSON.stringify(value),
      unit: unit ?? null,
      status,
      reason: reason ?? null,
    };
    return this.store.commits.write(this.owner, (tx) => tx.insertInto('commands').values(row).execute());
  }

  keepClock({ run, kind, simUs, wallMs, speed, paused }: KeptClock): Promise<void> {
    const n = ++this.clockN;
    const { cell } = this.owner;
    const row = {
      cell,
      n,
      run,
      kind,
      sim_us: simUs,
      wall_ms: Math.round(wallMs),
      speed,
      paused: paused ? 1 : 0,
    };
    return this.store.commits.write(this.owner, async (tx) => {
      if (kind === 'beat') await dropBeat(tx, cell, n - 1);
      await tx.insertInto('clock_log').values(row).execute();
    });
  }

  keepCheckpoint(tUs: number, state: ArrayBuffer, onGrid: boolean): void {
    const row = { atUs: tUs, modelVersion: MODEL_VERSION, state: new Uint8Array(state) };
    // Without it a replay takes longer, and nothing else.
    this.logs.addCheckpoint(this.owner, this.run, row, onGrid).catch(() => {});
  }

  keepEvidence(entry: EvidenceEntry): void {
    if (this.evidence.push(entry) > 1) return;
    let rows: Schema['evidence'][] | undefined;
    this.store.commits
      .writeSoon(this.owner, async (tx) => {
        rows ??= this.evidence.splice(0).map((seen) => this.rowOf(seen));
        for (let n = 0; n < rows.length; n += ROWS_AT_ONCE) {
          await tx
            .insertInto('evidence')
            .values(rows.slice(n, n + ROWS_AT_ONCE))
            .execute();
        }
      })
      // Only a cell that another host has claimed gets here; what it saw afterwards does not count.
      .catch(() => void this.evidence.splice(0));
  }

  private rowOf(entry: EvidenceEntry): Schema['evidence'] {
    return {
      cell: this.owner.cell,
      n: ++this.evidenceN,
      run: this.run,
      kind: entry.kind,
      wall_ms: Math.round(entry.wallMs),
      plant_us: entry.plantUs,
      entry: JSON.stringify(entry),
    };
  }
}

/** Of a row of heartbeats the last one says all; otherwise the log would grow by 17,000 lines a day. */
function dropBeat(tx: Tx, cell: string, n: number): Promise<unknown> {
  return tx.deleteFrom('clock_log').where('cell', '=', cell).where('n', '=', n).where('kind', '=', 'beat').execute();
}
