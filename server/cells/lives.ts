import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '#server/errors.ts';
import type { Life } from '#server/jobs/job.ts';
import { type CellOrder, scenarioOf } from '#server/labs/attempt-host.ts';
import type { CellLogs } from '#server/store/cell-logs.ts';
import type { CellRow, CellsTable } from '#server/store/cells-table.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Checkpoint } from '#simulator/cell/checkpoints.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import { minutes } from '#simulator/kernel/time.ts';
import type { Definitions } from './definitions.ts';
import type { LocalCell } from './local-cell.ts';

const STRIDE_US = minutes(30);
/** The past of a cell that is awake is lived again in workers, from the checkpoints of the store. */
const AWAKE = { keepsPast: false };

/** Cells as they begin, and as they go on from what was kept of them. */
export class Lives {
  constructor(
    private readonly cells: CellsTable,
    private readonly logs: CellLogs,
    private readonly definitions: Definitions,
  ) {}

  /** A cell that has run until it opens. */
  async begin(model: Model, order: CellOrder): Promise<Cell> {
    const cell = createCell(model, { ...AWAKE, seed: seedOf(order.seed), scenario: scenarioOf(order) });
    await runInSlices(cell, order.openUs);
    return cell;
  }

  /** The current run of a cell, lived again to the latest instant that is on the disk; at least to `atLeastUs`. */
  async resume(row: CellRow, atLeastUs: number): Promise<Cell> {
    const model = await this.modelOf(row);
    const log = await this.logs.commandsOf(row.id, row.run);
    const checkpoint = await this.checkpointBefore(row, model, Number.MAX_SAFE_INTEGER);
    const cell = resumeCell(model, { ...AWAKE, seed: seedOf(row.seed), scenario: scenarioOf(row), log, checkpoint });
    // A checkpoint that is later than every other entry counts too: what came before it is not to happen differently.
    await runInSlices(cell, Math.max(atLeastUs, row.openUs, log.at(-1)?.at ?? 0));
    return cell;
  }

  async modelOf({ definition }: CellRow): Promise<Model> {
    const json = await this.cells.definition(definition);
    try {
      return this.definitions.model(definition, json);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const message = 'This line was made by another version of Verkstad, and this version cannot run it.';
      throw new AppError('cell_outdated', message, 'Begin a new one: start a lab. Your results are kept.', 409);
    }
  }

  /** What a worker needs to look back to `fromUs`. */
  async lifeOf(row: CellRow, { clock, log, model }: LocalCell, fromUs: number): Promise<Life> {
    const nowUs = clock.simUs;
    const known = log.slice();
    const checkpoint = await this.checkpointBefore(row, model, Math.min(fromUs, nowUs));
    return { definition: row.definition, seed: row.seed, scenario: scenarioOf(row), log: known, checkpoint, nowUs };
  }

  private async checkpointBefore(row: CellRow, model: Model, atUs: number): Promise<Checkpoint | undefined> {
    const found = await this.logs.checkpointBefore(row.id, row.run, atUs, MODEL_VERSION);
    if (!found) return undefined;
    const snapshot = found.state.slice().buffer;
    return { modelVersion: MODEL_VERSION, definitionHash: model.definitionHash, tUs: found.atUs, snapshot };
  }
}

/** A new run meets new luck, or whoever resets would know the future. */
export const nextSeed = (seed: string, run: number): string =>
  createHash('sha256').update(`${seed} ${run}`).digest('hex').slice(0, 16);

async function runInSlices(cell: Cell, untilUs: number): Promise<void> {
  while (cell.now < untilUs) {
    cell.runUntil(Math.min(untilUs, cell.now + STRIDE_US));
    if (cell.now < untilUs) await nextTurn();
  }
}

const seedOf = (hex: string): bigint => BigInt(`0x${hex}`);
