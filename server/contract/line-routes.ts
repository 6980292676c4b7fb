import { z } from 'zod';
import { CaptureRequest, CaptureResult, CaptureView } from './capture.ts';
import { CellView } from './cell-view.ts';
import { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from './clock.ts';
import { CommandRequest, CommandResult } from './command.ts';
import { Configuration } from './configuration.ts';
import { HistoryTable, HistoryTableRequest } from './history-table.ts';
import { HappeningView, HistoryRequest, HistoryResult } from './history.ts';
import { Moment, MomentRequest } from './moment.ts';
import { RuleTrial, RuleTrialRequest } from './rules.ts';
import { SqlFormat, SqlRequest, SqlResult } from './sql.ts';
import { WhatIfRequest, WhatIfResult } from './what-if.ts';
import { mine, route } from './route.ts';

/** A line: what it is, what it was, and what is asked of it. */
export const lineRoutes = {
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
} as const;
