import { loadModel } from '#server/cells/load.ts';
import type { Cell, CommandOrder } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Seed } from '#simulator/cell/seed.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { minutes, seconds } from '#simulator/kernel/time.ts';

const models = new Map<string, Model>();

/** The model of `labs/cells/NAME.yaml`, made once. */
export function modelOf(name: string): Model {
  const model = models.get(name) ?? loadModel(`labs/cells/${name}.yaml`);
  models.set(name, model);
  return model;
}

export const pumpLine = (seed: Seed = 1n): Cell => createCell(modelOf('pump-line'), { seed });

export const bytes = (snapshot: ArrayBuffer): Buffer => Buffer.from(snapshot);

/** Repeatable numbers from 0 to 1 for tests, independent of the kernel's own. */
export function lottery(state = 1): () => number {
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Gives a command, and if the cell is not in the state for it, again every 10 s. */
export function insist(cell: Cell, order: CommandOrder): void {
  const limit = cell.now + minutes(60);
  for (;;) {
    try {
      cell.command(order);
      return;
    } catch (error) {
      if (!(error instanceof Refusal) || cell.now > limit) throw error;
      cell.runUntil(cell.now + seconds(10));
    }
  }
}
