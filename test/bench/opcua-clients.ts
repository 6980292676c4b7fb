import { once } from 'node:events';
import {
  AttributeIds,
  type ClientSession,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
} from 'node-opcua';

/** The other process of `opcua-sessions`: real clients, each with a session and a subscription. */
interface Order {
  readonly url: string;
  readonly folder: string;
  readonly users: readonly { readonly name: string; readonly key: string }[];
  readonly nodeIds: readonly string[];
}

let values = 0;
const latenciesMs: number[] = [];

async function open(
  { url, nodeIds }: Order,
  { name, key }: Order['users'][number],
  clientCertificateManager: OPCUACertificateManager,
): Promise<[OPCUAClient, ClientSession]> {
  const client = OPCUAClient.create({
    ...{ endpointMustExist: false, clientCertificateManager, connectionStrategy: { maxRetry: 3 } },
    ...{ securityPolicy: SecurityPolicy.Basic256Sha256, securityMode: MessageSecurityMode.SignAndEncrypt },
  });
  await client.connect(url);
  const session = await client.createSession({ type: UserTokenType.UserName, userName: name, password: key });
  const subscription = await session.createSubscription2({
    ...{ requestedPublishingInterval: 1000, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10 },
    ...{ maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 },
  });
  const group = await subscription.monitorItems(
    nodeIds.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })),
    { samplingInterval: 1000, queueSize: 10, discardOldest: true },
    TimestampsToReturn.Both,
  );
  group.on('changed', (_item, { serverTimestamp }) => {
    values += 1;
    if (serverTimestamp) latenciesMs.push(Date.now() - serverTimestamp.getTime());
  });
  return [client, session];
}

const [order] = (await once(process, 'message')) as [Order];
const certificates = new OPCUACertificateManager({
  rootFolder: order.folder,
  automaticallyAcceptUnknownCertificate: true,
});
await certificates.initialize();
const opened: [OPCUAClient, ClientSession][] = [];
for (const user of order.users) opened.push(await open(order, user, certificates));
process.on('message', (question) => {
  if (question === 'begin') {
    values = 0;
    latenciesMs.length = 0;
    process.send?.({ values });
  } else if (question === 'count') {
    const sorted = latenciesMs.sort((a, b) => a - b);
    process.send?.({ values, p99Ms: sorted[Math.floor(sorted.length * 0.99)] });
  } else {
    Promise.all(opened.map(([client, session]) => session.close().then(() => client.disconnect())))
      .catch(() => {})
      .finally(() => process.exit(0));
  }
});
process.send?.('ready');
