import type { HistoryColumn } from '#contract/history.ts';
import { call } from './api.ts';
import type { CellSession } from './cell-session.ts';
import type { Reading } from './signal-store.ts';

/** Samples of one signal, oldest first: plant time in ms since 1970, and values. */
export interface Strip {
  readonly tMs: number[];
  readonly values: number[];
}

export interface TapeWindow {
  readonly fromUs: number;
  readonly toUs: number;
  /** One value each so many seconds; without it every sample. */
  readonly everyS?: number;
}

/** What was, recomputed by the server, and what is, as it comes in: samples of some signals over a window. */
export class Tape {
  readonly strips = new Map<string, Strip>();
  isTruncated = false;

  constructor(
    private readonly session: CellSession,
    readonly paths: readonly string[],
  ) {}

  /** Replaces all strips by recomputed ones. Readings that came in meanwhile and are later stay. */
  async load({ fromUs, toUs, everyS }: TapeWindow, signal: AbortSignal): Promise<void> {
    if (this.paths.length === 0) return;
    const body = { signals: [...this.paths], fromUs, toUs, ...(everyS === undefined ? {} : { everyS }) };
    const { columns } = await call('history', { params: { cell: this.session.cell.id }, body, signal });
    this.isTruncated = columns.some(({ truncated }) => truncated);
    for (const column of columns) this.replace(column, toUs);
  }

  /** Adds a live reading; older ones than the newest are known already. */
  append(path: string, { tMs, value }: Reading): void {
    const strip = this.strips.get(path);
    if (strip) this.push(path, strip, tMs, value);
  }

  /** Drops samples before `tMs`, but keeps the one that held then. */
  trim(tMs: number): void {
    for (const strip of this.strips.values()) {
      let first = 0;
      while (first + 1 < strip.tMs.length && strip.tMs[first + 1] <= tMs) first += 1;
      if (first === 0) continue;
      strip.tMs.splice(0, first);
      strip.values.splice(0, first);
    }
  }

  private replace({ signal, tUs, values }: HistoryColumn, toUs: number): void {
    const { clock } = this.session;
    const before = this.strips.get(signal);
    const strip: Strip = { tMs: [], values: [] };
    for (const [k, us] of tUs.entries()) this.push(signal, strip, clock.epochMs(us), values[k]);
    const loadedToMs = clock.epochMs(toUs);
    for (const [k, tMs] of (before?.tMs ?? []).entries()) {
      if (tMs > loadedToMs) this.push(signal, strip, tMs, before!.values[k]);
    }
    this.strips.set(signal, strip);
  }

  /** Samples are sent when they differ, so a continuous signal that was silent had stood still until one scan ago. */
  private push(path: string, { tMs: times, values }: Strip, tMs: number, value: number): void {
    const last = times.at(-1);
    if (last !== undefined && tMs <= last) return;
    const found = this.session.findSignal(path);
    if (last !== undefined && found?.kind === 'continuous') {
      const scanMs = found.scanS * 1000;
      if (tMs - last > 2.5 * scanMs && values.at(-1) !== value) {
        times.push(tMs - scanMs);
        values.push(values.at(-1)!);
      }
    }
    times.push(tMs);
    values.push(value);
  }
}
