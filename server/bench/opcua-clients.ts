import { once } from 'node:events';
import {
  AttributeIds,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
} from 'node-opcua';
import type { Row } from './measure.ts';

/** What the process of the clients is told to open: one session with one subscription for each user. */
export interface ClientsOrder {
  readonly url: string;
  /** For certificates. */
  readonly folder: string;
  readonly users: readonly { readonly name: string; readonly key: string }[];
  readonly nodeIds: readonly string[];
  readonly intervalMs: number;
}

/** Values since the first session; all else since the last `measure`. */
export interface ClientsCount {
  readonly values: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the clients, ms. */
  readonly cpuMs: number;
}

/** Sessions that are opened at the same time. */
const OPENED_AT_ONCE = 4;

/** The second process of `bench opcua`: real clients, signed and encrypted. Told and asked by its parent. */
export async function runClients(): Promise<Row[]> {
  const [order] = (await once(process, 'message')) as [ClientsOrder];
  const certificates = new OPCUACertificateManager({
    rootFolder: order.folder,
    automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  let values = 0;
  const latenciesMs: number[] = [];
  const closing: (() => Promise<void>)[] = [];
  const received = (serverTimestamp: Date | null): void => {
    values += 1;
    if (serverTimestamp) latenciesMs.push(Date.now() - serverTimestamp.getTime());
  };
  const waiting = [...order.users];
  const openAll = async (): Promise<void> => {
    for (let user = waiting.pop(); user; user = waiting.pop()) {
      closing.push(await open(order, user, certificates, received));
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, openAll));
  let cpu = process.cpuUsage();
  const ended = new Promise<void>((resolve) => {
    process.on('message', (question) => {
      if (question === 'end') {
        resolve();
        return;
      }
      const sorted = [...latenciesMs].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
      const { user, system } = process.cpuUsage(cpu);
      process.send?.({ values, p50Ms: at(0.5), p99Ms: at(0.99), cpuMs: (user + system) / 1000 } satisfies ClientsCount);
      if (question === 'count') return;
      cpu = process.cpuUsage();
      latenciesMs.length = 0;
    });
  });
  process.send?.('ready');
  await ended;
  await Promise.allSettled(closing.map((close) => close()));
  process.disconnect();
  return [];
}

async function open(
  { url, nodeIds, intervalMs }: ClientsOrder,
  { name, key }: ClientsOrder['users'][number],
  clientCertificateManager: OPCUACertificateManager,
  received: (serverTimestamp: Date | null) => void,
): Promise<() => Promise<void>> {
  const client = OPCUAClient.create({
    ...{ endpointMustExist: false, clientCertificateManager, connectionStrategy: { maxRetry: 3 } },
    ...{ securityPolicy: SecurityPolicy.Basic256Sha256, securityMode: MessageSecurityMode.SignAndEncrypt },
  });
  await client.connect(url);
  const session = await client.createSession({ type: UserTokenType.UserName, userName: name, password: key });
  const subscription = await session.createSubscription2({
    ...{ requestedPublishingInterval: intervalMs, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10 },
    ...{ maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 },
  });
  const group = await subscription.monitorItems(
    nodeIds.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })),
    { samplingInterval: intervalMs, queueSize: 20, discardOldest: true },
    TimestampsToReturn.Both,
  );
  group.on('changed', (_, { serverTimestamp }) => {
    received(serverTimestamp);
  });
  return async () => {
    await session.close();
    await client.disconnect();
  };
}
