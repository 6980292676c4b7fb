import type { LiveCell } from '#server/cells/live-cell.ts';
import { haveSameInstants } from '#simulator/cell/sampling.ts';
import type { LineItem } from './line-item.ts';

/** Looks at an item within its sampling interval: with fewer a change would be seen late, with more it costs. */
const LOOKS = 3;
/** The beat of a cell, on which all looks fall, need not be exact. */
const HALF_A_BEAT_MS = 50;

/** In the place of a signal: a value that never changes, and one of which only reading tells whether it did. */
const FIXED = -1;
const UNKNOWN = -2;

/** Items that are due so close to one another are due together. */
const TOGETHER_MS = 5;

/**
 * Items of one sampling interval, looked at together. Of a session's many items most get their values at the same
 * instants, those of one track and scan: they stand beside each other as a row, and one comparison tells of them all.
 */
interface Group {
  /** Row by row. */
  readonly items: LineItem[];
  /** Of each row where it ends in `items`. */
  readonly ends: number[];
  /** Of each row the index of one of its signals, or FIXED or UNKNOWN. */
  readonly signals: number[];
  /** Of each row the version that was recorded last. */
  readonly seen: number[];
  readonly dueMs: number[];
  readonly intervalMs: number;
  /** Between two looks, ms. */
  readonly pauseMs: number;
  /** Before then there is nothing to look at. */
  nextMs: number;
}

/**
 * Evaluates the monitored items of one session when its cell has moved on, never otherwise.
 *
 * An item is due one sampling interval after it was due before, and may be evaluated up to half an interval early: so a
 * signal with a scan as long as the interval keeps delivering every sample, however the two beats lie to each other.
 */
export class Sampler {
  private readonly groups = new Map<number, Group>();
  private nextMs = 0;

  constructor(
    private readonly cell: LiveCell,
    private readonly now: () => number,
  ) {}

  /** From then on the item is evaluated. The library has recorded its first value. */
  join(item: LineItem): void {
    const { samplingInterval: intervalMs } = item;
    const group = this.groups.get(intervalMs) ?? emptyGroup(intervalMs);
    this.groups.set(intervalMs, group);
    const dueMs = this.now() + intervalMs;
    const row = this.rowFor(group, signalOf(item), dueMs);
    group.items.splice(group.ends[row], 0, item);
    for (let later = row; later < group.ends.length; later++) group.ends[later] += 1;
    group.nextMs = Math.min(group.nextMs, dueMs - intervalMs / 2);
    this.nextMs = Math.min(this.nextMs, group.nextMs);
  }

  leave(item: LineItem): void {
    for (const { items, ends, signals, seen, dueMs, intervalMs } of this.groups.values()) {
      const place = items.indexOf(item);
      if (place < 0) continue;
      items.splice(place, 1);
      const row = ends.findIndex((end) => place < end);
      for (let later = row; later < ends.length; later++) ends[later] -= 1;
      const isEmpty = ends[row] === (row === 0 ? 0 : ends[row - 1]);
      if (isEmpty) for (const column of [ends, signals, seen, dueMs]) column.splice(row, 1);
      if (items.length === 0) this.groups.delete(intervalMs);
    }
  }

  evaluate(): void {
    const nowMs = this.now();
    if (nowMs < this.nextMs) return;
    this.nextMs = Infinity;
    for (const group of this.groups.values()) {
      if (nowMs >= group.nextMs) this.look(group, nowMs);
      if (group.nextMs < this.nextMs) this.nextMs = group.nextMs;
    }
  }

  private look(group: Group, nowMs: number): void {
    const { items, ends, signals, seen, dueMs, intervalMs, pauseMs } = group;
    const half = intervalMs / 2;
    let openMs = Infinity;
    for (let row = 0; row < ends.length; row++) {
      if (nowMs >= dueMs[row] - half) {
        const version = this.version(signals[row]);
        if (version !== seen[row]) {
          seen[row] = version;
          dueMs[row] = Math.max(dueMs[row], nowMs - half) + intervalMs;
          for (let k = row === 0 ? 0 : ends[row - 1]; k < ends[row]; k++) {
            const value = items[k].read();
            if (value) items[k].recordValue(value);
          }
        }
      }
      if (dueMs[row] < openMs) openMs = dueMs[row];
    }
    group.nextMs = Math.max(nowMs + pauseMs, openMs - half);
  }

  /** The row of items that are due then and get their values when this signal does; a new one at the end if there is none. */
  private rowFor({ ends, signals, seen, dueMs }: Group, signal: number, wantedMs: number): number {
    const version = this.version(signal);
    for (let row = 0; row < ends.length; row++) {
      const isDueThen = Math.abs(dueMs[row] - wantedMs) <= TOGETHER_MS && Object.is(seen[row], version);
      if (isDueThen && this.areSampledTogether(signals[row], signal)) return row;
    }
    signals.push(signal);
    seen.push(version);
    dueMs.push(wantedMs);
    return ends.push(ends.at(-1) ?? 0) - 1;
  }

  private areSampledTogether(a: number, b: number): boolean {
    const { signals } = this.cell.model;
    return a === b || (a >= 0 && b >= 0 && haveSameInstants(signals[a], signals[b]));
  }

  /** Changes when there may be a new value. What is unknown is never the same as before. */
  private version(signal: number): number {
    return signal >= 0 ? this.cell.version(signal) : signal === FIXED ? 0 : NaN;
  }
}

const emptyGroup = (intervalMs: number): Group => ({
  ...{ items: [], ends: [], signals: [], seen: [], dueMs: [], intervalMs, nextMs: Infinity },
  pauseMs: Math.max(0, intervalMs / LOOKS - HALF_A_BEAT_MS),
});

function signalOf({ source, ledger }: LineItem): number {
  if (source?.signal !== undefined) return ledger.visit.view.signal(source.signal).index;
  return source?.isFixed ? FIXED : UNKNOWN;
}
