import {
  AttributeIds,
  DataChangeFilter,
  EventFilter,
  type MonitoringParameters,
  ObjectIds,
  type ReadValueId,
  type StatusCode,
  StatusCodes,
  type Subscription,
  type Variant,
} from 'node-opcua';
import type { Occurrence } from '#server/cells/occurrence.ts';
import { alarmEvent, conditionState } from './alarm-event.ts';
import { passes, selectFields } from './event-filter.ts';
import { eventOf } from './event-meanings.ts';
import type { LineItem } from './line-item.ts';
import { lineId } from './line-node.ts';
import type { PlantEvent } from './plant-event.ts';
import { refreshEvent } from './refresh-event.ts';
import type { Visit } from './visit.ts';

/**
 * How the library starts and stops an item, and takes in what an event says. Its own way is to listen to the node, which
 * all sessions share, and to read fields from the address space, which has no cell.
 */
interface EventItem {
  _start_sampling(): void;
  _stop_sampling(): void;
  _enqueue_event(fields: Variant[]): void;
}

/** Events that an item can hold between two publishes (OPC 10000-4, 7.21: 1 and 0 ask for what the server likes). */
const SHORTEST_QUEUE = 100;
const LONGEST_QUEUE = 500;

type Monitored = Pick<ReadValueId, 'nodeId' | 'attributeId'>;

export const isOfEvents = ({ attributeId }: Pick<Monitored, 'attributeId'>): boolean =>
  AttributeIds[attributeId] === 'EventNotifier';

/**
 * Bounds the queue, and refuses what the library would let pass: an item on what notifies of nothing becomes one of no
 * attribute, an item without an EventFilter one whose filter is not allowed.
 */
export function limitEvents(visit: Visit, item: Monitored, parameters: MonitoringParameters): void {
  if (!isNotifier(visit, item.nodeId) && lineId(item.nodeId) !== '') item.attributeId = AttributeIds.INVALID;
  if (!(parameters.filter instanceof EventFilter)) parameters.filter = new DataChangeFilter();
  limitEventQueue(parameters);
}

export function limitEventQueue(parameters: MonitoringParameters): void {
  parameters.queueSize = Math.min(Math.max(parameters.queueSize, SHORTEST_QUEUE), LONGEST_QUEUE);
}

/** Tells the event items of one session what happens in its own cell, and nothing else. */
export class EventFeed {
  private readonly items = new Map<LineItem, Subscription>();

  constructor(private readonly visit: Visit) {}

  /** Takes an item over before it starts. */
  adopt(subscription: Subscription, item: LineItem): void {
    if (item.itemToMonitor.attributeId !== AttributeIds.EventNotifier) return;
    const hooks = item as unknown as EventItem;
    hooks._start_sampling = () => void this.items.set(item, subscription);
    hooks._stop_sampling = () => void this.items.delete(item);
  }

  happened(occurrence: Occurrence): void {
    if (this.items.size === 0) return;
    const { cell } = this.visit;
    const event = eventOf(cell, cell.model.definition.topicPrefix, occurrence, this.visit.now());
    if (event) this.tell(event);
    if (occurrence.event.endsWith('.AlarmRemoved'))
      this.tell(refreshEvent('RefreshRequiredEventType', this.visit.now()));
  }

  tell(event: PlantEvent): void {
    for (const item of this.items.keys()) this.tellItem(item, event);
  }

  /**
   * ConditionRefresh and ConditionRefresh2 (OPC 10000-9, 5.5.7 and 5.5.8): all that wants something from someone, between
   * a start and an end, to one subscription or one item of it.
   */
  refresh(subscriptionId: number, itemId?: number): StatusCode {
    const { cell, session } = this.visit;
    const subscription = session.getSubscription(subscriptionId);
    if (!subscription) return StatusCodes.BadSubscriptionIdInvalid;
    if (itemId !== undefined && !subscription.getMonitoredItem(itemId)) return StatusCodes.BadMonitoredItemIdInvalid;
    const items = [...this.items.keys()].filter(
      (item) => this.items.get(item) === subscription && (itemId ?? item.monitoredItemId) === item.monitoredItemId,
    );
    cell.advance();
    const nowMs = this.visit.now();
    const retained = cell.alarms().filter((alarm) => conditionState(alarm).isRetained);
    const events = [
      refreshEvent('RefreshStartEventType', nowMs),
      ...retained.map((alarm) => alarmEvent(cell, alarm, nowMs)),
      refreshEvent('RefreshEndEventType', nowMs),
    ];
    for (const item of items) for (const event of events) this.tellItem(item, event);
    return StatusCodes.Good;
  }

  private tellItem(item: LineItem, event: PlantEvent): void {
    const { filter, node } = item;
    const { language } = this.visit;
    if (!(filter instanceof EventFilter) || !node) return;
    if (!isOfNotifier(this.visit, node.nodeId, event) || !passes(filter, event, language)) return;
    (item as unknown as EventItem)._enqueue_event(selectFields(filter, event, language));
  }
}

type Notifier = Parameters<typeof lineId>[0];

/** Whether a notifier tells of an event: the server of all, a line of what is not the server's, a station of its own. */
export function isOfNotifier(
  { cell }: Visit,
  nodeId: Notifier,
  { stations, isOfServer, isUnfiltered }: PlantEvent,
): boolean {
  if (isUnfiltered || (nodeId.namespace === 0 && nodeId.value === ObjectIds.Server)) return true;
  const id = lineId(nodeId);
  if (isOfServer || id === undefined) return false;
  return id === cell.model.definition.topicPrefix || stations.includes(id);
}

/** Whether a node is one that events can be asked of. */
export function isNotifier({ view, cell }: Visit, nodeId: Notifier): boolean {
  if (nodeId.namespace === 0) return nodeId.value === ObjectIds.Server;
  const node = view.find(lineId(nodeId) ?? '');
  if (node?.kind !== 'place') return false;
  const { topicPrefix } = cell.model.definition;
  return node.id === topicPrefix || view.appearance(node).parent === topicPrefix;
}
