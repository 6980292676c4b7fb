import {
  AttributeIds,
  type ClientMonitoredItem,
  type ClientSession,
  type ClientSubscription,
  type DataValue,
  TimestampsToReturn,
} from 'node-opcua';
import { lineNode } from './opcua-line.ts';

/** A subscription whose items are made one by one. */
export const subscribe = (session: ClientSession, publishingMs = 50): Promise<ClientSubscription> =>
  session.createSubscription2({
    requestedPublishingInterval: publishingMs,
    requestedLifetimeCount: 1000,
    requestedMaxKeepAliveCount: 10,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 1,
  });

/** An item of a signal that is sampled every 100 ms, and what came of it. */
export async function watch(subscription: ClientSubscription, path: string, more: object = {}) {
  const node = { nodeId: lineNode(path), attributeId: AttributeIds.Value };
  const parameters = { samplingInterval: 100, queueSize: 100, discardOldest: true, ...more };
  const item: ClientMonitoredItem = await subscription.monitor(node, parameters, TimestampsToReturn.Both);
  const got: DataValue[] = [];
  item.on('changed', (value: DataValue) => got.push(value));
  return { item, got, path };
}
