import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import type { Cell } from './cell.ts';
import { elementsBetween, ratio } from './oee.ts';
import type { StationTotals, Totals } from './totals.ts';

/** Key figures of a window, ISO 22400-2 where it names them. A figure that nothing stands behind is 0. */
export interface Kpis {
  /** Good parts that left the line. */
  readonly throughputPerHour: number;
  /** Mean time from entering to leaving the plant. */
  readonly leadTimeS: number;
  /** Mean number of parts in the plant. */
  readonly wip: number;
  readonly started: number;
  readonly finished: number;
  readonly scrapped: number;
  /** Overall equipment effectiveness of the line = availability x effectiveness x quality, at its bottleneck. */
  readonly oee: number;
  /** APT / PBT of the bottleneck. */
  readonly availability: number;
  /** PRI x PQ / APT of the bottleneck. */
  readonly effectiveness: number;
  /** GQ / PQ of the line. */
  readonly quality: number;
  readonly energyKwh: number;
  readonly energyPerPartKwh: number;
}

/** Time of a station in a window. */
export interface StationTimes {
  /** Seconds in each state; they sum to the length of the window. */
  readonly states: Readonly<Record<string, number>>;
  /** Share of the time it was meant to work (PBT) in which it produced (APT), 0 to 1. */
  readonly utilisation: number;
  readonly energyKwh: number;
  readonly made: number;
}

export function kpisBetween(cell: Cell, from: Totals, to: Totals): Kpis {
  const elapsedUs = to.tUs - from.tUs;
  const finished = to.finished - from.finished;
  const scrapped = to.scrapped - from.scrapped;
  const energyKwh = sum(to.stations, 'energyKwh') - sum(from.stations, 'energyKwh');
  const quality = ratio(finished, finished + scrapped);
  const { availability, effectiveness } = bottleneck(cell, from, to);
  return {
    throughputPerHour: ratio(finished * HOUR, elapsedUs),
    leadTimeS: ratio(to.leadUs - from.leadUs, (finished + scrapped) * SECOND),
    wip: ratio(to.partUs - from.partUs, elapsedUs),
    started: to.started - from.started,
    finished,
    scrapped,
    oee: availability * effectiveness * quality,
    availability,
    effectiveness,
    quality,
    energyKwh,
    energyPerPartKwh: ratio(energyKwh, finished),
  };
}

/** By station id, of those that keep a time book. */
export function stationTimes(cell: Cell, from: Totals, to: Totals): Record<string, StationTimes> {
  const { stations } = cell.model.plant;
  const times: Record<string, StationTimes> = {};
  to.stations.forEach((after, k) => {
    const before = from.stations[k];
    const book = stations.get(after.id)?.timeBook;
    if (!book) return;
    const { aptUs, pbtUs } = elementsBetween(book, before, after);
    const spentS = book.states.map(({ name }, state) => [name, spentUs(before, after, state) / SECOND] as const);
    times[after.id] = {
      states: Object.fromEntries(spentS.filter(([, s]) => s > 0)),
      utilisation: ratio(aptUs, pbtUs),
      energyKwh: after.energyKwh - before.energyKwh,
      made: after.made - before.made,
    };
  });
  return times;
}

const sum = (stations: readonly StationTotals[], figure: 'energyKwh'): number =>
  stations.reduce((total, station) => total + station[figure], 0);
const spentUs = (from: StationTotals, to: StationTotals, state: number): number =>
  to.timeUs[state] - from.timeUs[state];

/** The station that makes something and of whose planned time the largest share is production: it paces the line. */
export function bottleneck(
  cell: Cell,
  from: Totals,
  to: Totals,
): { id: string } & Pick<Kpis, 'availability' | 'effectiveness'> {
  const { stations } = cell.model.plant;
  let best = { id: '', availability: 0, effectiveness: 0 };
  to.stations.forEach((after, k) => {
    const { timeBook, production } = stations.get(after.id) ?? {};
    if (timeBook === undefined || production === undefined) return;
    const before = from.stations[k];
    const { aptUs, pbtUs } = elementsBetween(timeBook, before, after);
    const availability = ratio(aptUs, pbtUs);
    if (availability <= best.availability) return;
    const effectiveness = ratio((after.made - before.made) * after.plannedRunS * SECOND, aptUs);
    best = { id: after.id, availability, effectiveness };
  });
  return best;
}
