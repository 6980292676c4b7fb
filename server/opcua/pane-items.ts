import {
  AttributeIds,
  type ClientMonitoredItem,
  type ClientSession,
  type ClientSubscription,
  type DataValue,
  TimestampsToReturn,
} from 'node-opcua';
import type { PaneItem, PaneState, PaneSubscribe } from '#contract/opcua-pane.ts';
import { nodeIdOf } from './pane-node-id.ts';
import { valueText } from './pane-text.ts';

interface Parameters {
  readonly samplingInterval: number;
  readonly queueSize: number;
  readonly discardOldest: boolean;
}

interface Watched {
  readonly item: ClientMonitoredItem;
  displayName: string;
  parameters: Parameters;
  newest?: DataValue;
  notifications: number;
}

/** The monitored items of the pane, in at most one subscription. */
export class PaneItems {
  private readonly watched = new Map<string, Watched>();
  private subscription: ClientSubscription | undefined;
  /** As last asked for, before the server revised it. */
  private publishingMs = 0;

  constructor(private readonly session: ClientSession) {}

  state(): Pick<PaneState, 'publishingMs' | 'items'> {
    const publishing = this.subscription && { publishingMs: this.subscription.publishingInterval };
    return { ...publishing, items: [...this.watched].map(paneItem) };
  }

  /** Only what differs is changed, so that items which stay go on without a gap. */
  async subscribe({ nodeIds, publishingMs, samplingMs, queueSize, queues = [] }: PaneSubscribe): Promise<void> {
    const idOf = async (text: string) => (await nodeIdOf(this.session, text)).toString();
    const own = new Map<string, Pick<Parameters, 'queueSize' | 'discardOldest'>>();
    for (const { nodeId, ...queue } of queues) own.set(await idOf(nodeId), queue);
    const wanted = new Map<string, Parameters>();
    for (const nodeId of nodeIds) {
      const id = await idOf(nodeId);
      wanted.set(id, { samplingInterval: samplingMs, queueSize, discardOldest: true, ...own.get(id) });
    }
    if (wanted.size === 0) return this.unsubscribe();
    const subscription = await this.subscriptionFor(publishingMs);
    for (const [nodeId, watched] of this.watched) {
      const parameters = wanted.get(nodeId);
      if (!parameters) {
        this.watched.delete(nodeId);
        await watched.item.terminate();
      } else if (JSON.stringify(parameters) !== JSON.stringify(watched.parameters)) {
        await watched.item.modify(parameters);
        watched.parameters = parameters;
      }
    }
    const added = [...wanted].filter(([nodeId]) => !this.watched.has(nodeId));
    if (added.length > 0) await this.watch(subscription, added);
  }

  /** Reads the display names again, in the language that the session speaks now. */
  async rename(): Promise<void> {
    const watched = [...this.watched];
    if (watched.length === 0) return;
    const names = await this.session.read(watched.map(displayNameOf));
    watched.forEach(([, each], n) => (each.displayName = valueText(names[n])));
  }

  /** The session is gone, and the subscription with it. */
  forget(): void {
    this.watched.clear();
  }

  private async watch(subscription: ClientSubscription, added: readonly [string, Parameters][]): Promise<void> {
    const names = await this.session.read(added.map(displayNameOf));
    await Promise.all(
      added.map(async ([nodeId, parameters], n) => {
        const node = { nodeId, attributeId: AttributeIds.Value };
        const item = await subscription.monitor(node, parameters, TimestampsToReturn.Both);
        const watched: Watched = { item, displayName: valueText(names[n]), parameters, notifications: 0 };
        item.on('changed', (value: DataValue) => {
          watched.newest = value;
          watched.notifications += 1;
        });
        this.watched.set(nodeId, watched);
      }),
    );
  }

  private async subscriptionFor(publishingMs: number): Promise<ClientSubscription> {
    if (this.subscription && this.publishingMs === publishingMs) return this.subscription;
    await this.unsubscribe();
    this.publishingMs = publishingMs;
    this.subscription = await this.session.createSubscription2({
      requestedPublishingInterval: publishingMs,
      requestedLifetimeCount: 1000,
      requestedMaxKeepAliveCount: 10,
      maxNotificationsPerPublish: 1000,
      publishingEnabled: true,
      priority: 1,
    });
    return this.subscription;
  }

  private async unsubscribe(): Promise<void> {
    this.watched.clear();
    const { subscription } = this;
    this.subscription = undefined;
    await subscription?.terminate();
  }
}

const displayNameOf = ([nodeId]: readonly [string, unknown]) => ({ nodeId, attributeId: AttributeIds.DisplayName });

function paneItem([nodeId, { item, displayName, newest, notifications, parameters }]: [string, Watched]): PaneItem {
  const { statusCode, monitoringParameters } = item;
  return {
    nodeId,
    displayName,
    status: (statusCode.isGood() ? newest?.statusCode : statusCode)?.name ?? statusCode.name,
    samplingMs: monitoringParameters.samplingInterval,
    // As the server revised it.
    queueSize: monitoringParameters.queueSize,
    discardOldest: parameters.discardOldest,
    notifications,
    ...(newest && { value: valueText(newest) }),
    ...(newest?.sourceTimestamp && { sourceTimestamp: newest.sourceTimestamp.toISOString() }),
  };
}
