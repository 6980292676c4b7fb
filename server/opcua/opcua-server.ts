import { randomBytes } from 'node:crypto';
import {
  MonitoredItem,
  type ServerSession,
  StatusCodes,
  type Subscription,
  TransferResult,
  UserTokenType,
} from 'node-opcua';
import type { Doorkeeper } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';
import type { Model } from '#simulator/cell/model.ts';
import { buildAddressSpace } from './address-space.ts';
import { endBlankValues } from './blank-values.ts';
import { prepareIdentity } from './certificates.ts';
import { buildEventNodes } from './event-type-nodes.ts';
import { addCompanions } from './companion/add-companions.ts';
import { endSilentConnections } from './silent-connections.ts';
import { containReads } from './contained-failures.ts';
import { fitChunks } from './fitting-chunks.ts';
import { FrontDesk } from './front-desk.ts';
import type { Gate } from './gate.ts';
import { type Log, quietLibrary } from './library-log.ts';
import { libraryOptions } from './library-options.ts';
import { buildHistoryNodes } from './history-nodes.ts';
import { LINE_NAMESPACE_INDEX, LINE_NAMESPACE_URI, lineDefinition } from './line-definition.ts';
import { LineServer } from './line-server.ts';
import { endOversizedChunks } from './oversized-chunks.ts';
import { postureGate } from './posture-gate.ts';
import { sessionView } from './session-view.ts';
import { uniteLines } from './union.ts';
import { WaitingSessions } from './waiting-sessions.ts';

export interface OpcUaServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** The name under which clients reach the server; in endpoint URLs and in the certificate. */
  readonly publicHost: string;
  readonly dataDir: string;
  /** All cell definitions there are, by id. */
  readonly models: ReadonlyMap<string, Model>;
  readonly doorkeeper: Doorkeeper;
  readonly log: Log;
  /** Wall time, ms since 1970. */
  readonly now: () => number;
  /** What the cells ask of whoever comes in, beside name and key; without one, their security posture. */
  readonly gate?: Gate;
  /** Marks the sessions of the workspace's own client; whoever knows it may pass for it. */
  readonly paneSecret?: string;
}

export interface OpcUaServer {
  /** `opc.tcp://host:4840`, as clients should type it. */
  readonly endpointUrl: string;
  /** The same server for clients in this process. */
  readonly localUrl: string;
  readonly port: number;
  readonly sessions: number;
  close(): Promise<void>;
}

/** Starts the one OPC UA server of this process. Every session sees the cell of its participant, and nothing else. */
export async function startOpcUaServer(options: OpcUaServerOptions): Promise<OpcUaServer> {
  const { host, publicHost, dataDir, models, doorkeeper, log, now, gate = postureGate() } = options;
  const { paneSecret = randomBytes(24).toString('hex') } = options;
  quietLibrary(log);
  fitChunks();
  MonitoredItem.minimumSamplingInterval = 100;
  const definitions = [...models.values()].map(lineDefinition);
  const nodes = uniteLines(definitions);
  const identity = await prepareIdentity(dataDir, publicHost, now());

  const server: LineServer = new LineServer(libraryOptions(options, identity), () => desk, log);
  const close = (session: ServerSession, reason: string, error?: unknown): void => {
    if (error !== undefined) server.failed(error);
    log.debug(`OPC UA session ${session.nodeId.toString()} ends: ${reason}`);
    if (server.getSession(session.authenticationToken, true)) {
      server.engine.closeSession(session.authenticationToken, true, 'Forcing');
    }
  };
  const desk: FrontDesk = new FrontDesk({
    ...{ doorkeeper, definitions, nodes, now, paneSecret, close, gate },
  });

  await server.initialize();
  const { engine } = server;
  const { addressSpace } = engine;
  if (!addressSpace || !engine.addressSpaceAccessor) throw new Error('The library has no address space.');
  const namespace = addressSpace.registerNamespace(LINE_NAMESPACE_URI);
  if (namespace.index !== LINE_NAMESPACE_INDEX) throw new Error(`${LINE_NAMESPACE_URI} has index ${namespace.index}.`);
  addCompanions(addressSpace, nodes, definitions);
  endBlankValues(addressSpace);
  buildAddressSpace(addressSpace, namespace, nodes, desk.find);
  buildEventNodes(addressSpace, namespace, nodes);
  buildHistoryNodes(engine, addressSpace, namespace, nodes);
  engine.addressSpaceAccessor = sessionView(engine.addressSpaceAccessor, desk.find);
  closeLeaks(server);
  containReads(server, server.failed);

  const waiting = new WaitingSessions(close);
  server.on('create_session', (session: ServerSession) => {
    prepareSession(session);
    session.on('new_subscription', (subscription: Subscription) => desk.find(session)?.items.follow(subscription));
    waiting.add(session);
  });
  server.on('session_activated', (session: ServerSession) => {
    waiting.remove(session);
  });
  server.on('session_closed', (session: ServerSession) => {
    waiting.remove(session);
    desk.leave(session);
  });

  try {
    await server.start();
  } catch (error) {
    await server.shutdown(0);
    throw portProblem(error, host, options.port);
  }
  for (const endpoint of server.endpoints.flatMap((one) => one.endpointDescriptions())) {
    endpoint.userIdentityTokens = (endpoint.userIdentityTokens ?? []).filter(
      ({ tokenType }) => tokenType === UserTokenType.UserName,
    );
  }
  for (const endpoint of server.endpoints) {
    endSilentConnections(endpoint);
    endOversizedChunks(endpoint);
  }
  const { port } = server.endpoints[0];
  return {
    endpointUrl: `opc.tcp://${publicHost}:${port}`,
    localUrl: `opc.tcp://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`,
    port,
    get sessions() {
      return server.currentSessionCount;
    },
    async close() {
      waiting.clear();
      await server.shutdown(0);
    },
  };
}

/** What the library shows of one session to all others, or costs 460 KB a session. */
function closeLeaks({ engine }: LineServer): void {
  engine.serverDiagnosticsEnabled = false;
  const hidden = engine as unknown as Record<string, () => void>;
  hidden._exposeSubscriptionDiagnostics = hidden._unexposeSubscriptionDiagnostics = () => {};
  engine.transferSubscription = async () => new TransferResult({ statusCode: StatusCodes.BadNotSupported });
  const root = engine.addressSpace?.rootFolder.objects.server;
  if (root) root.raiseEvent = () => {};
}

function prepareSession(session: ServerSession): void {
  (session as unknown as Record<string, () => void>)._createSessionObjectInAddressSpace = () => {};
  session.registerNode = (nodeId) => nodeId;
}

function portProblem(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE') return error;
  return new AppError(
    'port_in_use',
    `OPC UA cannot listen on ${host}:${port}: another program does.`,
    'Stop it, or set VERKSTAD_OPCUA_PORT to a free port.',
    500,
  );
}
