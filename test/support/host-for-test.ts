import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Definitions } from '#server/cells/definitions.ts';
import { type HostOptions, LocalHost } from '#server/cells/local-host.ts';
import { WorkerPool } from '#server/jobs/worker-pool.ts';
import { CellsTable } from '#server/store/cells-table.ts';
import { openStore, type Store } from '#server/store/open-store.ts';
import { ParticipantsTable } from '#server/store/participants-table.ts';
import { type TestClock, testClock } from './test-clock.ts';

export const cellsFolder = fileURLToPath(new URL('../../labs/cells', import.meta.url));

/** A folder that is gone after the test. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'verkstad-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface HostForTest {
  readonly host: LocalHost;
  readonly store: Store;
  readonly cells: CellsTable;
  readonly definitions: Definitions;
  readonly participants: ParticipantsTable;
  readonly wall: TestClock;
  /** As at an orderly stop. */
  readonly close: () => Promise<void>;
  /** As when the process dies: nothing more is written. */
  die(): Promise<void>;
}

/** A real host on a real database, with a wall clock that the test moves. */
export async function hostForTest(
  folder: string,
  wall = testClock(),
  pace: Pick<HostOptions, 'beatMs' | 'placeMs'> = {},
): Promise<HostForTest> {
  const store = await openStore(folder);
  const cells = new CellsTable(store);
  const pool = new WorkerPool({ workers: 1, definition: (hash) => cells.definition(hash) });
  const definitions = new Definitions(cellsFolder);
  const host = new LocalHost({
    ...{ store, cells, definitions, now: wall.now },
    ...pace,
    runJob: (participant, kind, input) => pool.run(participant, kind, input),
  });
  wall.onTick(() => host.tick());
  const participants = new ParticipantsTable(store);
  return {
    ...{ host, store, cells, definitions, participants, wall },
    async close() {
      await host.close();
      await pool.close();
      await store.close();
    },
    async die() {
      host.abandon();
      await pool.close();
      await store.db.destroy();
    },
  };
}
