import type { Happening } from '#simulator/kernel/journal.ts';
import type { Model } from '#simulator/cell/model.ts';
import { type Cell } from '#simulator/cell/cell.ts';
import { SECOND } from '#simulator/kernel/time.ts';

/** What ISO 22400-2 counts the reasons of a unit as, written down a second time. */
const PRODUCING = [1];
const SETUP = [7, 22];
const WAITING = [0, 2];
const OFF = [6, 14, 15, 16, 20, 21];

/**
 * A second implementation of the key figures, by somebody who hears the event log and knows nothing else: no ledger, no
 * counters, no parts. It must hear a cell from plant time 0 on.
 */
export class Observer {
  readonly born = new Map<number, number>();
  readonly left = new Map<number, number>();
  readonly scrapped = new Set<number>();
  readonly sentBack = new Set<number>();
  /** By serial: the stations that were done with it, and when. */
  readonly done = new Map<number, [station: string, t: number][]>();
  private readonly changes = new Map<string, [t: number, reason: number][]>();
  private readonly failures = new Map<string, [t: number, isDown: boolean][]>();

  /** @param cell at plant time 0, before anything has happened. */
  constructor(cell: Cell) {
    for (const { path, station } of cell.model.signals) {
      if (!path.endsWith('.State.Reason')) continue;
      this.changes.set(station, [[0, cell.read(path)]]);
      this.failures.set(station, []);
    }
    cell.listener = (happening) => this.hear(happening);
  }

  get stations(): string[] {
    return [...this.changes.keys()];
  }

  private hear({ t, event, value }: Happening): void {
    const [station, name] = event.split('.');
    if (name === 'StateChanged') this.changes.get(station)?.push([t, value]);
    else if (name === 'BrokeDown' || name === 'BackInService') {
      this.failures.get(station)?.push([t, name === 'BrokeDown']);
    } else if (name === 'PartDone') {
      if (station === 'ST01') this.born.set(value, t);
      this.done.set(value, [...(this.done.get(value) ?? []), [station, t]]);
    } else if (name === 'PartLeft') this.left.set(value, t);
    else if (name === 'PartScrapped') this.scrapped.add(value);
    else if (name === 'PartSentBack') this.sentBack.add(value);
  }

  /** Time in each reason from `fromUs` to `toUs`. */
  timesUs(station: string, fromUs: number, toUs: number): number[] {
    const times: number[] = [];
    const changes = this.changes.get(station) ?? [];
    changes.forEach(([t, reason], k) => {
      const end = Math.min(changes.at(k + 1)?.[0] ?? toUs, toUs);
      times[reason] = (times[reason] ?? 0) + Math.max(0, end - Math.max(t, fromUs));
    });
    return times;
  }

  /** OEE and its parts at a station, with the quality of what left the line. */
  oee(model: Model, station: string, fromUs: number, toUs: number): Record<string, number> {
    const times = this.timesUs(station, fromUs, toUs);
    const sum = (reasons: readonly number[]) => reasons.reduce((us, reason) => us + (times[reason] ?? 0), 0);
    const apt = sum(PRODUCING);
    const aupt = apt + sum(SETUP);
    const pbt = toUs - fromUs - sum(OFF);
    const aubt = pbt - sum(WAITING);
    const made = [...this.done.values()]
      .flat()
      .filter(([where, t]) => where === station && isIn(t, fromUs, toUs)).length;
    const effectiveness = (made * plannedS(model, station) * SECOND) / apt;
    return {
      made,
      availability: apt / pbt,
      effectiveness,
      utilisationEfficiency: apt / aubt,
      allocationEfficiency: aubt / pbt,
      technicalEfficiency: apt / (apt + aubt - aupt),
      setupRatio: (aupt - apt) / aupt,
      ...this.reliability(station, fromUs, toUs),
    };
  }

  line(fromUs: number, toUs: number) {
    const left = [...this.left].filter(([, t]) => isIn(t, fromUs, toUs)).map(([serial]) => serial);
    const good = left.filter((serial) => !this.scrapped.has(serial));
    const leadUs = left.reduce((us, serial) => us + this.leftUs(serial) - this.bornUs(serial), 0);
    const partUs = [...this.born].reduce((us, [serial, t]) => us + inWindow(t, this.leftUs(serial), fromUs, toUs), 0);
    return {
      started: [...this.born.values()].filter((t) => isIn(t, fromUs, toUs)).length,
      finished: good.length,
      scrapped: left.length - good.length,
      quality: good.length / left.length,
      firstPassYield: good.filter((serial) => !this.sentBack.has(serial)).length / left.length,
      leadTimeS: leadUs / left.length / SECOND,
      wip: partUs / (toUs - fromUs),
    };
  }

  bornUs(serial: number): number {
    return this.born.get(serial) ?? NaN;
  }

  /** Infinity while it is in the plant. */
  leftUs(serial: number): number {
    return this.left.get(serial) ?? Infinity;
  }

  private reliability(station: string, fromUs: number, toUs: number) {
    const heard = (this.failures.get(station) ?? []).filter(([t]) => isIn(t, fromUs, toUs));
    const down = heard.filter(([, isDown]) => isDown).map(([t]) => t);
    const restores = heard.flatMap(([t, isDown], k) => (!isDown && k > 0 ? [t - heard[k - 1][0]] : []));
    return {
      failures: down.length,
      mtbfS: down.length > 1 ? (down[down.length - 1] - down[0]) / (down.length - 1) / SECOND : 0,
      mttrS: restores.length > 0 ? restores.reduce((a, b) => a + b, 0) / restores.length / SECOND : 0,
    };
  }
}

const isIn = (t: number, fromUs: number, toUs: number): boolean => t > fromUs && t <= toUs;
const inWindow = (born: number, left: number, fromUs: number, toUs: number): number =>
  Math.max(0, Math.min(left, toUs) - Math.max(born, fromUs));

/** Mean of the triangular time that the definition gives. */
function plannedS({ definition }: Model, station: string): number {
  const { triangular } = (definition.stations[station].time ?? {}) as { triangular?: readonly number[] };
  return triangular === undefined ? 0 : triangular.reduce((a, b) => a + b, 0) / triangular.length;
}
