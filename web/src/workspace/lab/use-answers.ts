import type { AnswerEcho, StepView } from '#contract/lab-view.ts';
import { answerBook, useAnswerBook } from '../../live/answer-book.ts';
import { useContact } from '../../live/contact.ts';

/** A field as it stands now. */
export interface Field {
  readonly text: string;
  /** What was understood of just this text; undefined while the server has not seen it. */
  readonly echo: AnswerEcho | undefined;
  /** `kept` waits for contact. */
  readonly state: 'saved' | 'saving' | 'kept';
  readonly type: (text: string) => void;
}

export interface StepAnswers {
  readonly field: (ask: string) => Field;
  /** Fulfilled once the server has all that was typed. */
  readonly flush: () => Promise<void>;
}

/** The answers of a step in the answer book; every word of the book renders them again. */
export function useAnswers(attempt: string, step: StepView): StepAnswers {
  useAnswerBook();
  const contact = useContact();
  const isOnItsWay = contact === 'well' && answerBook.problemOf(attempt) === undefined;
  return {
    field(ask) {
      const place = { attempt, step: step.id, ask };
      const text = answerBook.textOf(place);
      const echo = answerBook.echoOf(place);
      const waits = isOnItsWay ? 'saving' : 'kept';
      return {
        text,
        echo: echo?.typed === text ? echo : undefined,
        state: answerBook.isUnsent(place) ? waits : 'saved',
        type: (typed) => answerBook.type(place, typed),
      };
    },
    flush: () => answerBook.flush(attempt),
  };
}
