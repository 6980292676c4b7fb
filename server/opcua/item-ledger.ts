import {
  AttributeIds,
  DataChangeFilter,
  DeadbandType,
  type MonitoredItem,
  MonitoringMode,
  type MonitoringParameters,
  type Subscription,
} from 'node-opcua';
import { isOfEvents, limitEventQueue } from './event-feed.ts';
import { LineItem } from './line-item.ts';
import { lineId } from './line-node.ts';
import { LineSubscription } from './line-subscription.ts';
import { signalName } from './session-view.ts';
import type { Visit } from './visit.ts';

/** Longest queue of an item. */
const LONGEST_QUEUE = 100;

export interface Terms {
  readonly samplingMs: number;
  readonly publishingMs: number;
  readonly queueSize: number;
}

/** The library enforces no limit of its own here. A percent deadband is made absolute: its range is the session's own. */
export function limitParameters(visit: Visit, id: string | undefined, parameters: MonitoringParameters): void {
  parameters.queueSize = Math.min(Math.max(parameters.queueSize, 1), LONGEST_QUEUE);
  const { filter } = parameters;
  const node = visit.view.find(id ?? '');
  if (!(filter instanceof DataChangeFilter) || DeadbandType[filter.deadbandType] !== 'Percent') return;
  if (node?.kind !== 'variable' || node.signal === undefined || node.type !== 'AnalogItemType') return;
  if (!(filter.deadbandValue >= 0 && filter.deadbandValue <= 100)) return;
  const [low, high] = visit.view.signal(node.signal).range;
  filter.deadbandValue *= (high - low) / 100;
  filter.deadbandType = DeadbandType.Absolute;
}

/**
 * Writes down which items of a session are reporting, and on which terms. Changed terms end the item and begin it anew.
 */
export class ItemLedger {
  /** Most items of a session have the same terms, and share them. */
  private usual: Terms | undefined;

  constructor(readonly visit: Visit) {}

  /** Takes over an item that was just created, before it starts. */
  adopt(subscription: Subscription, created: MonitoredItem): void {
    const { node } = created;
    const own = node ? this.visit.view.find(lineId(node.nodeId) ?? '') : undefined;
    const item = LineItem.adopt(created, this, own?.kind === 'variable' ? own : undefined);
    this.visit.events.adopt(subscription, item);
  }

  /** What the library would grant without bounds. */
  limit({ itemToMonitor, node }: LineItem, parameters: MonitoringParameters): void {
    if (isOfEvents(itemToMonitor)) limitEventQueue(parameters);
    else limitParameters(this.visit, node ? lineId(node.nodeId) : undefined, parameters);
  }

  /** To be called whenever the mode or the terms of an item may have changed. */
  note(item: LineItem): void {
    const { $subscription: subscription, terms: before } = item;
    const isReporting = subscription && item.monitoringMode === MonitoringMode.Reporting;
    const now = isReporting ? this.termsOf(subscription, item) : undefined;
    if (before === now || (before && now && areEqual(before, now))) return;
    if (before) this.end(item);
    item.terms = now;
    if (now) this.begin(item, now);
  }

  /** Takes over a subscription that was just created. */
  follow(created: Subscription): void {
    const subscription = LineSubscription.adopt(created);
    const modify = created.modify.bind(created);
    created.modify = (parameters) => {
      modify(parameters);
      for (const item of subscription.monitoredItems.values()) if (item instanceof LineItem) this.note(item);
    };
    created.on('removeMonitoredItem', (item: LineItem) => {
      const isLeaving = this.visit.session.publishEngine?.isSessionClosed;
      if (item.terms && !isLeaving) this.end(item);
      item.terms = undefined;
    });
  }

  private begin(item: LineItem, terms: Terms): void {
    const { visit } = this;
    const { policy, mode } = visit.entrance;
    visit.record({
      kind: 'opcua.subscribe',
      item: String(item.monitoredItemId),
      signal: this.nameOf(item),
      ...terms,
      policy,
      mode,
    });
  }

  private end(item: LineItem): void {
    this.visit.record({ kind: 'opcua.unsubscribe', item: String(item.monitoredItemId) });
  }

  private nameOf({ node, itemToMonitor }: LineItem): string {
    if (!node) return '';
    return itemToMonitor.attributeId === AttributeIds.Value
      ? signalName(this.visit, node.nodeId)
      : node.nodeId.toString();
  }

  private termsOf({ publishingInterval }: Subscription, { samplingInterval, queueSize }: LineItem): Terms {
    const terms = { samplingMs: samplingInterval, publishingMs: publishingInterval, queueSize };
    if (!this.usual || !areEqual(this.usual, terms)) this.usual = terms;
    return this.usual;
  }
}

const areEqual = (a: Terms, b: Terms): boolean =>
  a.samplingMs === b.samplingMs && a.publishingMs === b.publishingMs && a.queueSize === b.queueSize;
