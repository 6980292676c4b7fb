import { type EndpointDescription, type ServerSession, type StatusCode, StatusCodes } from 'node-opcua';
import type { Language } from '#contract/text.ts';
import type { Doorkeeper, Principal } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';
import type { Gate } from './gate.ts';
import { activationEvent } from './audit-events.ts';
import { EventJournal } from './event-journal.ts';
import type { LineDefinition } from './line-definition.ts';
import type { LineNode } from './line-node.ts';
import { type ModelView, modelView } from './model-view.ts';
import { thumbprintOf } from './posture-gate.ts';
import { type Entrance, Visit } from './visit.ts';

const MOST_SESSIONS_OF_ONE = 10;

export interface FrontDeskOptions {
  readonly doorkeeper: Doorkeeper;
  readonly definitions: readonly LineDefinition[];
  readonly nodes: ReadonlyMap<string, LineNode>;
  readonly now: () => number;
  /** Part of the session name of the workspace's own client. */
  readonly paneSecret: string;
  readonly gate?: Gate;
  /** Ends a session, its subscriptions with it; for an error if there is one. */
  readonly close: (session: ServerSession, reason: string, error?: unknown) => void;
}

/** Knows whose session is whose. */
export class FrontDesk {
  private readonly visits = new Map<object, Visit>();
  private readonly admitted = new WeakMap<object, Principal>();
  private readonly languages = new WeakMap<object, Language>();
  private readonly views = new WeakMap<object, ModelView>();
  private readonly journal = new EventJournal();

  constructor(private readonly options: FrontDeskOptions) {}

  readonly find = (session: object | null | undefined): Visit | undefined =>
    session ? this.visits.get(session) : undefined;

  /** True if name and key are good; whether the session may enter is for `receive` to say. */
  async admit(session: ServerSession, userName: string, key: string): Promise<boolean> {
    const principal = await this.options.doorkeeper.admit(userName, key);
    if (!principal) return false;
    this.admitted.set(session, principal);
    return true;
  }

  /** Lets an admitted session in, or says why not. */
  receive(session: ServerSession): StatusCode {
    const principal = this.admitted.get(session);
    if (!principal) return StatusCodes.BadUserAccessDenied;
    const entrance = this.entrance(session);
    const admitted = this.options.gate?.admit(principal, entrance) ?? StatusCodes.Good;
    if (admitted.isNotGood()) return admitted;
    const visit = this.visits.get(session);
    if (visit) {
      const isSame = visit.participant === principal.participant && visit.cell === principal.cell;
      if (!isSame) return StatusCodes.BadIdentityChangeNotSupported;
      visit.entrance = entrance;
      this.tellActivation(visit);
      return StatusCodes.Good;
    }
    if (!this.hasRoomFor(principal.participant)) return StatusCodes.BadTooManySessions;
    try {
      this.visits.set(session, this.enter(session, principal));
      return StatusCodes.Good;
    } catch (error) {
      if (error instanceof AppError) return StatusCodes.BadResourceUnavailable;
      throw error;
    }
  }

  offer(participant: string, endpoints: EndpointDescription[]): EndpointDescription[] {
    return this.options.gate?.offer(participant, endpoints) ?? endpoints;
  }

  /** Remembers in which language a session wants its texts: the first of its locales that we have. */
  prefer(session: ServerSession, localeIds: readonly (string | null)[]): void {
    const wanted = localeIds.map((locale) => locale?.slice(0, 2).toLowerCase()).find(isLanguage);
    if (wanted === undefined) return;
    this.languages.set(session, wanted);
    const visit = this.visits.get(session);
    if (visit) visit.language = wanted;
  }

  leave(session: ServerSession): void {
    this.visits.get(session)?.leave();
    this.visits.delete(session);
  }

  private enter(session: ServerSession, principal: Principal): Visit {
    const { close, now } = this.options;
    const leave = (reason: string, error?: unknown): void => {
      close(session, reason, error);
    };
    const isLetIn = (entrance: Entrance): boolean => this.options.gate?.admit(principal, entrance).isGood() ?? true;
    const visit = new Visit(session, principal, this.entrance(session), this.viewOf(principal), now, leave, isLetIn);
    visit.language = this.languages.get(session) ?? 'en';
    visit.journal = this.journal;
    visit.tellCell = (event) => {
      this.journal.keep(visit.cell, event);
      for (const other of this.visits.values()) if (other.cell === visit.cell) other.events.tell(event);
    };
    this.tellActivation(visit);
    return visit;
  }

  private entrance({ sessionName, channel }: ServerSession): Entrance {
    const policy = String(channel?.securityPolicy).split('#')[1] ?? 'None';
    const mode = securityModes[channel?.securityMode ?? 1];
    const thumbprint = thumbprintOf(channel?.clientCertificate);
    return {
      client: sessionName.includes(this.options.paneSecret) ? 'pane' : 'own',
      ...{ policy, mode, ...(thumbprint !== undefined && { thumbprint }) },
    };
  }

  private viewOf({ cell: { model } }: Principal): ModelView {
    const known = this.views.get(model);
    if (known) return known;
    const { definitions, nodes } = this.options;
    const view = modelView(model, definitions, nodes);
    this.views.set(model, view);
    return view;
  }

  /** To the participant's own sessions, this one with them. */
  private tellActivation(visit: Visit): void {
    const event = activationEvent(visit);
    this.journal.keep(visit.cell, event, visit.participant);
    for (const { participant, cell, events } of this.visits.values()) {
      if (participant === visit.participant && cell === visit.cell) events.tell(event);
    }
  }

  /** Makes room if it must, by ending a session whose client is gone, never one that is connected. */
  private hasRoomFor(participant: string): boolean {
    const own = [...this.visits.values()].filter((visit) => visit.participant === participant);
    if (own.length < MOST_SESSIONS_OF_ONE) return true;
    const gone = own.find(({ session }) => session.aborted);
    if (!gone) return false;
    this.options.close(gone.session, 'Another session of the same participant needed its place.');
    return true;
  }
}

const securityModes = ['Invalid', 'None', 'Sign', 'SignAndEncrypt'] as const;

const isLanguage = (locale: string | undefined): locale is Language => locale === 'en' || locale === 'sv';
