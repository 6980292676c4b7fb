import type { MotionSegment } from '#contract/cell-view.ts';
import type { ClockState } from '#contract/clock.ts';
import { useEffect } from 'react';
import { type StationState, stateSignalOf, stationState } from '../../live/station-state.ts';
import type { CellSession } from '../../live/cell-session.ts';
import { useSession } from '../../live/use-session.ts';
import { useSelection } from '../selection.tsx';

/** The 3D scene and the schematic are told the same. */
interface Picture {
  setMotion(segments: readonly MotionSegment[]): void;
  setClock(clock: ClockState): void;
  /** Undefined while it is not known. */
  setState(station: string, state: StationState | undefined): void;
}

/** Follows what moves, the clock and the states for a picture, as long as it is on screen. */
export function useFeed(picture: Picture | null | undefined): void {
  const session = useSession();
  const { momentMs } = useSelection();
  useEffect(() => {
    if (!picture) return;
    const leave = session.stationsWithState.map(({ id }) => {
      const path = stateSignalOf(id);
      const show = () => {
        const reading = session.signals.get(path);
        picture.setState(id, reading && stationState(reading.value));
      };
      show();
      return session.signals.watch(path, show);
    });
    const tellClock = () => picture.setClock(clockAt(session, momentMs));
    tellClock();
    leave.push(
      session.clock.subscribe(tellClock),
      session.motion.hear((segments) => picture.setMotion(segments)),
      session.followMotion(),
    );
    return () => leave.forEach((stop) => stop());
  }, [picture, session, momentMs]);
}

/** The clock of the present, or one that stands still at the moment that is looked at. */
function clockAt({ clock }: CellSession, momentMs: number | undefined): ClockState {
  const { runUntilUs: _, ...state } = clock.state;
  return momentMs === undefined ? clock.state : { ...state, simUs: clock.usOf(momentMs), paused: true };
}

/** What of a picture follows signals. */
interface Watcher {
  readonly watched: readonly string[];
  setSignal(path: string, value: number, tUs: number): void;
}

/** Follows the signals that a picture shows, as long as it is on screen. */
export function useWatchedSignals(picture: Watcher | undefined): void {
  const session = useSession();
  useEffect(() => {
    if (!picture) return;
    const leave = picture.watched.flatMap((path) => {
      const show = () => {
        const reading = session.signals.get(path);
        if (reading && !Number.isNaN(reading.value)) {
          picture.setSignal(path, reading.value, session.clock.usOf(reading.tMs));
        }
      };
      show();
      return [session.signals.watch(path, show), session.followSignal(path)];
    });
    return () => leave.forEach((stop) => stop());
  }, [picture, session]);
}
