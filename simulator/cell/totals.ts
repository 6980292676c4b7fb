import type { Cell } from './cell.ts';

/** What has added up in a cell since plant time 0. The difference of two is the truth about the time between them. */
export interface Totals {
  readonly tUs: number;
  readonly started: number;
  readonly finished: number;
  readonly scrapped: number;
  /** Sum of the ages at which parts left. */
  readonly leadUs: number;
  /** Integral of the parts in the plant over time. */
  readonly partUs: number;
  readonly stations: readonly StationTotals[];
}

export interface StationTotals {
  readonly id: string;
  /** Time in each state of its time book; empty if it has none. */
  readonly timeUs: readonly number[];
  readonly energyKwh: number;
  readonly made: number;
}

export function totalsOf(cell: Cell): Totals {
  return cell.look(({ parts, stations }, t) => ({
    tUs: t,
    started: parts.serials,
    finished: parts.finished,
    scrapped: parts.scrapped,
    leadUs: parts.leadUs,
    partUs: parts.inPlant.at(t),
    stations: [...stations.values()].map(({ path, timeBook, meter, production }) => ({
      id: path,
      timeUs: timeBook?.states.map((_, state) => timeBook.timeInUs(state, t)) ?? [],
      energyKwh: meter?.energyKwh(t) ?? 0,
      made: production?.made ?? 0,
    })),
  }));
}
