import {
  AttributeIds,
  BrowseDirection,
  type ClientMonitoredItem,
  type ClientSession,
  type ClientSubscription,
  coerceNodeId,
  type DataValue,
  MessageSecurityMode,
  type NodeId,
  type OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
} from 'node-opcua';
import type { PaneAttribute, PaneConnect, PaneItem, PaneNode, PaneState, PaneSubscribe } from '#contract/opcua-pane.ts';
import { AppError } from '#server/errors.ts';
import { paneAttributes, paneNode, shownAttributes } from './pane-node.ts';
import { valueText } from './pane-text.ts';

export interface PaneAddress {
  readonly url: string;
  readonly userName: string;
  readonly key: string;
  /** Carries the secret by which the server knows the workspace's own client. */
  readonly clientName: string;
  readonly certificates: OPCUACertificateManager;
}

interface Watched {
  readonly item: ClientMonitoredItem;
  readonly displayName: string;
  newest?: DataValue;
  notifications: number;
}

const PROBE_EVERY_MS = 2000;
/** Server_ServerStatus_State */
const SERVER_STATE = 'i=2259';
const LOST_SESSION = ['BadSessionIdInvalid', 'BadSessionClosed', 'BadSessionNotActivated'];

/** A client session of the workspace, with at most one subscription. */
export class PaneSession {
  private readonly watched = new Map<string, Watched>();
  private subscription: ClientSubscription | undefined;
  private problem: string | undefined;
  /** As last asked for, before the server revised it. */
  private publishingMs = 0;
  private terms = '';
  private probedMs = performance.now();

  private constructor(
    private readonly client: OPCUAClient,
    private readonly session: ClientSession,
    private readonly how: PaneConnect,
  ) {
    const ends = (why: string) => () => {
      this.end(why);
    };
    session.on('session_closed', ends('The server ended the session.'));
    client.on('connection_lost', ends('The connection to the server was lost.'));
    client.on('close', ends('The connection to the server was closed.'));
    client.on('receive_response', ({ responseHeader }) => {
      if (LOST_SESSION.includes(responseHeader.serviceResult.name)) this.end('The server ended the session.');
    });
  }

  /** Throws an AppError that says why the server refused. */
  static async open(address: PaneAddress, how: PaneConnect): Promise<PaneSession> {
    if ((how.policy === 'None') !== (how.mode === 'None')) {
      const message = `Policy ${how.policy} does not go with mode ${how.mode}.`;
      throw new AppError(
        'bad_security',
        message,
        'Policy None goes with mode None, Basic256Sha256 with the others.',
        400,
      );
    }
    const client = OPCUAClient.create({
      clientName: address.clientName,
      clientCertificateManager: address.certificates,
      endpointMustExist: false,
      keepSessionAlive: true,
      requestedSessionTimeout: 60_000,
      connectionStrategy: { maxRetry: 0 },
      securityPolicy: SecurityPolicy[how.policy],
      securityMode: MessageSecurityMode[how.mode],
    });
    try {
      await client.connect(address.url);
      const { userName, key: password } = address;
      const session = await client.createSession({ type: UserTokenType.UserName, userName, password });
      return new PaneSession(client, session, how);
    } catch (error) {
      await client.disconnect();
      const hint = 'Check that the cell is still yours and open, then connect again.';
      throw new AppError('session_refused', `The OPC UA server refused the session: ${reasonOf(error)}.`, hint, 409);
    }
  }

  get isOpen(): boolean {
    return this.problem === undefined;
  }

  state(endpointUrl: string): PaneState {
    this.probe();
    const { policy, mode } = this.how;
    if (this.problem !== undefined) return { connected: false, endpointUrl, items: [], problem: this.problem };
    const publishing = this.subscription && { publishingMs: this.subscription.publishingInterval };
    return { connected: true, policy, mode, endpointUrl, ...publishing, items: [...this.watched].map(paneItem) };
  }

  async browse(nodeId: string): Promise<PaneNode[]> {
    const result = await this.asked(() =>
      this.session.browse({
        nodeId: parseNodeId(nodeId),
        browseDirection: BrowseDirection.Forward,
        referenceTypeId: 'HierarchicalReferences',
        includeSubtypes: true,
        resultMask: 63,
      }),
    );
    if (result.statusCode.isNotGood()) throw unknownNode(nodeId, result.statusCode.name);
    return (result.references ?? []).map(paneNode);
  }

  async read(nodeId: string): Promise<PaneAttribute[]> {
    const id = parseNodeId(nodeId);
    const values = await this.asked(() =>
      this.session.read(shownAttributes.map((attributeId) => ({ nodeId: id, attributeId }))),
    );
    if (values[0].statusCode.isNotGood()) throw unknownNode(nodeId, values[0].statusCode.name);
    return shownAttributes.flatMap((attribute, n) => paneAttributes(attribute, values[n]));
  }

  /** Only what differs is changed, so that items which stay go on without a gap. */
  async subscribe({ nodeIds, publishingMs, samplingMs, queueSize }: PaneSubscribe): Promise<void> {
    const wanted = new Set(nodeIds.map((nodeId) => parseNodeId(nodeId).toString()));
    await this.asked(async () => {
      if (wanted.size === 0) return this.unsubscribe();
      const subscription = await this.subscriptionFor(publishingMs);
      for (const [nodeId, { item }] of this.watched) {
        if (wanted.has(nodeId)) continue;
        this.watched.delete(nodeId);
        await item.terminate();
      }
      const parameters = { samplingInterval: samplingMs, queueSize, discardOldest: true };
      if (this.terms !== JSON.stringify(parameters)) {
        await Promise.all([...this.watched.values()].map(({ item }) => item.modify(parameters)));
        this.terms = JSON.stringify(parameters);
      }
      const added = [...wanted].filter((nodeId) => !this.watched.has(nodeId));
      if (added.length > 0) await this.watch(subscription, added, parameters);
    });
  }

  /** The library does not say that its session is gone until a service is asked for. */
  private probe(): void {
    const nowMs = performance.now();
    if (!this.isOpen || nowMs - this.probedMs < PROBE_EVERY_MS) return;
    this.probedMs = nowMs;
    void this.session.read({ nodeId: SERVER_STATE, attributeId: AttributeIds.Value }).catch(() => {});
  }

  /** The library would try for ever to get another session; that is for the participant to ask for. */
  private end(why: string): void {
    if (this.problem !== undefined) return;
    this.problem = why;
    this.watched.clear();
    void this.client.disconnect().catch(() => {});
  }

  async close(): Promise<void> {
    this.problem ??= 'Disconnected.';
    await this.session.close(true).catch(() => {});
    await this.client.disconnect().catch(() => {});
  }

  private async watch(subscription: ClientSubscription, nodeIds: string[], parameters: object): Promise<void> {
    const names = await this.session.read(nodeIds.map((nodeId) => ({ nodeId, attributeId: AttributeIds.DisplayName })));
    await Promise.all(
      nodeIds.map(async (nodeId, n) => {
        const node = { nodeId, attributeId: AttributeIds.Value };
        const item = await subscription.monitor(node, parameters, TimestampsToReturn.Both);
        const watched: Watched = { item, displayName: valueText(names[n]), notifications: 0 };
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
    this.terms = '';
    const { subscription } = this;
    this.subscription = undefined;
    await subscription?.terminate();
  }

  /** What fails since the session is gone becomes a clear answer. */
  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    if (!this.isOpen) throw notConnected();
    try {
      return await ask();
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (!this.isOpen) throw notConnected();
      throw new AppError('opcua_failed', `The OPC UA server answered ${reasonOf(error)}.`, 'Connect again.', 409);
    }
  }
}

export const notConnected = (): AppError =>
  new AppError('pane_not_connected', 'There is no OPC UA session.', 'Connect first.', 409);

const unknownNode = (nodeId: string, status: string): AppError =>
  new AppError('unknown_node', `${nodeId}: ${status}.`, 'Browse from the Objects folder, i=85.', 404);

function parseNodeId(text: string): NodeId {
  try {
    return coerceNodeId(text);
  } catch {
    throw new AppError('bad_node_id', `"${text.slice(0, 80)}" is no node id.`, 'Write it as ns=2;s=ST03.State.', 400);
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /\b(Bad\w+)/.exec(message)?.[1] ?? message.split('\n')[0].trim();
}

function paneItem([nodeId, { item, displayName, newest, notifications }]: [string, Watched]): PaneItem {
  const { statusCode, monitoringParameters } = item;
  return {
    nodeId,
    displayName,
    status: (statusCode.isGood() ? newest?.statusCode : statusCode)?.name ?? statusCode.name,
    samplingMs: monitoringParameters.samplingInterval,
    notifications,
    ...(newest && { value: valueText(newest) }),
    ...(newest?.sourceTimestamp && { sourceTimestamp: newest.sourceTimestamp.toISOString() }),
  };
}
