import type { LiveCell } from '#server/cells/live-cell.ts';
import type { PlantEvent } from './plant-event.ts';

/** An event that sessions were told, with its plant time in microseconds. */
interface Kept {
  readonly tUs: number;
  readonly event: PlantEvent;
  /** Only this participant may read it. */
  readonly only?: string;
}

/** Of one cell, and of all cells together. */
const MOST_OF_A_CELL = 300;
const MOST = 20_000;

/**
 * What a plant that is lived again does not tell: who wrote and called what, who came in, and which commands were
 * refused. It is kept while the server runs; the newest events, and of the cells in which something happened last.
 */
export class EventJournal {
  /** The cell that was heard of longest ago comes first. */
  private readonly cells = new Map<LiveCell, Kept[]>();
  private count = 0;

  keep(cell: LiveCell, event: PlantEvent, only?: string): void {
    const kept = this.cells.get(cell) ?? [];
    // Each session of a cell hears of the same command.
    if (kept.slice(-10).some((one) => one.event.eventId.equals(event.eventId))) return;
    const tUs = Math.round((event.timeMs - cell.epochMs(0)) * 1000);
    kept.push({ tUs, event, ...(only !== undefined && { only }) });
    this.count += 1;
    if (kept.length > MOST_OF_A_CELL) this.count -= kept.splice(0, kept.length - MOST_OF_A_CELL).length;
    this.cells.delete(cell);
    this.cells.set(cell, kept);
    for (const [oldest, its] of this.cells) {
      if (this.count <= MOST || oldest === cell) break;
      this.cells.delete(oldest);
      this.count -= its.length;
    }
  }

  /** Both ends included, in the order in which they were told. */
  between(cell: LiveCell, participant: string, fromUs: number, toUs: number): { t: number; event: PlantEvent }[] {
    return (this.cells.get(cell) ?? [])
      .filter(({ tUs, only = participant }) => tUs >= fromUs && tUs <= toUs && only === participant)
      .map(({ tUs, event }) => ({ t: tUs, event }));
  }
}
