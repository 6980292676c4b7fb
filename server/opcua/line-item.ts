import {
  AttributeIds,
  type BaseNode,
  type DataValue,
  MonitoredItem,
  type MonitoredItemModifyResult,
  type MonitoringMode,
  type MonitoringParameters,
  NumericRange,
  QualifiedName,
  type StatusCode,
  type Subscription,
  type TimestampsToReturn,
} from 'node-opcua';
import type { ItemLedger, Terms } from './item-ledger.ts';
import type { LineVariable } from './line-node.ts';
import type { LineSubscription } from './line-subscription.ts';

/** What the library does with an item, and offers no other way to change in 2.182.2 than to do it in its place. */
interface Library extends Omit<MonitoredItem, 'setMonitoringMode' | 'modify' | '$subscription'> {
  readonly $subscription?: Subscription;
  setMonitoringMode(mode: MonitoringMode): StatusCode;
  modify(timestamps: TimestampsToReturn | null, parameters: MonitoringParameters | null): MonitoredItemModifyResult;
  samplingFunc: MonitoredItem['samplingFunc'];
  _on_node_disposed_listener: ((...args: unknown[]) => void) | null;
  _set_timer(): void;
  _stop_sampling(): void;
  _enqueue_notification(notification: unknown): void;
  trigger(): void;
}

const LibraryItem = MonitoredItem as unknown as new () => Library;

/**
 * A monitored item that is evaluated when its cell has moved on, and not by a timer that reads its node. The library
 * makes its items itself, so they become this afterwards. A session has hundreds: what they do is said here once, and
 * nothing of it is kept with each.
 */
export class LineItem extends LibraryItem {
  declare ledger: ItemLedger;
  /** The variable whose value it shows; undefined for other attributes, events, and what is not of the line. */
  declare source: LineVariable | undefined;
  /** What the evidence says of it while it is reporting. */
  declare terms: Terms | undefined;
  /** Whether its subscription knows that there is something to fetch. */
  declare isWaiting: boolean;

  /** Takes over an item that was just created, before it starts. */
  static adopt(created: MonitoredItem, ledger: ItemLedger, own: LineVariable | undefined): LineItem {
    const item = Object.setPrototypeOf(created, LineItem.prototype) as LineItem;
    item.ledger = ledger;
    item.source = item.itemToMonitor.attributeId === AttributeIds.Value ? own : undefined;
    item.terms = undefined;
    item.isWaiting = false;
    if (item.source) {
      shareWhatIsEqual(item);
      // Nodes of the line outlive every item.
      const node = item.node as BaseNode | null;
      if (item._on_node_disposed_listener) node?.removeListener('dispose', item._on_node_disposed_listener);
      item._on_node_disposed_listener = null;
      item.samplingFunc = neverSampled;
    }
    MonitoredItem.registry.unregister(created);
    return item;
  }

  read(): DataValue | undefined {
    return this.source?.read(this.ledger.visit);
  }

  override setMonitoringMode(mode: MonitoringMode): StatusCode {
    const status = super.setMonitoringMode(mode);
    this.ledger.note(this);
    if (this.hasMonitoredItemNotifications) this.wait();
    return status;
  }

  override modify(
    timestamps: TimestampsToReturn | null,
    parameters: MonitoringParameters | null,
  ): MonitoredItemModifyResult {
    if (parameters) this.ledger.limit(this, parameters);
    const result = super.modify(timestamps, parameters);
    this.ledger.note(this);
    return result;
  }

  override _set_timer(): void {
    if (!this.source) super._set_timer();
    else if ((this.itemToMonitor as unknown) !== null) this.ledger.visit.sampler.join(this);
  }

  override _stop_sampling(): void {
    if (this.source) this.ledger.visit.sampler.leave(this);
    super._stop_sampling();
  }

  override _enqueue_notification(notification: unknown): void {
    super._enqueue_notification(notification);
    this.wait();
  }

  /** A linked item was recorded; the library lays out what it has in the next turn. */
  override trigger(): void {
    super.trigger();
    setImmediate(() => {
      this.wait();
    });
  }

  private wait(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    (this.$subscription as unknown as LineSubscription | undefined)?.waiting.push(this);
  }
}

const neverSampled = (): never => {
  throw new Error('An item of the line has no timer.');
};

const DEFAULT_ENCODING = new QualifiedName({});
const WHOLE = new NumericRange();

/** Each item was decoded with an id, an encoding and a range of its own. */
function shareWhatIsEqual({ itemToMonitor, node }: LineItem): void {
  if (node) itemToMonitor.nodeId = node.nodeId;
  if (itemToMonitor.indexRange?.isEmpty() ?? true) itemToMonitor.indexRange = WHOLE;
  if (!(itemToMonitor.dataEncoding as QualifiedName | null)?.name) itemToMonitor.dataEncoding = DEFAULT_ENCODING;
}
