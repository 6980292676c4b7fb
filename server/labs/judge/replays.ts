import { LRUCache } from 'lru-cache';
import type { Cell } from '#simulator/cell/cell.ts';
import { HOUR } from '#simulator/kernel/time.ts';

/** A replay farther behind than this begins at a checkpoint instead. */
const FAR_US = 8 * HOUR;
/** Instants that are asked about more than once: those of checks and windows, and some to spare. */
const PARKED = 64;

/** Cells of the past that were needed already: whoever asks in the order of time pays for each hour once. */
export class Replays {
  private cells: Cell[] = [];
  private readonly parked = new LRUCache<number, Cell>({ max: PARKED });

  constructor(private readonly cell: Cell) {}

  /** Looks at the cell as it was; the same replay goes on from there. */
  at<T>(tUs: number, look: (past: Cell) => T): T {
    return look(this.take(tUs));
  }

  /** As `at`, by a cell that stays where it is: whoever asks about the same instant again finds it there. */
  still<T>(tUs: number, look: (past: Cell) => T): T {
    const past = this.parked.get(tUs) ?? this.take(tUs).fork();
    this.parked.set(tUs, past);
    return look(past);
  }

  take(tUs: number): Cell {
    const near = this.cells.filter(({ now }) => now <= tUs && tUs - now < FAR_US).sort((a, b) => b.now - a.now)[0];
    const past = near ?? this.cell.past(tUs);
    if (!near) this.cells = [...this.cells, past].slice(-4);
    past.listener = undefined;
    past.runUntil(tUs);
    return past;
  }
}
