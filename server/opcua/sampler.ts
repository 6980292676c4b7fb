import { AttributeIds, type DataValue, type MonitoredItem } from 'node-opcua';

/**
 * How the library starts and stops the sampling of an item. Its own way is a timer for each interval that reads the
 * node; 2.182.2 offers no other place to put samples in.
 */
interface SampledItem {
  _set_timer(): void;
  _stop_sampling(): void;
}

/** What an item watches. */
export interface Watched {
  /** Changes when there may be a new value; undefined if only reading can tell. */
  version(): number | undefined;
  read(): DataValue;
}

interface Sampled extends Watched {
  readonly item: MonitoredItem;
  readonly intervalMs: number;
  seen: number | undefined;
  dueMs: number;
  /** From then on it may be evaluated. */
  openMs: number;
}

/** Items of one sampling interval. They are looked at together. */
interface Group {
  readonly items: Set<Sampled>;
  /** Between two looks, ms. */
  readonly pauseMs: number;
  /** Before then there is nothing to look at. */
  nextMs: number;
}

/** Looks at an item within its sampling interval: with fewer a change would be seen late, with more it costs. */
const LOOKS = 5;
/** The beat of a cell, on which all looks fall, need not be exact. */
const HALF_A_BEAT_MS = 50;

/**
 * Evaluates the monitored items of one session when its cell has moved on, never otherwise.
 *
 * An item is due one sampling interval after it was due before, and may be evaluated up to half an interval early: so a
 * signal with a scan as long as the interval keeps delivering every sample, however the two beats lie to each other.
 */
export class Sampler {
  private readonly groups = new Map<number, Group>();

  constructor(private readonly now: () => number) {}

  /** Takes an item over before it starts. The library still records the first value, at once. */
  adopt(item: MonitoredItem, watched: Watched): void {
    if (item.itemToMonitor.attributeId !== AttributeIds.Value) return;
    const hooks = item as unknown as SampledItem;
    const stop = hooks._stop_sampling.bind(item);
    let leave: (() => void) | undefined;
    hooks._set_timer = () => {
      const intervalMs = item.samplingInterval;
      const dueMs = this.now() + intervalMs;
      leave = this.join({
        ...watched,
        item,
        intervalMs,
        seen: watched.version(),
        dueMs,
        openMs: dueMs - intervalMs / 2,
      });
    };
    hooks._stop_sampling = () => {
      leave?.();
      stop();
    };
  }

  evaluate(): void {
    const nowMs = this.now();
    for (const group of this.groups.values()) {
      if (nowMs < group.nextMs) continue;
      let openMs = Infinity;
      for (const each of group.items) {
        if (nowMs >= each.openMs) look(each, nowMs);
        if (each.openMs < openMs) openMs = each.openMs;
      }
      group.nextMs = Math.max(nowMs + group.pauseMs, openMs);
    }
  }

  private join(sampled: Sampled): () => void {
    const { intervalMs } = sampled;
    const known = this.groups.get(intervalMs);
    const group = known ?? { items: new Set(), pauseMs: Math.max(0, intervalMs / LOOKS - HALF_A_BEAT_MS), nextMs: 0 };
    this.groups.set(intervalMs, group);
    group.items.add(sampled);
    group.nextMs = Math.min(group.nextMs, sampled.openMs);
    return () => {
      group.items.delete(sampled);
      if (group.items.size === 0) this.groups.delete(intervalMs);
    };
  }
}

function look(each: Sampled, nowMs: number): void {
  const version = each.version();
  if (version !== undefined && version === each.seen) return;
  const half = each.intervalMs / 2;
  each.seen = version;
  each.dueMs = Math.max(each.dueMs, nowMs - half) + each.intervalMs;
  each.openMs = each.dueMs - half;
  each.item.recordValue(each.read());
}
