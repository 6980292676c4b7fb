import { type ReactNode, createContext, useContext, useEffect, useMemo } from 'react';
import type { PlantClock } from '../live/plant-clock.ts';
import { useSession } from '../live/use-session.ts';
import { remember, usePlace } from '../ui/place.ts';

export const VIEWS = [
  'scene',
  'schematic',
  'trends',
  'opcua',
  'mqtt',
  'data',
  'whatIf',
  'rules',
  'alarms',
  'configuration',
] as const;
export type ViewName = (typeof VIEWS)[number];

export interface Selection {
  readonly view: ViewName;
  readonly station: string;
  /** Path of the chosen signal of the station. */
  readonly signal: string;
  /** The past moment that is looked at, in ms since 1970; undefined for now. */
  readonly momentMs: number | undefined;
  readonly openView: (view: ViewName) => void;
  readonly selectStation: (id: string) => void;
  readonly selectSignal: (path: string) => void;
  readonly lookAt: (momentMs: number | undefined) => void;
}

const Context = createContext<Selection | undefined>(undefined);

export function useSelection(): Selection {
  const selection = useContext(Context);
  if (!selection) throw new Error('useSelection outside a workspace');
  return selection;
}

/** What every station has: not what tells one from another. */
const COMMON = /\.(State|Meter|Cycle)\./;

const isNarrow = () => matchMedia('(max-width: 799px)').matches;

/** The view that an address asks for, or the one that a screen of this width begins with. */
export const viewIn = (params: URLSearchParams): ViewName =>
  VIEWS.find((name) => name === params.get('view')) ?? (isNarrow() ? 'schematic' : 'scene');

/** One selection drives every pane. It lives in the address, so a reload or a sent link shows the same. */
export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const { params } = usePlace();
  const view = viewIn(params);
  const wantedStation = params.get('station');
  const wantedSignal = params.get('signal');
  const wantedMoment = params.get('at');

  const selection = useMemo((): Selection => {
    const stations = session.stationsWithSignals;
    const station =
      stations.find(({ id }) => id === wantedStation) ?? firstMachine(stations) ?? session.cell.stations[0];
    const signals = session.signalsOf(station.id);
    const signal =
      signals.find(({ path }) => path === wantedSignal) ??
      signals.find(({ kind, path }) => kind === 'continuous' && !COMMON.test(path)) ??
      signals.find(({ kind, path }) => kind === 'continuous' && path.endsWith('.Power')) ??
      signals[0];
    return {
      view,
      station: station.id,
      signal: signal?.path ?? '',
      momentMs: pastOf(Date.parse(wantedMoment ?? ''), session.clock),
      openView: (name) => remember({ view: name }),
      selectStation: (id) => remember({ station: id, signal: undefined }),
      selectSignal: (path) => remember({ station: path.slice(0, path.indexOf('.')), signal: path }),
      lookAt: (ms) => remember({ at: ms === undefined ? undefined : addressOf(pastOf(ms, session.clock)) }),
    };
  }, [session, view, wantedStation, wantedSignal, wantedMoment]);
  // What is no moment of the past must not become one while time goes on.
  useEffect(() => {
    if (wantedMoment !== null && selection.momentMs === undefined) remember({ at: undefined });
  }, [wantedMoment, selection]);
  return <Context.Provider value={selection}>{children}</Context.Provider>;
}

/** A moment of this run: before its first there is nothing to look at, and what is still to come is live. */
function pastOf(ms: number, clock: PlantClock): number | undefined {
  return ms < clock.epochMs(clock.nowUs()) ? Math.max(ms, clock.epochMs(0)) : undefined;
}

const addressOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** The machine that shows most is the best one to begin with. */
function firstMachine<S extends { readonly id: string }>(stations: readonly S[]): S | undefined {
  return stations.find(({ id }) => id === 'ST03') ?? stations[0];
}
