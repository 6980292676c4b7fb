import { fileURLToPath } from 'node:url';
import type { CommandResult } from '#contract/command.ts';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { ProcessedRequest, ProcessedResult } from '#contract/processed.ts';
import type { CellKeeper, KeptClock, KeptCommand } from '#server/cells/cell-keeper.ts';
import type { Doorkeeper } from '#server/cells/live-cell.ts';
import { loadModel } from '#server/cells/load.ts';
import { LocalCell } from '#server/cells/local-cell.ts';
import type { OccurrencesRequest, OccurrencesResult } from '#server/jobs/job.ts';
import { occurrencesJob } from '#server/jobs/occurrences-job.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { type TestClock, testClock } from './test-clock.ts';

/** What a cell of a test wrote down. */
export interface Kept extends CellKeeper {
  readonly commands: KeptCommand[];
  readonly clocks: KeptClock[];
  readonly evidence: EvidenceEntry[];
}

function keepInMemory(): Kept {
  const [commands, clocks, evidence]: [KeptCommand[], KeptClock[], EvidenceEntry[]] = [[], [], []];
  return {
    commands,
    clocks,
    evidence,
    findCommand: async (actor, id): Promise<CommandResult | undefined> =>
      commands.find((command) => command.actor === actor && command.id === id),
    keepCommand: async (command) => void commands.push(command),
    keepClock: async (clock) => void clocks.push(clock),
    keepCheckpoint: () => {},
    keepEvidence: (entry) => void evidence.push(entry),
  };
}

export interface LiveCellForTest {
  readonly cell: LocalCell;
  /** Moving it on moves the cell. */
  readonly wall: TestClock;
  readonly kept: Kept;
}

/** A real cell, one hour old, at the latest instant that it may show. Several may share a wall clock and a model. */
export function liveCellForTest({
  id = 'c-test',
  seed = 7,
  wall = testClock(),
  model = pumpLine(),
  history = noHistory,
  processed = noHistory,
}: {
  id?: string;
  seed?: number;
  wall?: TestClock;
  model?: Model;
  history?: (request: HistoryRequest, participant: string) => Promise<HistoryResult>;
  processed?: (request: ProcessedRequest, participant: string) => Promise<ProcessedResult>;
} = {}): LiveCellForTest {
  const kept = keepInMemory();
  const cell = createCell(model, { seed });
  cell.runUntil(HOUR);
  const anchorMs = wall.now() - HOUR / 1000;
  const life = { definition: '', seed: seed.toString(16).padStart(16, '0'), scenario: [], checkpoint: undefined };
  const occurrences = async (request: OccurrencesRequest): Promise<OccurrencesResult> =>
    occurrencesJob(model, { ...life, log: live.log.slice(), nowUs: live.advance() }, request);
  const live: LocalCell = new LocalCell({
    id,
    cell,
    run: 1,
    anchorMs,
    now: wall.now,
    keeper: kept,
    history,
    processed,
    occurrences,
  });
  wall.onTick(() => live.tick());
  return { cell: live, wall, kept };
}

/** Opens the door to whoever is on the list: user name `participant` or `participant.cell`, and key. */
export function doorkeeperForTest(list: readonly { participant: string; key: string; cell: LocalCell }[]): Doorkeeper {
  return {
    async admit(userName, key) {
      const [name, cellId] = userName.split('.');
      const found = list.find((one) => one.participant === name && (cellId ?? one.cell.id) === one.cell.id);
      return found && found.key === key ? { participant: found.participant, cell: found.cell } : undefined;
    },
  };
}

let shared: Model | undefined;

/** The pump line, compiled once per test file. */
export function pumpLine(): Model {
  const path = fileURLToPath(new URL('../../labs/cells/pump-line.yaml', import.meta.url));
  shared ??= loadModel(path);
  return shared;
}

const noHistory = async (): Promise<never> => {
  throw new Error('This test has no workers for history.');
};
