import { z } from 'zod';
import { Me, SignIn } from './participant.ts';
import { Report, ReportReceipt } from './report.ts';
import { AnswerTicket, QueuedTicket, TicketState } from './ticket.ts';
import { mine, route } from './route.ts';

/** The server itself, who comes to it, and what people ask of each other. */
export const peopleRoutes = {
  health: route({
    method: 'GET',
    path: '/healthz',
    summary: 'Is the server up?',
    roles: ['anyone'],
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
  }),
  openapi: route({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This table as OpenAPI 3.1.',
    roles: ['anyone'],
    answer: z.unknown(),
  }),
  tryIt: route({
    method: 'POST',
    path: '/try',
    summary: 'Opens an anonymous participant with a cell of their own and signs in.',
    roles: ['anyone'],
    answer: Me,
  }),
  signIn: route({
    method: 'POST',
    path: '/sign-in',
    summary: 'Signs another browser in with name and key.',
    roles: ['anyone'],
    body: SignIn,
    answer: Me,
  }),
  me: route({
    method: 'GET',
    path: '/me',
    summary: 'Who am I, which key do I have, where does it lead?',
    roles: mine,
    answer: Me,
  }),
  renewKey: route({
    method: 'POST',
    path: '/me/key',
    summary: 'A new key: closes all sessions of mine on OPC UA and MQTT, and signs my other browsers out.',
    roles: mine,
    answer: Me,
  }),
  ticketQueue: route({
    method: 'GET',
    path: '/tickets',
    summary: 'What participants ask for and nobody has answered, oldest first; or those in another state.',
    roles: ['teacher'],
    query: z.object({ state: TicketState.optional() }),
    answer: z.array(QueuedTicket),
  }),
  answerTicket: route({
    method: 'PUT',
    path: '/tickets/:ticket',
    summary: 'Takes a ticket, gives it back, or answers it.',
    roles: ['teacher'],
    body: AnswerTicket,
    answer: QueuedTicket,
  }),
  report: route({
    method: 'POST',
    path: '/reports',
    summary: 'Reports a barrier to whoever runs this server.',
    roles: ['anyone'],
    body: Report,
    answer: ReportReceipt,
  }),
} as const;
