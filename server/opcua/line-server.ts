import {
  type ActivateSessionRequest,
  CallResponse,
  type CallRequest,
  type CloseSessionRequest,
  type CreateMonitoredItemsRequest,
  type CreateSessionRequest,
  DiagnosticInfo,
  type EndpointDescription,
  type GetEndpointsRequest,
  makeRoles,
  MessageSecurityMode,
  OPCUAServer,
  resolveOpaqueOnAddressSpace,
  type OPCUAServerOptions,
  ServiceFault,
  type ServerSession,
  type StatusCode,
  StatusCodes,
  TranslateBrowsePathsToNodeIdsResponse,
  type TranslateBrowsePathsToNodeIdsRequest,
  UserIdentityToken,
  UserNameIdentityToken,
  type WriteRequest,
  WriteResponse,
} from 'node-opcua';
import { AppError } from '#server/errors.ts';
import { TokenBucket } from '#server/cells/token-bucket.ts';
import { auditedWrite, noteAuditEntry } from './audit-events.ts';
import { type Action, contained } from './contained-failures.ts';
import type { FrontDesk } from './front-desk.ts';
import { participantOf, withoutPath } from './gate.ts';
import { isOfEvents, limitEvents } from './event-feed.ts';
import { readBlankRanges } from './index-range.ts';
import { limitParameters } from './item-ledger.ts';
import { mendInterval } from './item-problems.ts';
import type { Log } from './library-log.ts';
import { MOST_OPERATIONS } from './library-options.ts';
import { lineId, type Outcome } from './line-node.ts';
import { seenBy } from './session-view.ts';
import { translatePath } from './translate-path.ts';

type Message = Parameters<OPCUAServer['on_request']>[0];
type Channel = Parameters<OPCUAServer['on_request']>[1];
/** Of the services that are answered here; the library's own types are among them for it. */
type AnswerClass = typeof CallResponse | typeof TranslateBrowsePathsToNodeIdsResponse | typeof WriteResponse;
type Authorized = (error: Error | null, isAuthorized?: boolean, statusCode?: StatusCode) => void;

const LONGEST_SESSION_TIMEOUT_MS = 120_000;
/** OPC 10000-4 table 169: the client asks for additional info with each operation. */
const WANTS_OPERATION_INFO = 0x80;

/** The services that the library answers without asking whose session it is, or without room for a reason. */
export class LineServer extends OPCUAServer {
  /** Whose endpoints are being asked for, while they are. */
  private askedFor: string | undefined;
  private readonly lines = new TokenBucket(1, 20, Date.now);

  constructor(
    options: OPCUAServerOptions,
    private readonly desk: () => FrontDesk,
    private readonly log: Log,
  ) {
    super({
      ...options,
      userManager: {
        isValidUserAsync(userName, key, callback) {
          void desk()
            .admit(this, userName, key)
            .catch((error: unknown) => {
              // A cell that nobody has used for long is none to come into, as often as it is tried.
              if (!(error instanceof AppError)) log.warn(`OPC UA could not check who comes in: ${String(error)}`);
              return false;
            })
            .then((isValid) => {
              callback(null, isValid);
            });
        },
        getUserRoles: () => makeRoles('AuthenticatedUser'),
      },
      onCreateMonitoredItem: async (subscription, created) => {
        const item = subscription.getMonitoredItem((created as { monitoredItemId?: number }).monitoredItemId ?? 0);
        if (item) desk().find(subscription.$session)?.items.adopt(subscription, item);
        return StatusCodes.Good;
      },
    });
  }

  /** A bug of ours or of the library, that some request brought to light. */
  readonly failed = (error: unknown): void => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (this.lines.take()) this.log.warn(`OPC UA could not answer a request: ${what}`);
  };

  protected override _apply_on_SessionObject(
    answer: AnswerClass,
    message: Message,
    channel: Channel,
    action: Action,
  ): Promise<void> {
    return super._apply_on_SessionObject(answer, message, channel, contained(action, this.failed));
  }

  override on_request(message: Message, channel: Channel): void {
    readBlankRanges(message.request);
    super.on_request(message, channel);
  }

  protected override _on_GetEndpointsRequest(message: Message, channel: Channel): void {
    this.askedFor = participantOf((message.request as GetEndpointsRequest).endpointUrl);
    try {
      super._on_GetEndpointsRequest(message, channel);
    } finally {
      this.askedFor = undefined;
    }
  }

  override findMatchingEndpoints(endpointUrl?: string | null): EndpointDescription[] {
    const found = super.findMatchingEndpoints(endpointUrl ? withoutPath(endpointUrl) : endpointUrl);
    return this.askedFor === undefined ? found : this.desk().offer(this.askedFor, found);
  }

  protected override async _on_CreateSessionRequest(message: Message, channel: Channel): Promise<void> {
    const request = message.request as CreateSessionRequest;
    const wanted = request.requestedSessionTimeout || LONGEST_SESSION_TIMEOUT_MS;
    request.requestedSessionTimeout = Math.min(wanted, LONGEST_SESSION_TIMEOUT_MS);
    // Without security nobody looks at the certificate (OPC 10000-4, 5.7.2.2); the library stumbles over one that is none.
    if (channel.securityMode === MessageSecurityMode.None) request.clientCertificate = null as never;
    try {
      await super._on_CreateSessionRequest(message, channel);
    } catch (error) {
      this.failed(error);
      const responseHeader = { serviceResult: StatusCodes.BadInternalError };
      channel.send_response('MSG', new ServiceFault({ responseHeader }), message);
    }
  }

  protected override _on_ActivateSessionRequest(message: Message, channel: Channel): void {
    const request = message.request as ActivateSessionRequest;
    const session = this.getSession(request.requestHeader.authenticationToken, true);
    if (session) this.desk().prefer(session, request.localeIds ?? []);
    // No token stands for nobody in particular (OPC 10000-4, 7.40.1); the library throws where nobody may come in.
    request.userIdentityToken ??= new UserIdentityToken();
    super._on_ActivateSessionRequest(message, channel);
  }

  protected override isValidUserIdentityToken(
    channel: Channel,
    session: ServerSession,
    token: UserIdentityToken,
    signature: ActivateSessionRequest['userTokenSignature'],
    endpoint: EndpointDescription,
    callback: (error: Error | null, statusCode?: StatusCode) => void,
  ): void {
    if (!(token instanceof UserNameIdentityToken)) callback(null, StatusCodes.BadIdentityTokenRejected);
    else super.isValidUserIdentityToken(channel, session, token, signature, endpoint, callback);
  }

  protected override isUserAuthorized(
    channel: Channel,
    session: ServerSession,
    token: UserIdentityToken,
    callback: Authorized,
  ): void {
    super.isUserAuthorized(channel, session, token, (error, isAuthorized, statusCode) => {
      const received = error || !isAuthorized ? statusCode : this.desk().receive(session);
      callback(error, isAuthorized && received?.isGood() === true, received);
    });
  }

  /** A subscription ends with its session: nobody could say whose cell an orphan shows. */
  protected override _on_CloseSessionRequest(message: Message, channel: Channel): void {
    (message.request as CloseSessionRequest).deleteSubscriptions = true;
    super._on_CloseSessionRequest(message, channel);
  }

  protected override _on_CreateMonitoredItemsRequest(message: Message, channel: Channel): void {
    const visit = this.desk().find(message.session);
    visit?.cell.advance();
    for (const { itemToMonitor, requestedParameters } of (message.request as CreateMonitoredItemsRequest)
      .itemsToCreate ?? []) {
      mendInterval(requestedParameters);
      itemToMonitor.nodeId = seenBy(visit, itemToMonitor.nodeId);
      if (visit && isOfEvents(itemToMonitor)) limitEvents(visit, itemToMonitor, requestedParameters);
      else if (visit) limitParameters(visit, lineId(itemToMonitor.nodeId), requestedParameters);
    }
    super._on_CreateMonitoredItemsRequest(message, channel);
  }

  protected override _on_TranslateBrowsePathsToNodeIdsRequest(message: Message, channel: Channel): void {
    const request = message.request as TranslateBrowsePathsToNodeIdsRequest;
    void this._apply_on_SessionObject(
      TranslateBrowsePathsToNodeIdsResponse,
      message,
      channel,
      (session, send, fail) => {
        const paths = request.browsePaths ?? [];
        const { addressSpace } = this.engine;
        if (paths.length === 0) {
          fail(StatusCodes.BadNothingToDo);
          return;
        }
        if (paths.length > MOST_OPERATIONS || !addressSpace) {
          fail(StatusCodes.BadTooManyOperations);
          return;
        }
        const visit = this.desk().find(session);
        const results = paths.map((path) => translatePath(addressSpace, visit, path));
        send(new TranslateBrowsePathsToNodeIdsResponse({ results }));
      },
    );
  }

  protected override _on_WriteRequest(message: Message, channel: Channel): void {
    const request = message.request as WriteRequest;
    void this._apply_on_SessionObject(WriteResponse, message, channel, async (session, send, fail) => {
      const nodes = request.nodesToWrite ?? [];
      const visit = this.desk().find(session);
      if (nodes.length === 0) {
        fail(StatusCodes.BadNothingToDo);
        return;
      }
      if (nodes.length > MOST_OPERATIONS) {
        fail(StatusCodes.BadTooManyOperations);
        return;
      }
      if (!visit) {
        fail(StatusCodes.BadSessionClosed);
        return;
      }
      noteAuditEntry(nodes, request.requestHeader.auditEntryId);
      const outcomes: Outcome[] = [];
      for (const node of nodes) outcomes.push(await auditedWrite(visit, node));
      send(
        new WriteResponse({
          results: outcomes.map(({ status }) => status),
          diagnosticInfos: reasons(request.requestHeader.returnDiagnostics, outcomes),
        }),
      );
    });
  }

  protected override _on_CallRequest(message: Message, channel: Channel): void {
    const request = message.request as CallRequest;
    void this._apply_on_SessionObject(CallResponse, message, channel, async (session, send, fail) => {
      const methods = request.methodsToCall ?? [];
      if (methods.length === 0) {
        fail(StatusCodes.BadNothingToDo);
        return;
      }
      if (methods.length > MOST_OPERATIONS) {
        fail(StatusCodes.BadTooManyOperations);
        return;
      }
      noteAuditEntry(methods, request.requestHeader.auditEntryId);
      const { addressSpace } = this.engine;
      for (const each of methods.flatMap(({ inputArguments }) => inputArguments ?? [])) {
        if (addressSpace) await resolveOpaqueOnAddressSpace(addressSpace, each);
      }
      const results = await this.engine.call(session.sessionContext, methods);
      const diagnosticInfos = reasons(request.requestHeader.returnDiagnostics, results as { reason?: string }[]);
      send(new CallResponse({ results, diagnosticInfos }));
    });
  }
}

function reasons(returnDiagnostics: number, outcomes: readonly { reason?: string }[]): DiagnosticInfo[] {
  if ((returnDiagnostics & WANTS_OPERATION_INFO) === 0 || outcomes.every(({ reason }) => reason === undefined))
    return [];
  return outcomes.map(({ reason }) => new DiagnosticInfo(reason === undefined ? {} : { additionalInfo: reason }));
}
