import {
  AttributeIds,
  type BaseNode,
  apply_timestamps,
  type DataValue,
  MonitoredItem,
  MonitoredItemNotification,
  MonitoredItemModifyResult,
  type MonitoringMode,
  type MonitoringParameters,
  NumericRange,
  QualifiedName,
  StatusCode,
  type Subscription,
  TimestampsToReturn,
} from 'node-opcua';
import type { ItemLedger, Terms } from './item-ledger.ts';
import { mendInterval, parametersProblem } from './item-problems.ts';
import type { LineVariable } from './line-node.ts';
import type { LineSubscription } from './line-subscription.ts';

type Replaced = 'setMonitoringMode' | 'modify' | 'recordValue' | 'queue' | '$subscription';

/** What the library does with an item, and offers no other way to change in 2.182.2 than to do it in its place. */
interface Library extends Omit<MonitoredItem, Replaced> {
  readonly $subscription?: Subscription;
  setMonitoringMode(mode: MonitoringMode): StatusCode;
  modify(timestamps: TimestampsToReturn | null, parameters: MonitoringParameters | null): MonitoredItemModifyResult;
  recordValue(value: DataValue, isAlways?: boolean, range?: NumericRange | null): boolean;
  readonly _linkedItems?: readonly number[];
  samplingFunc: MonitoredItem['samplingFunc'];
  queue: unknown[];
  _on_node_disposed_listener: ((...args: unknown[]) => void) | null;
  _set_timer(): void;
  _stop_sampling(): void;
  _enqueue_notification(notification: unknown): void;
  _setOverflowBit(notification: unknown): void;
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
  /** Whether it shows all of an array, or what is none. */
  declare isWhole: boolean;

  /** Takes over an item that was just created, before it starts. */
  static adopt(created: MonitoredItem, ledger: ItemLedger, own: LineVariable | undefined): LineItem {
    const source = created.itemToMonitor.attributeId === AttributeIds.Value ? own : undefined;
    // Before it becomes one of us: what is added afterwards gives each item a hidden class of its own, 1 KB in V8.
    const isWhole = created.itemToMonitor.indexRange?.isEmpty() ?? true;
    Object.assign(created, { ledger, source, terms: undefined, isWaiting: false, isWhole });
    const item = Object.setPrototypeOf(created, LineItem.prototype) as LineItem;
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

  /**
   * Takes up what the cell says, if status or value are others than before (OPC 10000-4, 7.22.2). It is kept as it is,
   * where the library would copy it twice.
   */
  override recordValue(value: DataValue, isAlways?: boolean, range?: NumericRange | null): boolean {
    if (isAlways || range || !this.isPlain || !isPlain(value)) return super.recordValue(value, isAlways, range);
    const { oldDataValue: last } = this;
    if (last.statusCode.value === value.statusCode.value && last.value.value === value.value.value) return false;
    this.oldDataValue = value;
    const told = this.timestampsToReturn === TimestampsToReturn.Both ? value : this.withWantedTimes(value);
    this._enqueue_notification(new ValueNotification(this.clientHandle, told));
    return true;
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
    const statusCode = parameters && parametersProblem(parameters);
    if (statusCode) return new MonitoredItemModifyResult({ statusCode });
    if (parameters) {
      mendInterval(parameters, this.$subscription?.publishingInterval);
      this.ledger.limit(this, parameters);
    }
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
    // A list that is made with its one entry has no room for sixteen more, as one has to which it is added.
    if (this.queue.length === 0) this.queue = [notification];
    else super._enqueue_notification(notification);
    this.wait();
  }

  /** The library knows it of good values only, and would throw at others. */
  override _setOverflowBit(notification: unknown): void {
    const { $subscription: subscription } = this;
    if (subscription) subscription.subscriptionDiagnostics.monitoringQueueOverflowCount += 1;
    if (!(notification instanceof MonitoredItemNotification)) return;
    const value = notification.value.clone();
    value.statusCode = StatusCode.makeStatusCode(value.statusCode, 'Overflow | InfoTypeDataValue');
    notification.value = value;
  }

  /** A linked item was recorded; the library lays out what it has in the next turn. */
  override trigger(): void {
    super.trigger();
    setImmediate(() => {
      this.wait();
    });
  }

  /** Whether it tells each change of a whole value, and triggers nothing. */
  private get isPlain(): boolean {
    return this.source !== undefined && this.isWhole && !this.filter && !this._linkedItems;
  }

  private withWantedTimes(value: DataValue): DataValue {
    return apply_timestamps(value, this.timestampsToReturn, this.itemToMonitor.attributeId);
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

/** Numbers, states and texts: their sameness is that of the language. */
const isPlain = ({ value }: DataValue): boolean => typeof value.value !== 'object' && value.value !== undefined;

/** A notification without the empty value with which the library begins one. */
class ValueNotification {
  constructor(
    public clientHandle: number,
    public value: DataValue,
  ) {}
}
Object.setPrototypeOf(ValueNotification.prototype, MonitoredItemNotification.prototype);

const DEFAULT_ENCODING = new QualifiedName({});
const WHOLE = new NumericRange();

/** Each item was decoded with an id, an encoding and a range of its own. */
function shareWhatIsEqual({ itemToMonitor, node, isWhole }: LineItem): void {
  if (node) itemToMonitor.nodeId = node.nodeId;
  if (isWhole) itemToMonitor.indexRange = WHOLE;
  if (!(itemToMonitor.dataEncoding as QualifiedName | null)?.name) itemToMonitor.dataEncoding = DEFAULT_ENCODING;
}
