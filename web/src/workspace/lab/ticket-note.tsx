import type { TicketPlace } from '#contract/ticket.ts';
import { useCallback } from 'react';
import { wallDayTime } from '../../i18n/format.ts';
import * as family from '../../i18n/words/tickets.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { announce } from '../../ui/announcer.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { AskButton } from './ticket-dialog.tsx';
import type { Tickets } from './use-tickets.ts';

interface TicketNoteProps {
  readonly place: TicketPlace;
  readonly about: string;
  readonly tickets: Tickets;
}

/** What came of a ticket so far; nothing where none was asked. */
export function TicketNote({ place, about, tickets }: TicketNoteProps) {
  const f = useFamily(family);
  const { language } = useWords();
  const ticket = tickets.find(place);
  const withdraw = useDeed(
    useCallback(async () => {
      await tickets.withdraw(place);
      announce(f('withdrawn'));
    }, [tickets, place, f]),
  );
  if (!ticket) return null;
  const { kind, state, text, before, answer, askedMs, answeredMs } = ticket;
  return (
    <div className="ticket note">
      <p>{state === 'answered' ? f('answered', { time: wallDayTime(answeredMs ?? askedMs, language) }) : standing()}</p>
      {answer && <p>{answer}</p>}
      {text && state !== 'answered' && <p className="muted">{f('yours', { text })}</p>}
      {state !== 'answered' && (
        <div className="row tight">
          <AskButton {...{ place, about, tickets }} className="btn sm" />
          <DeedButton className="btn sm" isRunning={withdraw.isRunning} onPress={() => void withdraw.run()}>
            {f('withdraw')}
          </DeedButton>
        </div>
      )}
      <ProblemNote problem={withdraw.problem} />
    </div>
  );

  function standing(): string {
    const asked = f(`${kind}Open`, { time: wallDayTime(askedMs, language) });
    if (state === 'taken') return `${asked} ${f(`${kind}Taken`)}`;
    return `${asked} ${before ? f('before', { count: before }) : f('first')}`;
  }
}
