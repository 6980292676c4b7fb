import type { Tickets } from '#server/classroom/tickets.ts';
import type { Handlers } from './endpoint.ts';

type TicketRoutes = 'tickets' | 'askTicket' | 'withdrawTicket' | 'ticketQueue' | 'answerTicket';

/** /api/attempts/:attempt/tickets for who asks, /api/tickets for who answers. */
export function ticketHandlers(tickets: Tickets): Handlers<TicketRoutes> {
  return {
    tickets: ({ params, caller }) => tickets.of(caller.participant.id, params.attempt),

    askTicket: ({ params, body, caller }) => tickets.ask(caller.participant.id, params.attempt, body),

    withdrawTicket: ({ params, body, caller }) => tickets.withdraw(caller.participant.id, params.attempt, body),

    ticketQueue: ({ query }) => tickets.queue(query.state),

    answerTicket: ({ params, body, caller }) => tickets.answer(caller.participant.id, params.ticket, body),
  };
}
