import { join } from 'node:path';
import {
  AttributeIds,
  ClientMonitoredItem,
  type ClientSession,
  ClientSubscription,
  DataType,
  type DataValue,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
} from 'node-opcua';
import type { PlantWindow } from '#contract/facts.ts';
import type { HistoryColumn } from '#contract/history.ts';
import type { Me } from '#contract/participant.ts';
import type { Watch } from './player.ts';

const NAMESPACE = 'urn:verkstad:line';
const SECURITY = {
  None: { securityPolicy: SecurityPolicy.None, securityMode: MessageSecurityMode.None },
  Sign: { securityPolicy: SecurityPolicy.Basic256Sha256, securityMode: MessageSecurityMode.Sign },
  SignAndEncrypt: { securityPolicy: SecurityPolicy.Basic256Sha256, securityMode: MessageSecurityMode.SignAndEncrypt },
};

/** A participant's own OPC UA client. */
export interface OpcUaTool {
  /** Watches until `whileWatching` is over, then closes the session. */
  watch(watch: Watch, whileWatching: () => Promise<void>): Promise<void>;
  /** Writes a parameter; whether the line accepted it is for the line to say. */
  write(path: string, value: unknown): Promise<void>;
  /** Calls a method of a station. */
  call(path: string, value: unknown): Promise<void>;
  /** History of signals in a window of plant time. */
  history(signals: readonly string[], window: PlantWindow, anchorMs: number): Promise<HistoryColumn[]>;
  close(): Promise<void>;
}

export async function opcUaTool(url: string, { id, key }: Pick<Me, 'id' | 'key'>, folder: string): Promise<OpcUaTool> {
  const clientCertificateManager = new OPCUACertificateManager({
    rootFolder: join(folder, 'client-pki'),
    automaticallyAcceptUnknownCertificate: true,
  });
  await clientCertificateManager.initialize();

  async function inSession(mode: Watch['mode'], use: (session: ClientSession, namespace: number) => Promise<void>) {
    const client = OPCUAClient.create({
      ...{ ...SECURITY[mode], endpointMustExist: false, clientCertificateManager },
      ...{ connectionStrategy: { maxRetry: 1 }, clientName: 'verkstad labs prove' },
    });
    await client.connect(url);
    try {
      const session = await client.createSession({ type: UserTokenType.UserName, userName: id, password: key });
      try {
        await use(session, (await session.readNamespaceArray()).indexOf(NAMESPACE));
      } finally {
        await session.close();
      }
    } finally {
      await client.disconnect();
    }
  }

  return {
    watch: ({ signals, samplingMs, mode }, whileWatching) =>
      inSession(mode, async (session, namespace) => {
        const subscription = ClientSubscription.create(session, {
          requestedPublishingInterval: samplingMs,
          publishingEnabled: true,
        });
        await Promise.all(signals.map((path) => monitored(subscription, `ns=${namespace};s=${path}`, samplingMs)));
        await whileWatching();
      }),
    write: (path, value) =>
      inSession('SignAndEncrypt', async (session, namespace) => {
        const nodeId = `ns=${namespace};s=${path}`;
        await session.write({
          nodeId,
          attributeId: AttributeIds.Value,
          value: { value: variantOf(value) },
        });
      }),
    call: (path, value) =>
      inSession('SignAndEncrypt', async (session, namespace) => {
        const dot = path.lastIndexOf('.');
        await session.call({
          objectId: `ns=${namespace};s=${path.slice(0, dot)}`,
          methodId: `ns=${namespace};s=${path}`,
          inputArguments: value === undefined ? [] : [variantOf(value)],
        });
      }),
    async history(signals, { fromUs, toUs }, anchorMs) {
      const columns: HistoryColumn[] = [];
      await inSession('SignAndEncrypt', async (session, namespace) => {
        // Times on this wire are to the millisecond: what was there before is asked for too.
        const [start, end] = [
          new Date(Math.floor(anchorMs + fromUs / 1000)),
          new Date(Math.ceil(anchorMs + toUs / 1000) + 1),
        ];
        for (const signal of signals) {
          const result = await session.readHistoryValue(`ns=${namespace};s=${signal}`, start, end, {
            returnBounds: true,
          });
          const { dataValues = [] } = (result.historyData ?? {}) as { dataValues?: DataValue[] | null };
          const read = (dataValues ?? []).map(({ sourceTimestamp, value: { value } }) => ({
            tUs: Math.round(((sourceTimestamp?.getTime() ?? 0) - anchorMs) * 1000),
            value: Number(value),
          }));
          const held = read.findLast(({ tUs }) => tUs <= fromUs);
          const within = read.filter(({ tUs }) => tUs > fromUs && tUs <= toUs);
          const all = held ? [held, ...within] : within;
          columns.push({
            signal,
            tUs: all.map(({ tUs }) => tUs),
            values: all.map(({ value }) => value),
            truncated: false,
          });
        }
      });
      return columns;
    },
    close: () => clientCertificateManager.dispose(),
  };
}

const variantOf = (value: unknown) => {
  if (typeof value === 'number') return { dataType: DataType.Double, value };
  if (typeof value === 'boolean') return { dataType: DataType.Boolean, value };
  return { dataType: DataType.String, value: typeof value === 'string' ? value : JSON.stringify(value) };
};

/** Fulfilled when the first value of the item has come. */
function monitored(subscription: ClientSubscription, nodeId: string, samplingInterval: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const item = ClientMonitoredItem.create(
      subscription,
      { nodeId, attributeId: AttributeIds.Value },
      { samplingInterval, queueSize: 10, discardOldest: true },
      TimestampsToReturn.Both,
    );
    item.once('changed', () => resolve());
    item.once('err', (message) => reject(new Error(`${nodeId}: ${message}`)));
  });
}
