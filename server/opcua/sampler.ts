import { AttributeIds, type DataValue, type MonitoredItem, MonitoringMode } from 'node-opcua';

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
  seen: number | undefined;
  dueMs: number;
}

/**
 * Evaluates the monitored items of one session when its cell has moved on, never otherwise.
 *
 * An item is due one sampling interval after it was due before, and may be evaluated up to half an interval early: so a
 * signal with a scan as long as the interval keeps delivering every sample, however the two beats lie to each other.
 */
export class Sampler {
  private readonly items = new Map<MonitoredItem, Sampled>();

  constructor(private readonly now: () => number) {}

  /** Takes an item over before it starts. The library still records the first value, at once. */
  adopt(item: MonitoredItem, watched: Watched): void {
    if (item.itemToMonitor.attributeId !== AttributeIds.Value) return;
    const hooks = item as unknown as SampledItem;
    const stop = hooks._stop_sampling.bind(item);
    hooks._set_timer = () => {
      const dueMs = this.now() + item.samplingInterval;
      this.items.set(item, { ...watched, item, seen: watched.version(), dueMs });
    };
    hooks._stop_sampling = () => {
      this.items.delete(item);
      stop();
    };
  }

  evaluate(): void {
    const nowMs = this.now();
    for (const each of this.items.values()) {
      const { item } = each;
      const half = item.samplingInterval / 2;
      if (nowMs < each.dueMs - half || item.monitoringMode === MonitoringMode.Disabled) continue;
      const version = each.version();
      if (version !== undefined && version === each.seen) continue;
      each.seen = version;
      each.dueMs = Math.max(each.dueMs, nowMs - half) + item.samplingInterval;
      item.recordValue(each.read());
    }
  }
}
