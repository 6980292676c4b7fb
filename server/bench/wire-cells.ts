import type { Doorkeeper } from '#server/cells/live-cell.ts';
import { LocalCell } from '#server/cells/local-cell.ts';
import { loadModel } from '#server/cells/load.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { HOUR } from '#simulator/kernel/time.ts';

const BEAT_MS = 100;

/** Participants with a cell of their own each, an hour old, awake, and going on in step with the wall clock. */
export interface WireCells {
  readonly model: Model;
  readonly users: readonly { readonly name: string; readonly key: string }[];
  readonly doorkeeper: Doorkeeper;
  /** While they stand still no new value comes, so that those under way can be counted. */
  isRunning: boolean;
  close(): void;
}

/** The real signal set: cells of the pump line, whose commands and evidence are kept nowhere. */
export function wireCells(count: number): WireCells {
  const model = loadModel('labs/cells/pump-line.yaml');
  const cells = Array.from({ length: count }, (_, n) => wireCell(model, n));
  const users = cells.map((_, n) => ({ name: `p-${n}`, key: `key-of-p-${n}` }));
  const beat = setInterval(() => {
    if (made.isRunning) for (const cell of cells) cell.tick();
  }, BEAT_MS);
  const made: WireCells = {
    ...{ model, users, isRunning: true },
    doorkeeper: {
      async admit(name, key) {
        const place = users.findIndex((user) => user.name === name && user.key === key);
        return place < 0 ? undefined : { participant: name, cell: cells[place] };
      },
    },
    close: () => clearInterval(beat),
  };
  return made;
}

function wireCell(model: Model, n: number): LocalCell {
  const cell = createCell(model, { seed: n + 1, keepsPast: false });
  cell.runUntil(HOUR);
  const refuse = (): Promise<never> => Promise.reject(new Error('A bench of the wire has no workers.'));
  return new LocalCell({
    ...{ history: refuse, processed: refuse, occurrences: refuse },
    ...{ id: `c-${n}`, cell, run: 1, anchorMs: Date.now() - HOUR / 1000, now: Date.now },
    keeper: {
      findCommand: async () => undefined,
      keepCommand: async () => {},
      keepClock: async () => {},
      keepCheckpoint: () => {},
      keepEvidence: () => {},
    },
  });
}
