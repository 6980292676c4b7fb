import type { HistoryColumn } from '#contract/history.ts';
import { keptPlaces } from '#simulator/cell/thin.ts';
import { call } from './api.ts';
import type { CellSession } from './cell-session.ts';
import { Quality, qualityOf } from './quality.ts';
import type { Reading } from './signal-store.ts';

/** Samples of one signal, oldest first: plant time in ms since 1970, and values. */
export interface Strip {
  tMs: number[];
  values: number[];
  /** Absent while all are Good. Values of bad quality are NaN. */
  quality?: Quality[] | undefined;
}

export interface TapeWindow {
  readonly fromUs: number;
  readonly toUs: number;
  /** Only what a curve of so many pixels needs; without it every sample. */
  readonly pixels?: number | undefined;
  /** Nobody has asked to see it: it is no evidence. */
  readonly isUnasked?: boolean;
}

/** Live samples pile up to so many for each pixel before a strip is thinned. */
const PILED = 12;

/** What was, recomputed by the server, and what is, as it comes in: samples of some signals over a window. */
export class Tape {
  readonly strips = new Map<string, Strip>();
  isTruncated = false;
  /** Rises with every change. */
  revision = 0;
  private pixels = 0;
  private stretchMs = 0;

  constructor(
    private readonly session: CellSession,
    readonly paths: readonly string[],
  ) {}

  /** Replaces all strips by recomputed ones. If it goes on, readings that came in meanwhile and are later stay. */
  async load({ fromUs, toUs, pixels, isUnasked }: TapeWindow, signal: AbortSignal, goesOn = true): Promise<void> {
    if (this.paths.length === 0) return;
    const more = { ...(pixels !== undefined && { pixels }), ...(isUnasked && { unasked: true }) };
    const body = { signals: [...this.paths], fromUs, toUs, ...more };
    const { columns } = await call('history', { params: { cell: this.session.cell.id }, body, signal });
    this.isTruncated = columns.some(({ truncated }) => truncated);
    this.pixels = pixels ?? 0;
    this.stretchMs = pixels === undefined ? 0 : Math.max(1, (toUs - fromUs) / 1000 / pixels);
    for (const column of columns) this.replace(column, goesOn ? toUs : Infinity);
    this.revision += 1;
  }

  /** Adds a live reading; older ones than the newest are known already. */
  append(path: string, reading: Reading): void {
    const strip = this.strips.get(path);
    if (!strip || !this.push(path, strip, reading)) return;
    if (this.pixels > 0 && strip.tMs.length > PILED * this.pixels)
      this.strips.set(path, thinned(strip, this.stretchMs));
    this.revision += 1;
  }

  /** Drops samples before `tMs`, but keeps the one that held then. */
  trim(tMs: number): void {
    for (const strip of this.strips.values()) {
      let first = 0;
      while (first + 1 < strip.tMs.length && strip.tMs[first + 1] <= tMs) first += 1;
      if (first === 0) continue;
      strip.tMs.splice(0, first);
      strip.values.splice(0, first);
      strip.quality?.splice(0, first);
    }
  }

  private replace({ signal, tUs, values, statuses }: HistoryColumn, toUs: number): void {
    const { clock } = this.session;
    const before = this.strips.get(signal);
    const strip: Strip = { tMs: [], values: [] };
    for (const [k, us] of tUs.entries()) {
      const quality = qualityOf(statuses?.[k]);
      const reading = { tMs: clock.epochMs(us), value: values[k], quality };
      // What was thinned has both ends of each stretch in which it stood still.
      if (this.pixels > 0) add(strip, reading);
      else this.push(signal, strip, reading);
    }
    const loadedToMs = clock.epochMs(toUs);
    for (const [k, tMs] of (before?.tMs ?? []).entries()) {
      if (tMs <= loadedToMs) continue;
      this.push(signal, strip, {
        tMs,
        value: before!.values[k],
        ...(before!.quality && { quality: before!.quality[k] }),
      });
    }
    this.strips.set(signal, strip);
  }

  /** Samples are sent when they differ, so a continuous signal that was silent had stood still until one scan ago. */
  private push(path: string, strip: Strip, reading: Reading): boolean {
    const last = strip.tMs.at(-1);
    if (last !== undefined && reading.tMs <= last) return false;
    const found = this.session.findSignal(path);
    if (last !== undefined && found?.kind === 'continuous') {
      const scanMs = found.scanS * 1000;
      const value = strip.values.at(-1)!;
      if (reading.tMs - last > 2.5 * scanMs && value !== reading.value) {
        add(strip, { tMs: reading.tMs - scanMs, value, quality: strip.quality?.at(-1) ?? Quality.Good });
      }
    }
    add(strip, reading);
    return true;
  }
}

/** The first that is not Good brings the qualities of all before it. */
function add(strip: Strip, { tMs, value, quality = Number.isNaN(value) ? Quality.Bad : Quality.Good }: Reading): void {
  if (quality !== Quality.Good) strip.quality ??= strip.tMs.map(() => Quality.Good);
  strip.tMs.push(tMs);
  strip.values.push(quality === Quality.Bad ? NaN : value);
  strip.quality?.push(quality);
}

function thinned({ tMs, values, quality }: Strip, stretchMs: number): Strip {
  const isSeam = (k: number) => quality !== undefined && quality[k] !== quality[k - 1];
  const places = keptPlaces({ times: tMs, values }, stretchMs, isSeam);
  const of = <T>(list: readonly T[]): T[] => places.map((k) => list[k]);
  return { tMs: of(tMs), values: of(values), ...(quality && { quality: of(quality) }) };
}
