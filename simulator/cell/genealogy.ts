import type { Happening } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { type Feature, Flag, type Parts } from '#simulator/plant/parts/parts.ts';
import { CAUSES, Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import type { Station, Traced } from '#simulator/plant/station.ts';
import type { Cell } from './cell.ts';
import { type PastWindow, refuseFuture } from './past-window.ts';

/** One piece of work on a part. Times are microseconds of plant time. */
export interface Visit {
  readonly station: string;
  /** When it came into the station, and when the work on it was done. */
  readonly startUs: number;
  readonly endUs: number;
  /** What the station knows: order, lots, carrier, tool, parameters, results, what it held against the part. A number is in the unit of its signal. */
  readonly facts: Traced;
}

/** The life of one part, traceable as ISO 9001 clause 8.5.2 wants it. Every serial has exactly one. */
export interface PartHistory {
  readonly serial: number;
  readonly variant: string;
  readonly bornUs: number;
  readonly leftUs: number | undefined;
  readonly fate: 'finished' | 'scrapped' | 'inPlant';
  /** The true cause, if it was scrapped. */
  readonly cause: string | undefined;
  readonly isReworked: boolean;
  /** In the order of time. */
  readonly visits: readonly Visit[];
}

interface Writing extends PartHistory {
  variant: string;
  leftUs: number | undefined;
  fate: PartHistory['fate'];
  cause: string | undefined;
  isReworked: boolean;
  readonly visits: Visit[];
}

/**
 * The whole histories, by serial, of all parts that were in the plant at any time of a window. One replay serves them
 * all: of the window and of the life before it of those that were in the plant when it began.
 */
export function genealogy(cell: Cell, { fromUs, toUs }: PastWindow): Map<number, PartHistory> {
  refuseFuture(cell, { fromUs, toUs });
  const { parts } = cell.model.plant;
  const { first, oldestUs } = cell.past(fromUs).look((_, t) => {
    const present = parts.present();
    return {
      first: new Set(present.map((part) => parts.serial(part))),
      oldestUs: Math.min(fromUs, ...present.map((part) => t - parts.ageUs(part, t))),
    };
  });
  const past = cell.past(Math.max(0, oldestUs - 1));
  const scribe = new Scribe(past, (serial, bornUs) => bornUs > fromUs || first.has(serial));
  past.runUntil(toUs);
  return scribe.done(past);
}

const BLOCK = 8 * HOUR;

/** The whole history of one part, by replay from the last full 8 hours before it was started. */
export function historyOf(cell: Cell, serial: number): PartHistory {
  const startedBy = (t: number) => cell.past(t).look(({ parts }) => parts.serials);
  const started = startedBy(cell.now);
  if (!Number.isInteger(serial) || serial < 1 || serial > started) {
    throw new Refusal(`No part has the serial ${serial}.`, `Serials go from 1 to ${started}.`, 'unknown_target');
  }
  let [before, after] = [0, Math.floor(cell.now / BLOCK) + 1];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (startedBy(middle * BLOCK) < serial) before = middle;
    else after = middle;
  }
  const past = cell.past(before * BLOCK);
  const scribe = new Scribe(past, (each) => each === serial);
  while (past.now < cell.now && !scribe.hasLeft(serial)) past.runUntil(Math.min(cell.now, past.now + HOUR));
  const history = scribe.done(past).get(serial);
  if (history === undefined) throw new Error(`Part ${serial} was not met in its own life.`);
  return history;
}

/** Listens to a cell that is run on, and writes the histories of the parts that are asked for. */
class Scribe {
  private readonly histories = new Map<number, Writing>();
  private readonly stations: ReadonlyMap<string, Station>;
  private scraps: number[];

  constructor(
    private readonly cell: Cell,
    private readonly isAsked: (serial: number, bornUs: number) => boolean,
  ) {
    this.stations = new Map([...cell.model.plant.stations.values()].map((each) => [`${each.path}.PartDone`, each]));
    this.scraps = cell.look(() => this.scrapsNow());
    cell.listener = (happening) => this.hear(happening);
  }

  hasLeft(serial: number): boolean {
    return this.histories.get(serial)?.leftUs !== undefined;
  }

  /** All histories, with those parts too that nothing has happened to since they were started. */
  done(cell: Cell): Map<number, PartHistory> {
    cell.listener = undefined;
    cell.look(({ parts }, t) => {
      for (const part of parts.present()) {
        const history = this.open(part, t);
        if (history) history.isReworked = isReworked(parts, part);
      }
    });
    return this.histories;
  }

  private hear({ event, t, value: serial }: Happening): void {
    const station = this.stations.get(event);
    if (station === undefined && event !== 'Line.PartLeft') return;
    const cause = station === undefined ? this.causeOfLeaving() : 0;
    const part = this.cell.model.plant.parts.find(serial);
    const history = this.open(part, t);
    if (history === undefined) return;
    if (station === undefined) this.close(history, part, cause, t);
    else history.visits.push(visitOf(station, part, t));
    const { variant } = (station?.self ?? {}) as { variant?: Feature };
    if (variant) history.variant = variantAt(variant.of(part)).name;
  }

  /** The history of a part, begun if it is not yet; undefined if it is not asked for. */
  private open(part: number, t: number): Writing | undefined {
    const { parts } = this.cell.model.plant;
    const serial = parts.serial(part);
    const known = this.histories.get(serial);
    const bornUs = t - parts.ageUs(part, t);
    if (known !== undefined || !this.isAsked(serial, bornUs)) return known;
    const begun: Writing = {
      ...{ serial, bornUs, variant: '', leftUs: undefined, fate: 'inPlant', cause: undefined, isReworked: false },
      visits: [],
    };
    this.histories.set(serial, begun);
    return begun;
  }

  private close(history: Writing, part: number, cause: number, t: number): void {
    history.leftUs = t;
    history.fate = cause === Verdict.Good ? 'finished' : 'scrapped';
    history.cause = cause === Verdict.Good ? undefined : CAUSES[cause].name;
    history.isReworked = isReworked(this.cell.model.plant.parts, part);
  }

  /** Why the part that has just left was scrapped, or Good. */
  private causeOfLeaving(): number {
    const scraps = this.scrapsNow();
    const cause = scraps.findIndex((count, k) => count > this.scraps[k]);
    this.scraps = scraps;
    return Math.max(cause, Verdict.Good);
  }

  private scrapsNow(): number[] {
    return CAUSES.map((_, cause) => this.cell.model.plant.parts.scraps.of(cause));
  }
}

const isReworked = (parts: Parts, part: number): boolean => (parts.flagsOf(part) & Flag.Reworked) !== 0;

function visitOf(station: Station, part: number, t: number): Visit {
  return {
    station: station.path,
    startUs: station.production?.startedUs ?? t,
    endUs: t,
    facts: station.trace?.(part, t) ?? {},
  };
}
