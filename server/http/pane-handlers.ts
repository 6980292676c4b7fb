import type { RouteName } from '#contract/routes.ts';
import type { Participants } from '#server/classroom/participants.ts';
import type { OpcUaPane, PaneUser } from '#server/opcua/pane.ts';
import type { Caller } from './caller.ts';
import type { Handlers } from './endpoint.ts';

type PaneRoutes = Extract<RouteName, 'pane' | `pane${Capitalize<string>}`>;

/** /api/cells/:cell/opcua */
export function paneHandlers(pane: OpcUaPane, participants: Pick<Participants, 'keyOf'>): Handlers<PaneRoutes> {
  const userOf = ({ participant }: Caller, cell: string): PaneUser => ({
    participant: participant.id,
    cell,
    key: participants.keyOf(participant),
  });
  return {
    pane: ({ params, caller }) => pane.state(userOf(caller, params.cell)),
    paneConnect: ({ params, caller, body }) => pane.connect(userOf(caller, params.cell), body),
    paneSpeak: ({ params, caller, body }) => pane.speak(userOf(caller, params.cell), body.language),
    paneDisconnect: ({ params, caller }) => pane.disconnect(userOf(caller, params.cell)),
    paneBrowse: ({ params, caller, query }) => pane.browse(userOf(caller, params.cell), query.nodeId),
    paneRead: ({ params, caller, query }) => pane.read(userOf(caller, params.cell), query.nodeId),
    paneSubscribe: ({ params, caller, body }) => pane.subscribe(userOf(caller, params.cell), body),
    paneAbilities: ({ params, caller, query }) => pane.abilities(userOf(caller, params.cell), query.nodeId),
    paneWrite: ({ params, caller, body }) => pane.write(userOf(caller, params.cell), body),
    paneCall: ({ params, caller, body }) => pane.call(userOf(caller, params.cell), body),
    paneHistory: ({ params, caller, body }) => pane.history(userOf(caller, params.cell), body),
    paneEvents: ({ params, caller }) => pane.events(userOf(caller, params.cell)),
    paneWatch: ({ params, caller, body }) => pane.watch(userOf(caller, params.cell), body),
    paneCondition: ({ params, caller, body }) => pane.condition(userOf(caller, params.cell), body),
  };
}
