import { join } from 'node:path';
import type { OPCUACertificateManager } from 'node-opcua';
import type {
  PaneAbilities,
  PaneCall,
  PaneConditionDeed,
  PaneEvents,
  PaneHistory,
  PaneHistoryRequest,
  PaneOutcome,
  PaneWatch,
  PaneWrite,
} from '#contract/opcua-pane-deeds.ts';
import type { PaneAttribute, PaneConnect, PaneNode, PaneState, PaneSubscribe } from '#contract/opcua-pane.ts';
import type { Language } from '#contract/text.ts';
import { certificateManager } from './certificates.ts';
import type { Log } from './library-log.ts';
import type { OpcUaServer } from './opcua-server.ts';
import { notConnected, PaneSession } from './pane-session.ts';

/** Whose session it is, and what it signs in with. */
export interface PaneUser {
  readonly participant: string;
  readonly cell: string;
  readonly key: string;
}

export interface PaneOptions {
  readonly opcua: Pick<OpcUaServer, 'endpointUrl' | 'localUrl'>;
  /** The one that the server was given. */
  readonly paneSecret: string;
  readonly dataDir: string;
  readonly log: Log;
  /** A session that the browser has not asked about for so long is closed. */
  readonly idleMs?: number;
}

export interface OpcUaPane {
  state(user: PaneUser): Promise<PaneState>;
  connect(user: PaneUser, how: PaneConnect): Promise<PaneState>;
  /** Asks for texts in another language from now on. */
  speak(user: PaneUser, language: Language): Promise<PaneState>;
  disconnect(user: PaneUser): Promise<PaneState>;
  browse(user: PaneUser, nodeId: string): Promise<PaneNode[]>;
  read(user: PaneUser, nodeId: string): Promise<PaneAttribute[]>;
  subscribe(user: PaneUser, wanted: PaneSubscribe): Promise<PaneState>;
  abilities(user: PaneUser, nodeId: string): Promise<PaneAbilities>;
  write(user: PaneUser, wanted: PaneWrite): Promise<PaneOutcome>;
  call(user: PaneUser, wanted: PaneCall): Promise<PaneOutcome>;
  history(user: PaneUser, wanted: PaneHistoryRequest): Promise<PaneHistory>;
  events(user: PaneUser): Promise<PaneEvents>;
  watch(user: PaneUser, wanted: PaneWatch): Promise<PaneEvents>;
  condition(user: PaneUser, deed: PaneConditionDeed): Promise<PaneOutcome>;
  close(): Promise<void>;
}

interface Place {
  readonly cell: string;
  readonly session: PaneSession;
  askedMs: number;
}

const FIVE_MINUTES_MS = 300_000;

/** The OPC UA client of the workspace: for each participant one real session to our own server, under their own name. */
export function openPane({ opcua, paneSecret, dataDir, log, idleMs = FIVE_MINUTES_MS }: PaneOptions): OpcUaPane {
  const places = new Map<string, Place>();
  const turns = new Map<string, Promise<unknown>>();
  let certificates: OPCUACertificateManager | undefined;

  /** One request of a participant after the other: a second connect waits for the first. */
  const inTurn = <T>({ participant }: PaneUser, work: () => Promise<T>): Promise<T> => {
    const done = (turns.get(participant) ?? Promise.resolve()).then(work);
    const settled = done
      .catch(() => {})
      .then(() => {
        if (turns.get(participant) === settled) turns.delete(participant);
      });
    turns.set(participant, settled);
    return done;
  };
  const placeOf = ({ participant, cell }: PaneUser): Place | undefined => {
    const place = places.get(participant);
    if (place?.cell !== cell) return undefined;
    place.askedMs = performance.now();
    return place;
  };
  const sessionOf = (user: PaneUser): PaneSession => {
    const place = placeOf(user);
    if (!place) throw notConnected();
    return place.session;
  };
  const stateOf = (user: PaneUser): PaneState =>
    placeOf(user)?.session.state(opcua.endpointUrl) ?? { connected: false, endpointUrl: opcua.endpointUrl, items: [] };
  const leave = async (participant: string): Promise<void> => {
    const place = places.get(participant);
    places.delete(participant);
    await place?.session.close();
  };
  const address = async ({ participant, cell, key }: PaneUser) => {
    if (!certificates) {
      const made = certificateManager(join(dataDir, 'pki', 'pane'));
      await made.initialize();
      certificates = made;
    }
    const userName = `${participant}.${cell}`;
    return { url: opcua.localUrl, userName, key, clientName: `workspace-${paneSecret}`, certificates };
  };

  const sweep = setInterval(
    () => {
      for (const [participant, { askedMs }] of places) {
        if (performance.now() - askedMs < idleMs) continue;
        leave(participant).catch((error: unknown) =>
          log.warn(`The pane of ${participant} did not close: ${String(error)}`),
        );
      }
    },
    Math.min(idleMs, 30_000),
  );

  return {
    state: async (user) => stateOf(user),
    connect: (user, how) =>
      inTurn(user, async () => {
        await leave(user.participant);
        const session = await PaneSession.open(await address(user), how);
        places.set(user.participant, { cell: user.cell, session, askedMs: performance.now() });
        return stateOf(user);
      }),
    speak: (user, language) =>
      inTurn(user, async () => {
        await sessionOf(user).speak(language);
        return stateOf(user);
      }),
    disconnect: (user) =>
      inTurn(user, async () => {
        await leave(user.participant);
        return stateOf(user);
      }),
    browse: (user, nodeId) => inTurn(user, () => sessionOf(user).browse(nodeId)),
    read: (user, nodeId) => inTurn(user, () => sessionOf(user).read(nodeId)),
    subscribe: (user, wanted) =>
      inTurn(user, async () => {
        await sessionOf(user).subscribe(wanted);
        return stateOf(user);
      }),
    abilities: (user, nodeId) => inTurn(user, () => sessionOf(user).abilities(nodeId)),
    write: (user, wanted) => inTurn(user, () => sessionOf(user).write(wanted)),
    call: (user, wanted) => inTurn(user, () => sessionOf(user).call(wanted)),
    history: (user, wanted) => inTurn(user, () => sessionOf(user).history(wanted)),
    events: async (user) => placeOf(user)?.session.events.state() ?? { count: 0, events: [], conditions: [] },
    watch: (user, wanted) =>
      inTurn(user, async () => {
        const session = sessionOf(user);
        await session.watch(wanted);
        return session.events.state();
      }),
    condition: (user, deed) => inTurn(user, () => sessionOf(user).act(deed)),
    async close() {
      clearInterval(sweep);
      await Promise.all([...turns.values()]);
      await Promise.all([...places.keys()].map(leave));
      await certificates?.dispose();
    },
  };
}
