import { LRUCache } from 'lru-cache';
import type { Cell } from '#simulator/cell/cell.ts';
import { HOUR, MINUTE } from '#simulator/kernel/time.ts';

/** A replay farther behind than this begins at a checkpoint instead. */
const FAR_US = 8 * HOUR;
/** Whoever ran on for so long leaves a copy where they came to. */
const LONG_US = 10 * MINUTE;
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
    const near = this.nearest(this.cells, tUs);
    // Windows begin where others began.
    const parked = near?.now === tUs ? undefined : this.nearest([...this.parked.values()], tUs);
    const past = parked && parked.now > (near?.now ?? -1) ? parked.fork() : (near ?? this.cell.past(tUs));
    if (past !== near) this.cells = [...this.cells, past].slice(-4);
    past.listener = undefined;
    const ranUs = tUs - past.now;
    past.runUntil(tUs);
    if (past !== near || ranUs > LONG_US) this.parked.set(tUs, past.fork());
    return past;
  }

  private nearest(cells: readonly Cell[], tUs: number): Cell | undefined {
    const near = cells.filter(({ now }) => now <= tUs && tUs - now < FAR_US);
    return near.sort((a, b) => b.now - a.now)[0];
  }
}
