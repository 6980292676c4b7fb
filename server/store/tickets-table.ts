import type { QueuedTicket, Ticket, TicketPlace, TicketState } from '#contract/ticket.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** The most that a help queue shows at once. */
const MOST_QUEUED = 500;

/** Somebody still has to do something about these. */
const PENDING: readonly TicketState[] = ['open', 'taken'];

export type NewTicket = Omit<QueuedTicket, 'state' | 'answer' | 'answeredMs'>;

/** What participants ask people. Every promise of a change is fulfilled once it is durable. */
export class TicketsTable {
  constructor(private readonly store: Store) {}

  async add({ check, askedMs, plantUs, ...ticket }: NewTicket): Promise<void> {
    const row: Schema['tickets'] = {
      ...ticket,
      check_id: check ?? '',
      asked_ms: Math.round(askedMs),
      plant_us: plantUs,
      state: 'open',
      answer: '',
      answered_by: null,
      answered_ms: null,
    };
    await this.store.commits.write(undefined, (tx) => tx.insertInto('tickets').values(row).execute());
  }

  async find(id: string): Promise<QueuedTicket | undefined> {
    const row = await this.store.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
    return row && queued(row);
  }

  /** All of an attempt, oldest first, with how many of other participants wait before each that is open. */
  async ofAttempt(attempt: string): Promise<Ticket[]> {
    const rows = await this.store.db
      .selectFrom('tickets')
      .selectAll()
      .where('attempt', '=', attempt)
      .orderBy('asked_ms')
      .execute();
    return Promise.all(
      rows.map(async (row): Promise<Ticket> => {
        const ticket = queued(row);
        const { id, kind, step, check, text, askedMs, state, answer, answeredMs } = ticket;
        const shown = { id, kind, step, text, askedMs, state };
        return {
          ...shown,
          ...(check !== undefined && { check }),
          ...(state === 'open' && { before: await this.countBefore(ticket) }),
          ...(answer !== undefined && { answer }),
          ...(answeredMs !== undefined && { answeredMs }),
        };
      }),
    );
  }

  /** What waits for somebody, of all participants, oldest first; or what has one other state. */
  async inState(state: TicketState | undefined): Promise<QueuedTicket[]> {
    const rows = await this.store.db
      .selectFrom('tickets')
      .selectAll()
      .where('state', 'in', state === undefined ? PENDING : [state])
      .orderBy('asked_ms')
      .limit(MOST_QUEUED)
      .execute();
    return rows.map(queued);
  }

  async countPendingOf(participant: string): Promise<number> {
    const { count } = await this.store.db
      .selectFrom('tickets')
      .select((is) => is.fn.countAll<number>().as('count'))
      .where('participant', '=', participant)
      .where('state', 'in', PENDING)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** The pending ticket in one place of an attempt, if there is one. */
  async findPending(attempt: string, { kind, step, check }: TicketPlace): Promise<QueuedTicket | undefined> {
    const row = await this.store.db
      .selectFrom('tickets')
      .selectAll()
      .where('attempt', '=', attempt)
      .where('kind', '=', kind)
      .where('step', '=', step)
      .where('check_id', '=', check ?? '')
      .where('state', 'in', PENDING)
      .executeTakeFirst();
    return row && queued(row);
  }

  changeText(id: string, text: string): Promise<void> {
    return this.change(id, { text });
  }

  withdraw(id: string): Promise<void> {
    return this.change(id, { state: 'withdrawn' });
  }

  answer(id: string, state: TicketState, answer: string, by: string, nowMs: number): Promise<void> {
    const answered_ms = state === 'answered' ? Math.round(nowMs) : null;
    return this.change(id, { state, answer, answered_by: by, answered_ms });
  }

  private change(id: string, change: Partial<Schema['tickets']>): Promise<void> {
    return this.store.commits.write(undefined, (tx) =>
      tx.updateTable('tickets').set(change).where('id', '=', id).execute(),
    );
  }

  private async countBefore({ askedMs, participant }: Pick<QueuedTicket, 'askedMs' | 'participant'>): Promise<number> {
    const { count } = await this.store.db
      .selectFrom('tickets')
      .select((is) => is.fn.countAll<number>().as('count'))
      .where('state', '=', 'open')
      .where('asked_ms', '<', askedMs)
      .where('participant', '!=', participant)
      .executeTakeFirstOrThrow();
    return count;
  }
}

function queued(row: Schema['tickets']): QueuedTicket {
  const { id, kind, attempt, participant, lab, step, text, cell, run, state, answer } = row;
  return {
    ...{ id, kind, attempt, participant, lab, step, text, cell, run, state },
    askedMs: row.asked_ms,
    plantUs: row.plant_us,
    ...(row.check_id !== '' && { check: row.check_id }),
    ...(answer !== '' && { answer }),
    ...(row.answered_ms !== null && { answeredMs: row.answered_ms }),
  };
}
