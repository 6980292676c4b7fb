import type { ClockState } from '#contract/clock.ts';
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { CellSession } from './cell-session.ts';
import type { Reading } from './signal-store.ts';
import { type StationState, stateSignalOf, stationState } from './station-state.ts';
import type { WireState } from './wire.ts';

export const SessionContext = createContext<CellSession | undefined>(undefined);

/** The open cell. Only parts of a workspace may ask. */
export function useSession(): CellSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside a workspace');
  return session;
}

/** The newest reading of a signal; it changes when the value does. Someone must follow its station. */
export function useReading(path: string): Reading | undefined {
  const { signals } = useSession();
  const watch = useCallback((listener: () => void) => signals.watch(path, listener), [signals, path]);
  return useSyncExternalStore(watch, () => signals.get(path));
}

export function useStationState(station: string): StationState {
  return stationState(useReading(stateSignalOf(station))?.value);
}

export function useWireState(): WireState {
  const { wire } = useSession();
  return useSyncExternalStore(wire.subscribe, () => wire.state);
}

export function useClock(): ClockState {
  const { clock } = useSession();
  return useSyncExternalStore(clock.subscribe, () => clock.state);
}

/** Plant time in ms since 1970, read again every `everyMs` of wall time while somebody looks. */
export function usePlantNow(everyMs: number): number {
  const { clock } = useSession();
  const [now, setNow] = useState(() => clock.epochMs(clock.nowUs()));
  useEffect(() => {
    const tick = () => document.hidden || setNow(clock.epochMs(clock.nowUs()));
    const timer = setInterval(tick, everyMs);
    const leave = clock.subscribe(tick);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      leave();
      document.removeEventListener('visibilitychange', tick);
    };
  }, [clock, everyMs]);
  return now;
}

/** Follows the live values of a station while the caller is on screen. */
export function useFollowedStation(station: string): void {
  const session = useSession();
  useEffect(() => session.followStation(station), [session, station]);
}

/** Follows the states of all stations while the caller is on screen. */
export function useFollowedStates(): void {
  const session = useSession();
  useEffect(() => session.followStates(), [session]);
}

/** Follows single signals while the caller is on screen; those that the cell has. */
export function useFollowedSignals(paths: readonly string[]): void {
  const session = useSession();
  useEffect(() => {
    const leave = paths.map((path) => session.followSignal(path));
    return () => leave.forEach((stop) => stop());
  }, [session, paths]);
}
