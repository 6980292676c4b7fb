import { type MonitoredItem, MonitoredItemNotification, Subscription } from 'node-opcua';
import type { LineItem } from './line-item.ts';

/** What the library does with a subscription, and offers no other way to change in 2.182.2 than to do it in its place. */
interface Library extends Omit<Subscription, 'hasUncollectedMonitoredItemNotifications'> {
  readonly monitoredItems: ReadonlyMap<number, MonitoredItem>;
  _addNotificationMessage(notification: unknown, monitoredItemId: number): void;
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
    const subscription = Object.setPrototypeOf(created, LineSubscription.prototype) as LineSubscription;
    subscription.waiting = [];
    return subscription;
  }

  get hasUncollectedMonitoredItemNotifications(): boolean {
    return this.waiting.length > 0;
  }

  override _harvestMonitoredItems(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const item of waiting) {
      item.isWaiting = false;
      for (const notification of item.extractMonitoredItemNotifications()) {
        this._addNotificationMessage(notification, item.monitoredItemId);
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
