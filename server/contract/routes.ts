import { z } from 'zod';
import { CaptureRequest, CaptureResult, CaptureView } from './capture.ts';
import { CellView } from './cell-view.ts';
import { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from './clock.ts';
import { CommandRequest, CommandResult } from './command.ts';
import { Configuration } from './configuration.ts';
import { Curriculum } from './curriculum.ts';
import { HistoryTable, HistoryTableRequest } from './history-table.ts';
import { HappeningView, HistoryRequest, HistoryResult } from './history.ts';
import { RecordedAttempt } from './lab-record.ts';
import { AttemptView, LabSummary, SaveAnswers, StartAttempt, StepResult } from './lab-view.ts';
import { Moment, MomentRequest } from './moment.ts';
import {
  PaneAbilities,
  PaneCall,
  PaneConditionDeed,
  PaneEvents,
  PaneHistory,
  PaneHistoryRequest,
  PaneNodeId,
  PaneOutcome,
  PaneWatch,
  PaneWrite,
} from './opcua-pane-deeds.ts';
import { PaneAttribute, PaneConnect, PaneNode, PaneState, PaneSubscribe } from './opcua-pane.ts';
import { Me, SignIn } from './participant.ts';
import { Report, ReportReceipt } from './report.ts';
import { RuleTrial, RuleTrialRequest } from './rules.ts';
import { ServedFile } from './served-file.ts';
import { SqlFormat, SqlRequest, SqlResult } from './sql.ts';
import { Language } from './text.ts';
import { AnswerTicket, AskTicket, QueuedTicket, Ticket, TicketPlace, TicketState } from './ticket.ts';
import { WhatIfRequest, WhatIfResult } from './what-if.ts';
import { Whereabouts } from './whereabouts.ts';

/** Who may call a route. `anyone` needs no login. */
export type Role = 'anyone' | 'participant' | 'teacher';

/** One route: Express, the OpenAPI document, the browser's client and the route x role tests all derive from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** What it can answer beside JSON, by `Accept` or `?format=`. */
  readonly alsoAs?: Readonly<Record<string, string>>;
  /** Content types of a route that answers with a file, see `ServedFile`, and never with JSON. */
  readonly serves?: readonly string[];
}

const mine: readonly Role[] = ['participant', 'teacher'];
const InLanguage = z.object({ language: Language.default('en') });
const route = <const R extends Route>(made: R): R => made;

export const routes = {
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
  cell: route({
    method: 'GET',
    path: '/cells/:cell',
    summary: 'The public part of a cell: stations, signals, ways, addresses.',
    roles: mine,
    answer: CellView,
  }),
  clock: route({
    method: 'GET',
    path: '/cells/:cell/clock',
    summary: 'The clock of a cell.',
    roles: mine,
    answer: ClockState,
  }),
  history: route({
    method: 'POST',
    path: '/cells/:cell/history',
    summary: 'Recomputed samples of signals in a window.',
    roles: mine,
    body: HistoryRequest,
    answer: HistoryResult,
  }),
  historyTable: route({
    method: 'GET',
    path: '/cells/:cell/history',
    summary: 'The same as a table by its address alone, for tools that read a URL.',
    roles: mine,
    query: HistoryTableRequest,
    answer: HistoryTable,
    alsoAs: { csv: 'text/csv' },
  }),
  happenings: route({
    method: 'GET',
    path: '/cells/:cell/events',
    summary: 'What happened in the plant, newest last.',
    roles: mine,
    query: z.object({
      fromUs: z.coerce.number().nonnegative(),
      toUs: z.coerce.number().nonnegative(),
      event: z.string().max(100).default('*'),
    }),
    answer: z.object({ events: z.array(HappeningView), truncated: z.boolean() }),
  }),
  captures: route({
    method: 'GET',
    path: '/cells/:cell/captures',
    summary: 'What can be taken of the stations on demand: waveforms, curves, pictures, documents.',
    roles: mine,
    answer: z.array(CaptureView),
  }),
  capture: route({
    method: 'GET',
    path: '/cells/:cell/captures/:capture',
    summary: 'Takes one now, or as it was at a past plant time.',
    roles: mine,
    query: CaptureRequest,
    answer: CaptureResult,
    alsoAs: { csv: 'text/csv', png: 'image/png' },
  }),
  tryRule: route({
    method: 'POST',
    path: '/cells/:cell/rules/trials',
    summary: 'When a rule would have fired, had the line had it.',
    roles: mine,
    body: RuleTrialRequest,
    answer: RuleTrial,
  }),
  sql: route({
    method: 'POST',
    path: '/cells/:cell/sql',
    summary: 'One SELECT of SQLite over a window of the line: signals, events, states, parts, orders, alarms.',
    roles: mine,
    query: SqlFormat,
    body: SqlRequest,
    answer: SqlResult,
    alsoAs: { csv: 'text/csv' },
  }),
  whatIf: route({
    method: 'POST',
    path: '/cells/:cell/what-if',
    summary: 'Forks the present line and says what comes of changes to it, with 95 % intervals. Changes nothing.',
    roles: mine,
    body: WhatIfRequest,
    answer: WhatIfResult,
  }),
  command: route({
    method: 'POST',
    path: '/cells/:cell/commands',
    summary: 'Asks something of the line.',
    roles: mine,
    body: CommandRequest,
    answer: CommandResult,
  }),
  step: route({
    method: 'POST',
    path: '/cells/:cell/step',
    summary: 'One step of a paused line: to the next thing that happens, or by a second.',
    roles: mine,
    body: StepRequest,
    answer: ClockState,
  }),
  configuration: route({
    method: 'GET',
    path: '/cells/:cell/configuration',
    summary: 'All that can be set, as it is now: its usual value, and who changed it last and when.',
    roles: mine,
    answer: Configuration,
  }),
  moment: route({
    method: 'GET',
    path: '/cells/:cell/moment',
    summary: 'The whole line at a past instant: all signals, and what moved; recomputed.',
    roles: mine,
    query: MomentRequest,
    answer: Moment,
  }),
  speed: route({
    method: 'POST',
    path: '/cells/:cell/speed',
    summary: 'Sets speed (1 to 100) or pause.',
    roles: mine,
    body: SpeedRequest,
    answer: ClockState,
  }),
  runUntil: route({
    method: 'POST',
    path: '/cells/:cell/run-until',
    summary: 'Hurries to a plant time or an event; never past wall time.',
    roles: mine,
    body: RunUntilRequest,
    answer: ClockState,
  }),
  reset: route({
    method: 'POST',
    path: '/cells/:cell/reset',
    summary: 'Begins a new run; the log of the old one is kept. A lab may draw anew for it: read its attempt again.',
    roles: mine,
    answer: ClockState,
  }),
  pane: route({
    method: 'GET',
    path: '/cells/:cell/opcua',
    summary: 'The OPC UA session of the workspace, with the newest values.',
    roles: mine,
    answer: PaneState,
  }),
  paneConnect: route({
    method: 'POST',
    path: '/cells/:cell/opcua/session',
    summary: 'Opens the OPC UA session of the workspace.',
    roles: mine,
    body: PaneConnect,
    answer: PaneState,
  }),
  paneDisconnect: route({
    method: 'DELETE',
    path: '/cells/:cell/opcua/session',
    summary: 'Closes it.',
    roles: mine,
    answer: PaneState,
  }),
  paneBrowse: route({
    method: 'GET',
    path: '/cells/:cell/opcua/browse',
    summary: 'Children of a node.',
    roles: mine,
    query: z.object({ nodeId: PaneNodeId.default('i=85') }),
    answer: z.array(PaneNode),
  }),
  paneRead: route({
    method: 'GET',
    path: '/cells/:cell/opcua/attributes',
    summary: 'Attributes of a node, as read now.',
    roles: mine,
    query: z.object({ nodeId: PaneNodeId }),
    answer: z.array(PaneAttribute),
  }),
  paneSubscribe: route({
    method: 'PUT',
    path: '/cells/:cell/opcua/subscription',
    summary: 'Replaces the monitored items of the workspace.',
    roles: mine,
    body: PaneSubscribe,
    answer: PaneState,
  }),
  paneAbilities: route({
    method: 'GET',
    path: '/cells/:cell/opcua/abilities',
    summary: 'Whether a node can be written or called, and with what.',
    roles: mine,
    query: z.object({ nodeId: PaneNodeId }),
    answer: PaneAbilities,
  }),
  paneWrite: route({
    method: 'POST',
    path: '/cells/:cell/opcua/write',
    summary: 'Writes the value of a node in the OPC UA session of the workspace.',
    roles: mine,
    body: PaneWrite,
    answer: PaneOutcome,
  }),
  paneCall: route({
    method: 'POST',
    path: '/cells/:cell/opcua/call',
    summary: 'Calls a method in the OPC UA session of the workspace.',
    roles: mine,
    body: PaneCall,
    answer: PaneOutcome,
  }),
  paneHistory: route({
    method: 'POST',
    path: '/cells/:cell/opcua/history',
    summary: 'HistoryRead of a node, raw or by an aggregate.',
    roles: mine,
    body: PaneHistoryRequest,
    answer: PaneHistory,
  }),
  paneEvents: route({
    method: 'GET',
    path: '/cells/:cell/opcua/events',
    summary: 'Events and conditions that the OPC UA session of the workspace was told.',
    roles: mine,
    answer: PaneEvents,
  }),
  paneWatch: route({
    method: 'PUT',
    path: '/cells/:cell/opcua/events',
    summary: 'Replaces the event subscription of the workspace.',
    roles: mine,
    body: PaneWatch,
    answer: PaneEvents,
  }),
  paneCondition: route({
    method: 'POST',
    path: '/cells/:cell/opcua/condition',
    summary: 'Acknowledges, confirms, comments or shelves a condition, or refreshes all.',
    roles: mine,
    body: PaneConditionDeed,
    answer: PaneOutcome,
  }),
} as const;

export type RouteName = keyof typeof routes;
