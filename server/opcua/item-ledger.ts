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
import { lineId } from './line-node.ts';
import { signalName } from './session-view.ts';
import type { Visit } from './visit.ts';

/** Longest queue of an item. */
const LONGEST_QUEUE = 100;

interface Terms {
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
  private readonly terms = new Map<MonitoredItem, Terms>();
  private readonly subscriptions = new WeakSet<Subscription>();

  constructor(private readonly visit: Visit) {}

  /** Takes over an item that was just created, before it starts. */
  adopt(subscription: Subscription, item: MonitoredItem): void {
    this.follow(subscription);
    const id = item.node ? lineId(item.node.nodeId) : undefined;
    const node = this.visit.view.find(id ?? '');
    if (node?.kind === 'variable') {
      const { visit } = this;
      const { cell } = visit;
      const index = node.signal === undefined ? undefined : visit.view.signal(node.signal).index;
      const fixed = node.isFixed ? 0 : undefined;
      const version = () => (index === undefined ? fixed : cell.version(index));
      visit.sampler.adopt(item, { version, read: () => node.read(visit) });
    }
    this.visit.events.adopt(subscription, item);
    const note = () => this.note(subscription, item);
    const setMonitoringMode = item.setMonitoringMode.bind(item);
    const modify = item.modify.bind(item);
    item.setMonitoringMode = (mode) => {
      const status = setMonitoringMode(mode);
      note();
      return status;
    };
    item.modify = (timestamps, parameters) => {
      if (parameters && isOfEvents(item.itemToMonitor)) limitEventQueue(parameters);
      else if (parameters) limitParameters(this.visit, id, parameters);
      const result = modify(timestamps, parameters);
      note();
      return result;
    };
  }

  private follow(subscription: Subscription): void {
    if (this.subscriptions.has(subscription)) return;
    this.subscriptions.add(subscription);
    const noteAll = () => {
      for (const item of [...this.terms.keys()]) if (item.$subscription === subscription) this.note(subscription, item);
    };
    const modify = subscription.modify.bind(subscription);
    subscription.modify = (parameters) => {
      modify(parameters);
      noteAll();
    };
    subscription.on('removeMonitoredItem', (item: MonitoredItem) => {
      const isLeaving = this.visit.session.publishEngine?.isSessionClosed;
      if (this.terms.delete(item) && !isLeaving) this.end(item);
    });
  }

  private note(subscription: Subscription, item: MonitoredItem): void {
    const before = this.terms.get(item);
    const now = item.monitoringMode === MonitoringMode.Reporting ? termsOf(subscription, item) : undefined;
    if (JSON.stringify(before) === JSON.stringify(now)) return;
    if (before) this.end(item);
    if (now) {
      this.terms.set(item, now);
      this.begin(item, now);
    } else this.terms.delete(item);
  }

  private begin(item: MonitoredItem, terms: Terms): void {
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

  private end(item: MonitoredItem): void {
    this.visit.record({ kind: 'opcua.unsubscribe', item: String(item.monitoredItemId) });
  }

  private nameOf({ node, itemToMonitor }: MonitoredItem): string {
    if (!node) return '';
    return itemToMonitor.attributeId === AttributeIds.Value
      ? signalName(this.visit, node.nodeId)
      : node.nodeId.toString();
  }
}

const termsOf = ({ publishingInterval }: Subscription, { samplingInterval, queueSize }: MonitoredItem): Terms => ({
  samplingMs: samplingInterval,
  publishingMs: publishingInterval,
  queueSize,
});
