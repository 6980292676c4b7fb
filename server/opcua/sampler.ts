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

/**
 * Evaluates the monitored items of one session when its cell has moved on, never otherwise.
 *
 * An item is due one sampling interval after it was due before, and may be evaluated up to half an interval early: so a
 * signal with a scan as long as the interval keeps delivering every sample, however the two beats lie to each other.
 */
export class Sampler {
  private readonly items = new Set<Sampled>();

  constructor(private readonly now: () => number) {}

  /** Takes an item over before it starts. The library still records the first value, at once. */
  adopt(item: MonitoredItem, watched: Watched): void {
    if (item.itemToMonitor.attributeId !== AttributeIds.Value) return;
    const hooks = item as unknown as SampledItem;
    const stop = hooks._stop_sampling.bind(item);
    let sampled: Sampled | undefined;
    hooks._set_timer = () => {
      const intervalMs = item.samplingInterval;
      const dueMs = this.now() + intervalMs;
      sampled = { ...watched, item, intervalMs, seen: watched.version(), dueMs, openMs: dueMs - intervalMs / 2 };
      this.items.add(sampled);
    };
    hooks._stop_sampling = () => {
      if (sampled) this.items.delete(sampled);
      stop();
    };
  }

  evaluate(): void {
    const nowMs = this.now();
    for (const each of this.items) {
      if (nowMs < each.openMs) continue;
      const version = each.version();
      if (version !== undefined && version === each.seen) continue;
      const half = each.intervalMs / 2;
      each.seen = version;
      each.dueMs = Math.max(each.dueMs, nowMs - half) + each.intervalMs;
      each.openMs = each.dueMs - half;
      each.item.recordValue(each.read());
    }
  }
}
