import {
  ActivateSessionRequest,
  AttributeIds,
  BrowseDirection,
  type ClientSession,
  MessageSecurityMode,
  type OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  UserTokenType,
} from 'node-opcua';
import type {
  PaneAbilities,
  PaneCall,
  PaneConditionDeed,
  PaneHistory,
  PaneHistoryRequest,
  PaneOutcome,
  PaneWatch,
  PaneWrite,
} from '#contract/opcua-pane-deeds.ts';
import type { PaneAttribute, PaneConnect, PaneNode, PaneState, PaneSubscribe } from '#contract/opcua-pane.ts';
import type { Language } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import { abilitiesOf } from './pane-abilities.ts';
import { serverCertificate } from './pane-certificate.ts';
import { callMethod, writeValue } from './pane-deeds.ts';
import { PaneEventWatch } from './pane-events.ts';
import { readHistory } from './pane-history.ts';
import { PaneItems } from './pane-items.ts';
import { nodeIdOf } from './pane-node-id.ts';
import { paneAttributes, paneNode, shownAttributes } from './pane-node.ts';
import { listenForReasons } from './pane-reasons.ts';

export interface PaneAddress {
  readonly url: string;
  readonly userName: string;
  readonly key: string;
  /** Carries the secret by which the server knows the workspace's own client. */
  readonly clientName: string;
  readonly certificates: OPCUACertificateManager;
}

/** What a session asks for texts in; may change while it is open. */
interface Locale {
  language: Language;
}

const PROBE_EVERY_MS = 2000;
/** Server_ServerStatus_State */
const SERVER_STATE = 'i=2259';
const LOST_SESSION = ['BadSessionIdInvalid', 'BadSessionClosed', 'BadSessionNotActivated'];

/** A client session of the workspace, with at most one subscription. */
export class PaneSession {
  readonly events: PaneEventWatch;
  private readonly items: PaneItems;
  private readonly reason: () => string | undefined;
  private problem: string | undefined;
  private probedMs = performance.now();

  private constructor(
    private readonly client: OPCUAClient,
    private readonly session: ClientSession,
    private readonly how: PaneConnect,
    private readonly locale: Locale,
    private readonly address: PaneAddress,
  ) {
    this.reason = listenForReasons(client);
    this.events = new PaneEventWatch(session, this.reason, () => locale.language);
    this.items = new PaneItems(session);
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
        'Policy None goes with mode None, every other with Sign or SignAndEncrypt.',
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
    const locale: Locale = { language: how.language ?? 'en' };
    // The library has no option for the locale of a session.
    client.on('send_request', (request) => {
      if (request instanceof ActivateSessionRequest) request.localeIds = [locale.language];
    });
    try {
      await client.connect(address.url);
      const session = await client.createSession(identityOf(address));
      return new PaneSession(client, session, how, locale, address);
    } catch (error) {
      await client.disconnect();
      const hint = 'Check that the cell is still yours and open, then connect again.';
      throw new AppError('session_refused', `The OPC UA server refused the session: ${reasonOf(error)}.`, hint, 409);
    }
  }

  get isOpen(): boolean {
    return this.problem === undefined;
  }

  /**
   * Activates the session again with another locale (OPC 10000-4, 5.6.3): subscriptions go on, and what was named or told
   * in the old language is asked for again.
   */
  speak(language: Language): Promise<void> {
    return this.asked(async () => {
      const { language: before } = this.locale;
      if (language === before) return;
      this.locale.language = language;
      const status = await this.session.changeUser(identityOf(this.address));
      if (status.isNotGood()) {
        this.locale.language = before;
        throw new Error(status.name);
      }
      await this.items.rename();
      await this.events.retell();
    });
  }

  state(endpointUrl: string): PaneState {
    this.probe();
    const { policy, mode } = this.how;
    if (this.problem !== undefined) return { connected: false, endpointUrl, items: [], problem: this.problem };
    const certificate = serverCertificate(this.client);
    const { language } = this.locale;
    const secured = { policy, mode, language, ...(certificate && { certificate }) };
    return { connected: true, ...secured, endpointUrl, ...this.items.state() };
  }

  async browse(nodeId: string): Promise<PaneNode[]> {
    const result = await this.asked(() =>
      nodeIdOf(this.session, nodeId).then((id) =>
        this.session.browse({
          nodeId: id,
          browseDirection: BrowseDirection.Forward,
          referenceTypeId: 'HierarchicalReferences',
          includeSubtypes: true,
          resultMask: 63,
        }),
      ),
    );
    if (result.statusCode.isNotGood()) throw unknownNode(nodeId, result.statusCode.name);
    return (result.references ?? []).map(paneNode);
  }

  async read(nodeId: string): Promise<PaneAttribute[]> {
    const values = await this.asked(async () => {
      const id = await nodeIdOf(this.session, nodeId);
      return this.session.read(shownAttributes.map((attributeId) => ({ nodeId: id, attributeId })));
    });
    if (values[0].statusCode.isNotGood()) throw unknownNode(nodeId, values[0].statusCode.name);
    return shownAttributes.flatMap((attribute, n) => paneAttributes(attribute, values[n]));
  }

  subscribe(wanted: PaneSubscribe): Promise<void> {
    return this.asked(() => this.items.subscribe(wanted));
  }

  abilities(nodeId: string): Promise<PaneAbilities> {
    return this.asked(async () => abilitiesOf(this.session, await nodeIdOf(this.session, nodeId)));
  }

  write(wanted: PaneWrite): Promise<PaneOutcome> {
    return this.asked(() => writeValue(this.session, wanted, this.reason));
  }

  call(wanted: PaneCall): Promise<PaneOutcome> {
    return this.asked(() => callMethod(this.session, wanted, this.reason));
  }

  history(wanted: PaneHistoryRequest): Promise<PaneHistory> {
    return this.asked(() => readHistory(this.session, wanted));
  }

  watch(wanted: PaneWatch): Promise<void> {
    return this.asked(() => this.events.watch(wanted));
  }

  act(deed: PaneConditionDeed): Promise<PaneOutcome> {
    return this.asked(() => this.events.act(deed));
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
    this.items.forget();
    void this.client.disconnect().catch(() => {});
  }

  async close(): Promise<void> {
    this.problem ??= 'Disconnected.';
    await this.session.close(true).catch(() => {});
    await this.client.disconnect().catch(() => {});
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

const identityOf = ({ userName, key: password }: PaneAddress) =>
  ({ type: UserTokenType.UserName, userName, password }) as const;

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /\b(Bad\w+)/.exec(message)?.[1] ?? message.split('\n')[0].trim();
}
