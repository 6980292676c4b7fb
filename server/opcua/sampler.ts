import type { LiveCell } from '#server/cells/live-cell.ts';
import type { LineItem } from './line-item.ts';

/** Looks at an item within its sampling interval: with fewer a change would be seen late, with more it costs. */
const LOOKS = 3;
/** The beat of a cell, on which all looks fall, need not be exact. */
const HALF_A_BEAT_MS = 50;

/** In the place of a signal: a value that never changes, and one of which only reading tells whether it did. */
const FIXED = -1;
const UNKNOWN = -2;

/** Items of one sampling interval, looked at together. What a look needs of them stands in columns, by place. */
interface Group {
  readonly items: LineItem[];
  /** The index of the signal, or FIXED or UNKNOWN. */
  readonly signals: number[];
  /** Version that was recorded last. */
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
    const signal = signalOf(item);
    const dueMs = this.now() + intervalMs;
    group.items.push(item);
    group.signals.push(signal);
    group.seen.push(this.version(signal));
    group.dueMs.push(dueMs);
    group.nextMs = Math.min(group.nextMs, dueMs - intervalMs / 2);
    this.nextMs = Math.min(this.nextMs, group.nextMs);
  }

  leave(item: LineItem): void {
    for (const group of this.groups.values()) {
      const place = group.items.indexOf(item);
      if (place < 0) continue;
      for (const column of [group.items, group.signals, group.seen, group.dueMs]) column.splice(place, 1);
      if (group.items.length === 0) this.groups.delete(group.intervalMs);
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
    const { items, signals, seen, dueMs, intervalMs, pauseMs } = group;
    const half = intervalMs / 2;
    let openMs = Infinity;
    for (let k = 0; k < items.length; k++) {
      if (nowMs >= dueMs[k] - half) {
        const version = this.version(signals[k]);
        if (version !== seen[k]) {
          seen[k] = version;
          dueMs[k] = Math.max(dueMs[k], nowMs - half) + intervalMs;
          const value = items[k].read();
          if (value) items[k].recordValue(value);
        }
      }
      if (dueMs[k] < openMs) openMs = dueMs[k];
    }
    group.nextMs = Math.max(nowMs + pauseMs, openMs - half);
  }

  /** Changes when there may be a new value. What is unknown is never the same as before. */
  private version(signal: number): number {
    return signal >= 0 ? this.cell.version(signal) : signal === FIXED ? 0 : NaN;
  }
}

const emptyGroup = (intervalMs: number): Group => ({
  ...{ items: [], signals: [], seen: [], dueMs: [], intervalMs, nextMs: Infinity },
  pauseMs: Math.max(0, intervalMs / LOOKS - HALF_A_BEAT_MS),
});

function signalOf({ source, ledger }: LineItem): number {
  if (source?.signal !== undefined) return ledger.visit.view.signal(source.signal).index;
  return source?.isFixed ? FIXED : UNKNOWN;
}
