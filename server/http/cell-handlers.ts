import type { CellView } from '#contract/cell-view.ts';
import type { CellHost } from '#server/cells/cell-host.ts';
import type { Caller } from './caller.ts';
import type { Handlers } from './endpoint.ts';

export interface CellHandlersOptions {
  readonly host: CellHost;
  /** What external clients are to type. */
  readonly addresses: Pick<CellView, 'opcua' | 'mqtt'>;
}

type CellRoutes =
  | 'cell'
  | 'clock'
  | 'history'
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
export function cellHandlers({ host, addresses }: CellHandlersOptions): Handlers<CellRoutes> {
  return {
    async cell({ params: { cell } }) {
      const [model, clock] = await Promise.all([host.publicModel(cell), host.clock(cell)]);
      return { id: cell, ...model, clock, ...addresses };
    },

    clock: ({ params }) => host.clock(params.cell),

    async history({ params: { cell }, body, caller }) {
      const { participant, client } = caller;
      const result = await host.history(cell, body, participant.id);
      const { signals, fromUs, toUs } = body;
      await host.record(cell, {
        ...{ kind: 'history.read', via: 'http', participant: participant.id, client },
        ...{ signals, fromUs, toUs },
      });
      return result;
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

    reset: ({ params, caller }) => host.reset(params.cell, actorOf(caller)),
  };
}

const actorOf = ({ participant }: Caller) => ({ actor: participant.id, via: 'http' }) as const;
