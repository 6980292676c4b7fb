import { LocalizedText, type ServerSession } from 'node-opcua';
import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import type { NewEvidence } from '#contract/evidence.ts';
import type { Language } from '#contract/text.ts';
import type { CellListener, LiveCell, Principal } from '#server/cells/live-cell.ts';
import type { Occurrence } from '#server/cells/occurrence.ts';
import { postureEvent, reasonOf, refuseCommand } from '#server/cells/posture.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { commandEvent } from './audit-events.ts';
import { EventFeed } from './event-feed.ts';
import { EventJournal } from './event-journal.ts';
import { type EventRead, HistoryCursors, type ValueRead } from './history-cursors.ts';
import { ItemLedger } from './item-ledger.ts';
import type { LineNode } from './line-node.ts';
import type { ModelView } from './model-view.ts';
import type { PlantEvent } from './plant-event.ts';
import { Sampler } from './sampler.ts';

/** How a session came in. */
export interface Entrance {
  readonly client: 'own' | 'pane';
  /** `Basic256Sha256`, as in the name of the policy. */
  readonly policy: string;
  /** `SignAndEncrypt` */
  readonly mode: string;
  /** SHA-1 of the client certificate, as hex digits. */
  readonly thumbprint?: string;
}

/** Begins an entry of evidence with who did it. */
type Deed = NewEvidence extends infer E ? (E extends { session: string } ? Omit<E, keyof Who> : never) : never;
interface Who {
  readonly participant: string;
  readonly client: 'own' | 'pane';
  readonly session: string;
}

/** A session of a participant in their cell, from ActivateSession until it is closed. While it lasts the cell is awake. */
export class Visit {
  readonly key: string;
  readonly participant: string;
  readonly cell: LiveCell;
  readonly sampler: Sampler;
  readonly items: ItemLedger;
  readonly events = new EventFeed(this);
  readonly cursors = new HistoryCursors<ValueRead>(100);
  /** Each holds a filter. */
  readonly eventCursors = new HistoryCursors<EventRead>(20);
  language: Language = 'en';
  lastRefusal = '';
  /** Tells all sessions of the cell. */
  tellCell: (event: PlantEvent) => void = () => {};
  /** What sessions of the cell were told that its history does not tell. */
  journal: EventJournal = new EventJournal();
  private readonly forget: () => void;

  constructor(
    readonly session: ServerSession,
    { participant, cell }: Principal,
    /** That of the newest ActivateSession. */
    public entrance: Entrance,
    readonly view: ModelView,
    /** The wall clock of the server, ms since 1970. */
    readonly now: () => number,
    /** With an error: it is a bug, and this session's alone. */
    close: (reason: string, error?: unknown) => void,
    isLetIn: (entrance: Entrance) => boolean = () => true,
  ) {
    this.key = String(session.nodeId.value);
    this.participant = participant;
    this.cell = cell;
    this.sampler = new Sampler(cell, now);
    this.items = new ItemLedger(this);
    const evaluate = () => this.sampler.evaluate();
    const changed = postureEvent(cell);
    const happened = (occurrence: Occurrence): void => {
      this.events.happened(occurrence);
      if (occurrence.event === changed && !isLetIn(this.entrance)) close('The security posture of the cell changed.');
    };
    const commanded: NonNullable<CellListener['commanded']> = (order, actor, result) => {
      if (actor.via === 'opcua') return;
      const event = commandEvent(this, order, actor, result);
      this.journal.keep(cell, event);
      this.events.tell(event);
    };
    const expelled: CellListener['expelled'] = (whom, reason) => {
      if (whom === participant) close(reason);
    };
    const contained =
      <A extends unknown[]>(hear: (...given: A) => void) =>
      (...given: A): void => {
        try {
          hear(...given);
        } catch (error) {
          close('a failure of the server itself', error);
        }
      };
    const heard = {
      ...{ advanced: contained(evaluate), clockChanged: contained(evaluate), happened: contained(happened) },
      ...{ commanded: contained(commanded), closed: (reason: string) => close(reason), expelled },
    };
    this.forget = cell.listen(heard);
    const { policy, mode } = entrance;
    this.record({ kind: 'opcua.session', policy, mode });
  }

  get actor(): Actor {
    return { actor: this.participant, via: 'opcua' };
  }

  /** Source time of what never changes in a cell: its start, ms since 1970. */
  get startMs(): number {
    return this.cell.epochMs(0);
  }

  /** Plant time as of the last advance, ms since 1970. */
  nowMs(): number {
    return this.cell.epochMs(this.cell.clock.simUs);
  }

  displayName(node: LineNode): LocalizedText {
    return new LocalizedText({ locale: this.language, text: this.view.appearance(node).name[this.language] });
  }

  description(node: LineNode): LocalizedText {
    const text = this.view.appearance(node).about?.[this.language] ?? '';
    return new LocalizedText({ locale: this.language, text });
  }

  sample(path: string): Sample {
    return this.cell.sample(this.view.signal(path).index);
  }

  /** The present value of a parameter. All cells of a model share one window; reading a sample slides it to this cell. */
  setting(path: string): unknown {
    this.cell.version(0);
    return this.cell.model.targets.get(path)?.read?.();
  }

  command(request: CommandRequest): Promise<CommandResult> {
    const { id, target } = request;
    const isProtected = this.entrance.policy !== 'None';
    const denial = refuseCommand(this.cell, target, { via: 'opcua', isProtected });
    if (!denial) return this.cell.command(request, this.actor);
    const reason = reasonOf(denial);
    this.refused(target, reason);
    return Promise.resolve({ id, atUs: this.cell.clock.simUs, status: 'not_allowed', reason });
  }

  get who(): Who {
    return { participant: this.participant, client: this.entrance.client, session: this.key };
  }

  record(deed: Deed): void {
    this.cell.record({ ...deed, ...this.who });
  }

  refused(what: string, reason: string): void {
    this.lastRefusal = reason;
    this.cell.record({ kind: 'refusal', participant: this.participant, via: 'opcua', what, reason });
  }

  /** After it the cell may sleep. Call it once. */
  leave(): void {
    this.record({ kind: 'opcua.closed' });
    this.forget();
  }
}
