import { randomBytes } from 'node:crypto';
import type { ClockState } from '#contract/clock.ts';
import type { AttemptView } from '#contract/lab-view.ts';
import type { AnswerTicket, AskTicket, QueuedTicket, Ticket, TicketPlace, TicketState } from '#contract/ticket.ts';
import { AppError } from '#server/errors.ts';
import type { TicketsTable } from '#server/store/tickets-table.ts';

export interface TicketsOptions {
  readonly table: TicketsTable;
  /** The attempt of a participant; a stranger's does not exist. */
  readonly attempt: (participant: string, id: string) => Promise<AttemptView>;
  readonly clock: (cell: string) => Promise<ClockState>;
  /** Wall time in ms since 1970. */
  readonly now: () => number;
}

/** Nobody waits for more answers than that; it keeps one participant from filling the queue of all. */
const MOST_PENDING = 30;

/** Help and reviews that participants ask for, and what people answer. */
export class Tickets {
  constructor(private readonly options: TicketsOptions) {}

  async of(participant: string, attempt: string): Promise<Ticket[]> {
    await this.options.attempt(participant, attempt);
    return this.options.table.ofAttempt(attempt);
  }

  /** Asks, or changes the words of what was asked in the same place and still waits. Answers all of the attempt. */
  async ask(participant: string, id: string, { text, ...place }: AskTicket): Promise<Ticket[]> {
    const { table, clock, now } = this.options;
    const attempt = await this.options.attempt(participant, id);
    requirePlace(attempt, place);
    const pending = await table.findPending(id, place);
    if (pending) {
      await table.changeText(pending.id, text);
      return table.ofAttempt(id);
    }
    if ((await table.countPendingOf(participant)) >= MOST_PENDING) {
      const message = `You wait for ${MOST_PENDING} answers already.`;
      throw new AppError('too_many_tickets', message, 'Withdraw one that you no longer need.', 409);
    }
    const { run, simUs: plantUs } = await clock(attempt.cell);
    await table.add({
      ...place,
      ...{ text, participant, run, plantUs, attempt: id, lab: attempt.lab.id, cell: attempt.cell },
      id: `t-${randomBytes(8).toString('hex')}`,
      askedMs: now(),
    });
    return table.ofAttempt(id);
  }

  /** What is not asked, or was answered, is left as it is. */
  async withdraw(participant: string, id: string, place: TicketPlace): Promise<Ticket[]> {
    const { table } = this.options;
    await this.options.attempt(participant, id);
    const pending = await table.findPending(id, place);
    if (pending) await table.withdraw(pending.id);
    return table.ofAttempt(id);
  }

  queue(state: TicketState | undefined): Promise<QueuedTicket[]> {
    return this.options.table.inState(state);
  }

  /** Takes a ticket, gives it back, or answers it in words. A withdrawn one stays withdrawn. */
  async answer(teacher: string, id: string, { state, answer }: AnswerTicket): Promise<QueuedTicket> {
    const { table, now } = this.options;
    const ticket = await table.find(id);
    if (!ticket) throw new AppError('unknown_ticket', `There is no ticket "${id}".`, 'See GET /api/tickets.', 404);
    if (ticket.state === 'withdrawn') {
      const hint = 'Nothing is left to do: whoever asked needs no answer any more.';
      throw new AppError('ticket_withdrawn', 'The ticket was withdrawn.', hint, 409);
    }
    if (state === 'answered' && answer === '')
      throw new AppError('no_answer', 'The answer is empty.', 'Say in a sentence what you found.');
    await table.answer(id, state, answer, teacher, now());
    return (await table.find(id))!;
  }
}

function requirePlace({ steps, results }: AttemptView, { kind, step: id, check }: TicketPlace): void {
  const step = steps.find((one) => one.id === id);
  if (!step) throw new AppError('unknown_step', `The lab has no step "${id}".`, 'See the steps of the attempt.', 404);
  if (kind === 'help') return;
  if (!step.checks.some((one) => one.id === check))
    throw new AppError('unknown_check', `The step has no check "${check}".`, 'See `checks` of the step.', 404);
  const isJudged = results.some((result) => result.step === id && result.verdicts.some((one) => one.check === check));
  if (isJudged) return;
  throw new AppError('not_judged', 'This check has not been judged yet.', 'Press Check first.', 409);
}
