import type { TicketPlace } from '#contract/ticket.ts';
import { useCallback, useId, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import * as family from '../../i18n/words/tickets.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Modal } from '../../ui/modal.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { Tickets } from './use-tickets.ts';

interface TicketDialogProps {
  readonly place: TicketPlace;
  /** What it is about, in the words of the lab. */
  readonly about: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly tickets: Tickets;
  readonly onClose: () => void;
}

/** Says who will see what, and takes the words. */
function TicketDialog({ place, about, text, onText, tickets, onClose }: TicketDialogProps) {
  const f = useFamily(family);
  const { t } = useWords();
  const id = useId();
  const { kind } = place;
  const send = useDeed(
    useCallback(async () => {
      await tickets.ask(place, text.trim());
      announce(f('sent'));
      onClose();
    }, [tickets, place, text, f, onClose]),
  );
  return (
    <Modal title={f(`${kind}Title`)} onClose={onClose}>
      <p>
        <strong>{about}</strong>
      </p>
      <p>{f(`${kind}Text`)}</p>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void send.run();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{f(`${kind}Label`)}</label>
          <textarea
            id={id}
            className="input words"
            rows={4}
            maxLength={2000}
            value={text}
            aria-describedby={`${id}-note`}
            onChange={(event) => onText(event.target.value)}
          />
          <span id={`${id}-note`} className="muted small">
            {f('optional')}
          </span>
        </div>
        <ProblemNote problem={send.problem} />
        <div className="row acts">
          <Button className="btn" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <DeedButton className="btn primary" type="submit" isRunning={send.isRunning}>
            {send.isRunning ? f('sending') : f('send')}
          </DeedButton>
        </div>
      </Form>
    </Modal>
  );
}

interface AskButtonProps extends Pick<TicketDialogProps, 'place' | 'about' | 'tickets'> {
  readonly className: string;
}

/** Opens the dialog, until there is something to wait for. Words that were not sent are there when it opens again. */
export function AskButton({ place, about, tickets, className }: AskButtonProps) {
  const f = useFamily(family);
  const [isOpen, setOpen] = useState(false);
  const ticket = tickets.find(place);
  const [text, setText] = useState<string>();
  const isPending = ticket?.state === 'open' || ticket?.state === 'taken';
  const name = place.kind === 'help' ? f('askHelp') : f('askReview');
  return (
    <>
      <Button
        className={className}
        {...(place.kind === 'review' && !isPending && { 'aria-label': f('askReviewOf', { aim: about }) })}
        onPress={() => setOpen(true)}
      >
        {isPending ? f('change') : name}
      </Button>
      {isOpen && (
        <TicketDialog
          {...{ place, about, tickets }}
          text={text ?? (isPending ? ticket.text : '')}
          onText={setText}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
