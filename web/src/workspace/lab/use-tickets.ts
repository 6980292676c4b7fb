import type { Ticket, TicketPlace } from '#contract/ticket.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';

const LOOK_AGAIN_MS = 15_000;

export interface Tickets {
  /** The newest in a place that was not taken back. */
  readonly find: (place: TicketPlace) => Ticket | undefined;
  readonly ask: (place: TicketPlace, text: string) => Promise<void>;
  readonly withdraw: (place: TicketPlace) => Promise<void>;
}

/** What was asked of people in an attempt. While somebody is to answer, it looks again by itself. */
export function useTickets(attempt: string): Tickets {
  const asked = useAsk(
    useCallback((signal: AbortSignal) => call('tickets', { params: { attempt }, signal }), [attempt]),
  );
  const [told, setTold] = useState<{ readonly by: unknown; readonly tickets: readonly Ticket[] }>();
  const tickets = told && told.by === asked.answer ? told.tickets : asked.answer;
  const isPending = tickets?.some(({ state }) => state === 'open' || state === 'taken') ?? false;
  const { ask: lookAgain, answer } = asked;
  useEffect(() => {
    if (!isPending) return undefined;
    const timer = setInterval(() => !document.hidden && lookAgain(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isPending, lookAgain]);

  return useMemo(() => {
    const params = { attempt };
    return {
      find: ({ kind, step, check }) =>
        tickets?.findLast(
          (one) => one.kind === kind && one.step === step && one.check === check && one.state !== 'withdrawn',
        ),
      async ask(place, text) {
        setTold({ by: answer, tickets: await call('askTicket', { params, body: { ...place, text } }) });
      },
      async withdraw(place) {
        setTold({ by: answer, tickets: await call('withdrawTicket', { params, body: place }) });
      },
    };
  }, [attempt, tickets, answer]);
}
