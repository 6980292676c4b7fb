import { z } from 'zod';
import { Curriculum } from './curriculum.ts';
import { RecordedAttempt } from './lab-record.ts';
import { AttemptView, LabSummary, SaveAnswers, StartAttempt, StepResult } from './lab-view.ts';
import { Me } from './participant.ts';
import { ServedFile } from './served-file.ts';
import { Language } from './text.ts';
import { AskTicket, Ticket, TicketPlace } from './ticket.ts';
import { Whereabouts } from './whereabouts.ts';
import { mine, route } from './route.ts';

const InLanguage = z.object({ language: Language.default('en') });

/** Labs, attempts and what belongs to them. */
export const labRoutes = {
  labs: route({
    method: 'GET',
    path: '/labs',
    summary: 'The labs there are.',
    roles: ['anyone'],
    query: InLanguage,
    answer: z.array(LabSummary),
  }),
  curriculum: route({
    method: 'GET',
    path: '/curriculum',
    summary: 'Areas and learning paths, and what the helper asks to propose a path.',
    roles: ['anyone'],
    query: InLanguage,
    answer: Curriculum,
  }),
  lab: route({
    method: 'GET',
    path: '/labs/:area/:lab',
    summary: 'One lab.',
    roles: ['anyone'],
    query: InLanguage,
    answer: LabSummary,
  }),
  startAttempt: route({
    method: 'POST',
    path: '/attempts',
    summary: 'Starts a lab on a new current cell; wire sessions of the old one are closed.',
    roles: mine,
    query: InLanguage,
    body: StartAttempt,
    answer: AttemptView,
  }),
  record: route({
    method: 'GET',
    path: '/attempts',
    summary: 'What I have done: all attempts, with what each check came to, newest first.',
    roles: mine,
    query: InLanguage,
    answer: z.array(RecordedAttempt),
  }),
  resume: route({
    method: 'POST',
    path: '/attempts/:attempt/resume',
    summary: 'Goes on with an attempt: its cell is the current one again; wire sessions of the other are closed.',
    roles: mine,
    answer: Me,
  }),
  attempt: route({
    method: 'GET',
    path: '/attempts/:attempt',
    summary: 'An attempt with its steps, answers and results.',
    roles: mine,
    query: InLanguage,
    answer: AttemptView,
  }),
  saveAnswers: route({
    method: 'PUT',
    path: '/attempts/:attempt/answers/:step',
    summary: 'Stores the answers of a step as typed and says what was understood.',
    roles: mine,
    query: InLanguage,
    body: SaveAnswers,
    answer: AttemptView.shape.answers.valueType,
  }),
  checkStep: route({
    method: 'POST',
    path: '/attempts/:attempt/steps/:step/check',
    summary: 'Judges one step and stores the result.',
    roles: mine,
    query: InLanguage,
    answer: StepResult,
  }),
  showHint: route({
    method: 'POST',
    path: '/attempts/:attempt/steps/:step/hint',
    summary: 'Shows the next hint of a step.',
    roles: mine,
    query: InLanguage,
    answer: StepResult,
  }),
  picture: route({
    method: 'GET',
    path: '/attempts/:attempt/pictures/:picture',
    summary: 'A picture that the guide of an attempt shows, by the hash of what is in it.',
    roles: mine,
    answer: ServedFile,
    serves: ['image/svg+xml', 'image/png', 'image/jpeg'],
  }),
  resetStep: route({
    method: 'POST',
    path: '/attempts/:attempt/steps/:step/reset',
    summary: 'Begins a step anew: its answers are cleared. Tries, hints, evidence and what has passed stay.',
    roles: mine,
    query: InLanguage,
    answer: StepResult,
  }),
  whereabouts: route({
    method: 'GET',
    path: '/attempts/:attempt/whereabouts',
    summary: 'Where I was in an attempt: open step, view, station, signal.',
    roles: mine,
    answer: Whereabouts,
  }),
  putWhereabouts: route({
    method: 'PUT',
    path: '/attempts/:attempt/whereabouts',
    summary: 'Keeps where I am in an attempt.',
    roles: mine,
    body: Whereabouts,
    answer: Whereabouts,
  }),
  tickets: route({
    method: 'GET',
    path: '/attempts/:attempt/tickets',
    summary: 'Help and reviews that I asked for in an attempt, with what came of them.',
    roles: mine,
    answer: z.array(Ticket),
  }),
  askTicket: route({
    method: 'PUT',
    path: '/attempts/:attempt/tickets',
    summary: 'Asks a person for help in a step, or for a review of what a check came to.',
    roles: mine,
    body: AskTicket,
    answer: z.array(Ticket),
  }),
  withdrawTicket: route({
    method: 'POST',
    path: '/attempts/:attempt/tickets/withdraw',
    summary: 'Takes back what was asked and still waits.',
    roles: mine,
    body: TicketPlace,
    answer: z.array(Ticket),
  }),
} as const;
