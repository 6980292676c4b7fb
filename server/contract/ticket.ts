import { z } from 'zod';

/** What a ticket asks a person for: a hand in a step, or a second look at what a check came to. */
export const TicketKind = z.enum(['help', 'review']);
export type TicketKind = z.infer<typeof TicketKind>;

/** `taken` says that somebody looks at it; `withdrawn` by who asked, or because another ticket replaced it. */
export const TicketState = z.enum(['open', 'taken', 'answered', 'withdrawn']);
export type TicketState = z.infer<typeof TicketState>;

const Words = z.string().trim().max(2_000);

/** What a participant asks. A second one of the same kind in the same place changes the words of the first. */
export const AskTicket = z
  .object({
    kind: TicketKind,
    step: z.string().max(64),
    /** Of a review: the check. */
    check: z.string().max(64).optional(),
    text: Words.default(''),
  })
  .refine(({ kind, check }) => (kind === 'review') === (check !== undefined), {
    message: 'a review names its check, and help does not',
  });
export type AskTicket = z.infer<typeof AskTicket>;

/** Which of the own tickets of an attempt. */
export const TicketPlace = z.object({
  kind: TicketKind,
  step: z.string().max(64),
  check: z.string().max(64).optional(),
});
export type TicketPlace = z.infer<typeof TicketPlace>;

/** A ticket as who asked sees it. Instants of the wall in ms since 1970. */
export const Ticket = z.object({
  id: z.string(),
  ...TicketPlace.shape,
  text: z.string(),
  askedMs: z.number(),
  state: TicketState,
  /** How many others were there before, while it waits. */
  before: z.number().int().optional(),
  answer: z.string().optional(),
  answeredMs: z.number().optional(),
});
export type Ticket = z.infer<typeof Ticket>;

/** A ticket as whoever helps sees it, with the moment of the line at which it was asked. */
export const QueuedTicket = z.object({
  ...Ticket.omit({ before: true }).shape,
  participant: z.string(),
  attempt: z.string(),
  lab: z.string(),
  cell: z.string(),
  run: z.number().int(),
  /** Plant time, us since the start of the run. */
  plantUs: z.number(),
});
export type QueuedTicket = z.infer<typeof QueuedTicket>;

export const AnswerTicket = z.object({ state: z.enum(['open', 'taken', 'answered']), answer: Words.default('') });
export type AnswerTicket = z.infer<typeof AnswerTicket>;
