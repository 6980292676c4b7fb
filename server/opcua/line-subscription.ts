import {
  type MonitoredItem,
  type MonitoredItemCreateRequest,
  MonitoredItemCreateResult,
  MonitoredItemNotification,
  Subscription,
  type TimestampsToReturn,
} from 'node-opcua';
import { itemProblem } from './item-problems.ts';
import type { LineItem } from './line-item.ts';

type Replaced = 'hasUncollectedMonitoredItemNotifications' | 'preCreateMonitoredItem' | '_pending_notifications';

/** What the library does with a subscription, and offers no other way to change in 2.182.2 than to do it in its place. */
interface Library extends Omit<Subscription, Replaced> {
  preCreateMonitoredItem(space: object, timestamps: TimestampsToReturn, wish: MonitoredItemCreateRequest): object;
  readonly monitoredItems: ReadonlyMap<number, MonitoredItem>;
  readonly _pending_notifications: { push(entry: object): void };
  readonly publishIntervalCount: number;
  _harvestMonitoredItems(): void;
  _degradeIfUndeliverable(notification: unknown): { notification: unknown; size: number | undefined };
}

const LibrarySubscription = Subscription as unknown as new () => Library;

/** No notification of a number, a Boolean or a state is longer (OPC 10000-6, 5.2.2). */
const LONGEST_OF_A_NUMBER = 48;

/**
 * A subscription that is told which of its items have something to send. The library's own asks all of them, several
 * times in each publishing interval, and measures each value beforehand.
 */
export class LineSubscription extends LibrarySubscription {
  /** Items that have something to send, in the order in which they got it. */
  declare waiting: LineItem[];

  /** Takes over a subscription before it has items. */
  static adopt(created: Subscription): LineSubscription {
    Object.assign(created, { waiting: [] });
    return Object.setPrototypeOf(created, LineSubscription.prototype) as LineSubscription;
  }

  get hasUncollectedMonitoredItemNotifications(): boolean {
    return this.waiting.length > 0;
  }

  override preCreateMonitoredItem(
    space: object,
    timestamps: TimestampsToReturn,
    wish: MonitoredItemCreateRequest,
  ): object {
    const statusCode = itemProblem(wish);
    if (!statusCode) return super.preCreateMonitoredItem(space, timestamps, wish);
    return { createResult: new MonitoredItemCreateResult({ statusCode }), monitoredItemCreateRequest: wish };
  }

  override _harvestMonitoredItems(): void {
    const { waiting, publishIntervalCount: start_tick, _pending_notifications: pending } = this;
    const publishTime = new Date();
    this.waiting = [];
    for (const item of waiting) {
      const { monitoredItemId } = item;
      item.isWaiting = false;
      for (const each of item.extractMonitoredItemNotifications()) {
        const { notification, size } = this._degradeIfUndeliverable(each);
        pending.push({ monitoredItemId, notification, size, publishTime, start_tick });
      }
    }
  }

  override _degradeIfUndeliverable(notification: unknown): { notification: unknown; size: number | undefined } {
    const value: unknown =
      notification instanceof MonitoredItemNotification ? notification.value.value.value : undefined;
    const isNumber = typeof value === 'number' || typeof value === 'boolean';
    return isNumber ? { notification, size: LONGEST_OF_A_NUMBER } : super._degradeIfUndeliverable(notification);
  }
}
