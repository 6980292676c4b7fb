import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';

/** All that happened on a line so far. Copies share what was heard before they were made, so that one costs nothing. */
export class Heard {
  private own: Happening[] = [];

  private constructor(private before: readonly (readonly Happening[])[]) {}

  /** Listens to a cell from now on, in place of whoever did. */
  static listenTo(cell: Cell, before: readonly (readonly Happening[])[] = []): Heard {
    const heard = new Heard(before);
    cell.listener = (happening) => void heard.own.push(happening);
    return heard;
  }

  /** The same past, and what came after it, for a second cell that has lived it too; listened to from here on. */
  copyFor(cell: Cell, since: readonly Happening[] = []): Heard {
    this.seal();
    return Heard.listenTo(cell, since.length > 0 ? [...this.before, since] : this.before);
  }

  /** Oldest first. */
  get all(): readonly Happening[] {
    this.seal();
    if (this.before.length > 1) this.before = [([] as Happening[]).concat(...this.before)];
    return this.before[0] ?? [];
  }

  private seal(): void {
    if (this.own.length === 0) return;
    this.before = [...this.before, this.own];
    this.own = [];
  }
}
