import type { ClockState } from '#contract/clock.ts';
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { BEAT_MS, eachBeat } from './beat.ts';
import type { CellSession } from './cell-session.ts';
import type { PlantClock } from './plant-clock.ts';
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

/** Undefined until its first value has come. */
export function useStationState(station: string): StationState | undefined {
  const reading = useReading(stateSignalOf(station));
  return reading && stationState(reading.value);
}

export function useWireState(): WireState {
  const { wire } = useSession();
  return useSyncExternalStore(wire.subscribe, () => wire.state);
}

/** How the clock goes. Its reading is of the last time that this changed: it renders nothing when it was only told again. */
export function useClock(): ClockState {
  const { clock } = useSession();
  return useSyncExternalStore(clock.subscribe, () => clock.gait);
}

/** Plant time in ms since 1970, in whole seconds, read again every `everyMs` of wall time while somebody looks; with 0 only once. */
export function usePlantNow(everyMs = BEAT_MS): number {
  const { clock } = useSession();
  const [now, setNow] = useState(() => wholeSecond(clock));
  useEffect(() => {
    if (everyMs === 0) return undefined;
    const tick = () => setNow(wholeSecond(clock));
    const leave = [eachBeat(tick, everyMs), clock.subscribe(tick)];
    return () => leave.forEach((stop) => stop());
  }, [clock, everyMs]);
  return now;
}

const wholeSecond = (clock: PlantClock): number => Math.floor(clock.epochMs(clock.nowUs()) / 1000) * 1000;

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
