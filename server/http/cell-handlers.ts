import type { CellView } from '#contract/cell-view.ts';
import type { HistoryRequest } from '#contract/history.ts';
import type { CellHost } from '#server/cells/cell-host.ts';
import type { Attempts } from '#server/labs/attempts.ts';
import type { Caller } from './caller.ts';
import type { Handlers } from './endpoint.ts';
import { type Plant, tableOf, windowOf } from './history-table.ts';

export interface CellHandlersOptions {
  readonly host: CellHost;
  readonly attempts: Pick<Attempts, 'resetLine'>;
  /** What external clients are to type. */
  readonly addresses: Pick<CellView, 'opcua' | 'mqtt'>;
}

type CellRoutes =
  | 'cell'
  | 'clock'
  | 'history'
  | 'historyTable'
  | 'happenings'
  | 'captures'
  | 'capture'
  | 'tryRule'
  | 'command'
  | 'step'
  | 'configuration'
  | 'moment'
  | 'speed'
  | 'runUntil'
  | 'reset';

/** /api/cells/:cell */
export function cellHandlers({ host, attempts, addresses }: CellHandlersOptions): Handlers<CellRoutes> {
  return {
    async cell({ params: { cell } }) {
      const [model, clock] = await Promise.all([host.publicModel(cell), host.clock(cell)]);
      return { id: cell, ...model, clock, ...addresses };
    },

    clock: ({ params }) => host.clock(params.cell),

    history: ({ params: { cell }, body, caller }) => readHistory(host, cell, body, caller),

    async historyTable({ params: { cell }, query, caller }) {
      const [{ signals }, { anchorMs, simUs }] = await Promise.all([host.publicModel(cell), host.clock(cell)]);
      const plant: Plant = { signals, anchorMs, nowUs: simUs };
      return tableOf(await readHistory(host, cell, windowOf(query, plant), caller), plant);
    },

    happenings: ({ params, query, caller }) => host.happeningsIn(params.cell, query, caller.participant.id),

    captures: ({ params }) => host.captures(params.cell),

    capture: ({ params: { cell, capture }, query: { atUs }, caller }) =>
      host.capture(cell, { path: capture, atUs }, caller.participant.id),

    tryRule: ({ params, body, caller }) => host.tryRule(params.cell, body, caller.participant.id),

    command: ({ params, body, caller }) => host.command(params.cell, body, actorOf(caller), caller.client === 'own'),

    step: ({ params, body, caller }) => host.step(params.cell, body, actorOf(caller)),

    configuration: ({ params }) => host.configuration(params.cell),

    moment: ({ params, query, caller }) => host.moment(params.cell, query, caller.participant.id),

    speed: ({ params, body, caller }) => host.setSpeed(params.cell, body, actorOf(caller)),

    runUntil: ({ params, body, caller }) => host.runUntil(params.cell, body, actorOf(caller)),

    // What a lab has drawn for a run is drawn anew with the next one.
    reset: async ({ params: { cell }, caller }) =>
      (await attempts.resetLine(cell, actorOf(caller))) ?? host.reset(cell, actorOf(caller)),
  };
}

/** Reading the past counts as evidence, whichever form it is wanted in; not what the workspace shows by itself. */
async function readHistory(host: CellHost, cell: string, request: HistoryRequest, { participant, client }: Caller) {
  const result = await host.history(cell, request, participant.id);
  const { signals, fromUs, toUs, unasked = false } = request;
  if (unasked && client === 'pane') return result;
  const who = { via: 'http', participant: participant.id, client } as const;
  await host.record(cell, { kind: 'history.read', ...who, signals, fromUs, toUs });
  return result;
}

const actorOf = ({ participant }: Caller) => ({ actor: participant.id, via: 'http' }) as const;
