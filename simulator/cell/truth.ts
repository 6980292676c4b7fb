import type { Happening } from '#simulator/kernel/journal.ts';
import { HOUR, minutes, SECOND } from '#simulator/kernel/time.ts';
import { CHARACTERISTICS } from '#simulator/plant/parts/characteristics.ts';
import { CAUSES } from '#simulator/plant/parts/scrap-causes.ts';
import type { Signal } from '#simulator/plant/signal.ts';
import type { Station } from '#simulator/plant/station.ts';
import { type Capability, capabilityOf } from './capability.ts';
import type { Cell } from './cell.ts';
import { FailureLogs, type Reliability } from './failures.ts';
import { bottleneck, type Kpis, kpisBetween } from './kpis.ts';
import { type Effectiveness, effectivenessOf, elementsBetween, ratio, type TimeElements } from './oee.ts';
import { type PastWindow, refuseFuture } from './past-window.ts';
import { QualityLogs } from './quality-log.ts';
import type { MetFault } from './schedule.ts';
import { type Totals, totalsOf } from './totals.ts';

/** What is true of a cell in a window, whatever sensors or screens show. Ground truth of the checks of labs. */
export interface Truth extends PastWindow {
  readonly line: LineTruth;
  /** By id, of the stations that keep a time book. */
  readonly stations: Readonly<Record<string, StationTruth>>;
  /** Parts scrapped by their true cause; causes that nothing was scrapped for are left out. They sum to `line.scrapped`. */
  readonly scrap: Readonly<Record<string, number>>;
  /** By characteristic of the drawing. */
  readonly features: Readonly<Record<string, Capability>>;
  /** Faults of the scenario that acted in the window. */
  readonly faults: readonly MetFault[];
}

export interface LineTruth extends Kpis {
  /** The station that `availability` and `effectiveness` are those of. */
  readonly bottleneck: string;
  /** FPY = GP / IP of ISO 22400-2: parts that left good without rework, of all that left. */
  readonly firstPassYield: number;
  /** SQ / PQ: parts that left as scrap, of all that left. */
  readonly scrapRatio: number;
  /** RQ / PQ: parts that left after rework, good or not, of all that left. */
  readonly reworkRatio: number;
  /** Mean power over the window. */
  readonly meanKw: number;
  /** Highest mean power over a quarter of an hour of plant time that lies in the window, as grid fees count it; 0 without one. */
  readonly peakKw: number;
  /** Cost of energy and its carbon dioxide by the tariff of each hour, in all and per good part. */
  readonly costSek: number;
  readonly costPerPartSek: number;
  readonly co2Kg: number;
  readonly co2PerPartKg: number;
}

export interface StationTruth extends Effectiveness, Reliability, TimeElements {
  /** PQ and GQ. */
  readonly made: number;
  readonly good: number;
  readonly energyKwh: number;
}

const QUARTER = minutes(15);

/** The truth about a window, by one replay of it: about twice what the window cost when it was live. */
export function truth(cell: Cell, { fromUs, toUs }: PastWindow): Truth {
  refuseFuture(cell, { fromUs, toUs });
  const past = cell.past(fromUs);
  const { stations, parts } = cell.model.plant;
  const failures = new FailureLogs(stations.keys());
  const quality = past.look(() => new QualityLogs(parts, stations.values()));
  const measured = CHARACTERISTICS.map((each) => ({ ...each, values: [] as number[], ...sourceOf(cell, each) }));
  const from = totalsOf(past);
  past.listener = (happening: Happening) => {
    failures.hear(happening);
    quality.hear(happening);
    for (const { event, signal, values } of measured) {
      if (event === happening.event) values.push(signal?.at(happening.t) ?? NaN);
    }
  };
  const peakKw = runOn(past, toUs);
  past.listener = undefined;
  const to = totalsOf(past);
  return {
    ...{ fromUs, toUs },
    line: lineTruth(past, { from, to, quality, peakKw }),
    stations: Object.fromEntries(
      to.stations.flatMap((after, k) => {
        const book = stations.get(after.id)?.timeBook;
        if (book === undefined) return [];
        const before = from.stations[k];
        const elements = elementsBetween(book, before, after);
        const made = after.made - before.made;
        const { scrapped, sentBack } = quality.of(after.id);
        const quantities = { made, good: made - scrapped - sentBack, scrapped, plannedRunS: after.plannedRunS };
        const station: StationTruth = {
          ...elements,
          ...effectivenessOf(elements, quantities),
          ...failures.of(after.id).summary(elements),
          ...{ made, good: quantities.good, energyKwh: after.energyKwh - before.energyKwh },
        };
        return [[after.id, station] as const];
      }),
    ),
    scrap: scrapBetween(from, to),
    features: Object.fromEntries(
      measured.flatMap(({ name, signal, lower, upper, values }) =>
        signal === undefined ? [] : [[name, capabilityOf({ unit: signal.unit, lower, upper }, values)] as const],
      ),
    ),
    faults: past.faults().filter(({ endedUs = Infinity }) => endedUs > fromUs),
  };
}

/** Where a characteristic is read: at the end of each part at the station of that type, if there is one. */
function sourceOf(
  { model }: Cell,
  { stationType, signal }: (typeof CHARACTERISTICS)[number],
): { event: string; signal: Signal | undefined } {
  const station = [...model.plant.stations.values()].find(({ type }) => type.name === stationType);
  return { event: `${station?.path}.PartDone`, signal: station?.signals.find(({ name }) => name === signal) };
}

/** Runs the cell to the end, and returns its highest mean power of a quarter of an hour, in kW. */
function runOn(cell: Cell, toUs: number): number {
  const meters = [...cell.model.plant.stations.values()].flatMap(({ meter }: Station) => meter ?? []);
  const energyKwh = () => cell.look((_, t) => meters.reduce((sum, meter) => sum + meter.energyKwh(t), 0));
  let peakKw = 0;
  let before: number | undefined;
  for (let t = Math.ceil(cell.now / QUARTER) * QUARTER; t <= toUs; t += QUARTER) {
    cell.runUntil(t);
    const now = energyKwh();
    if (before !== undefined) peakKw = Math.max(peakKw, (now - before) * (HOUR / QUARTER));
    before = now;
  }
  cell.runUntil(toUs);
  return peakKw;
}

interface Between {
  readonly from: Totals;
  readonly to: Totals;
  readonly quality: QualityLogs;
  readonly peakKw: number;
}

function lineTruth(cell: Cell, { from, to, quality, peakKw }: Between): LineTruth {
  const kpis = kpisBetween(cell, from, to);
  const left = kpis.finished + kpis.scrapped;
  const costSek = to.costSek - from.costSek;
  const co2Kg = to.co2Kg - from.co2Kg;
  return {
    ...kpis,
    bottleneck: bottleneck(cell, from, to).id,
    firstPassYield: ratio(kpis.finished - quality.finishedAfterRework, left),
    scrapRatio: ratio(kpis.scrapped, left),
    reworkRatio: ratio(quality.leftAfterRework, left),
    meanKw: ratio(kpis.energyKwh * 3600 * SECOND, to.tUs - from.tUs),
    ...{ peakKw, costSek, costPerPartSek: ratio(costSek, kpis.finished) },
    ...{ co2Kg, co2PerPartKg: ratio(co2Kg, kpis.finished) },
  };
}

const scrapBetween = (from: Totals, to: Totals): Record<string, number> =>
  Object.fromEntries(
    CAUSES.map(({ name }, cause) => [name, to.scraps[cause] - from.scraps[cause]] as const).filter(([, n]) => n > 0),
  );
