import { CAUSES } from '#simulator/plant/parts/scrap-causes.ts';
import type { Station } from '#simulator/plant/station.ts';
import type { Cell } from './cell.ts';

/** What has added up in a cell since plant time 0. The difference of two is the truth about the time between them. */
export interface Totals {
  readonly tUs: number;
  readonly started: number;
  readonly finished: number;
  readonly scrapped: number;
  /** Parts scrapped for each cause, in the order of `CAUSES`. */
  readonly scraps: readonly number[];
  /** Sum of the ages at which parts left. */
  readonly leadUs: number;
  /** Sum of the ages of the parts that are in the plant now. */
  readonly agesUs: number;
  /** Integral of the parts in the plant over time. It is exactly `leadUs + agesUs`. */
  readonly partUs: number;
  /** Cost of energy and its carbon dioxide, by the tariff of each hour; 0 without a station that keeps account. */
  readonly costSek: number;
  readonly co2Kg: number;
  readonly stations: readonly StationTotals[];
}

export interface StationTotals {
  readonly id: string;
  /** Time in each state of its time book; empty if it has none. */
  readonly timeUs: readonly number[];
  readonly energyKwh: number;
  readonly made: number;
  /** Planned run time per item at this instant, PRI of ISO 22400-2. */
  readonly plannedRunS: number;
}

export function totalsOf(cell: Cell): Totals {
  return cell.look(({ parts, stations }, t) => ({
    tUs: t,
    started: parts.serials,
    finished: parts.finished,
    scrapped: parts.scrapped,
    scraps: CAUSES.map((_, cause) => parts.scraps.of(cause)),
    leadUs: parts.leadUs,
    agesUs: parts.present().reduce((sum, part) => sum + parts.ageUs(part, t), 0),
    partUs: parts.inPlant.at(t),
    costSek: account(stations.values(), 'Cost.Energy', t),
    co2Kg: account(stations.values(), 'Co2.Total', t),
    stations: [...stations.values()].map(({ path, timeBook, meter, production }) => ({
      id: path,
      timeUs: timeBook?.states.map((_, state) => timeBook.timeInUs(state, t)) ?? [],
      energyKwh: meter?.energyKwh(t) ?? 0,
      made: production?.made ?? 0,
      plannedRunS: production?.plannedRunS ?? 0,
    })),
  }));
}

/** What the station that keeps account of the hall's energy has added up under this name. */
function account(stations: Iterable<Station>, name: string, t: number): number {
  for (const { type, signals } of stations) {
    if (type.name !== 'utilities') continue;
    return signals.find((signal) => signal.name === name)?.at(t) ?? 0;
  }
  return 0;
}
