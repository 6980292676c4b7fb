import type { SignalView } from '#contract/cell-view.ts';
import { useEffect, useMemo, useState } from 'react';
import { useFollowedSignals, useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf, useTape } from '../../live/use-tape.ts';
import { type Point, type Taking, counterOf, pointsOf } from './samples.ts';
import { useTrendSetting } from './trend-link.ts';

/** A live view that counts or computes is made anew so often, if anything new came. */
const ANEW_MS = 5000;

/** How points of a signal are taken, as chosen; parts if the station makes some and the signal changes with them. */
export function useTaking(signal: SignalView): readonly [Taking, (next: Taking) => void, hasParts: boolean] {
  const session = useSession();
  const hasParts = counterOf(session, signal) !== undefined;
  const [by, setBy] = useTrendSetting('by', '');
  const isParts = hasParts && (by === 'parts' || (by === '' && signal.kind === 'held'));
  const everyS = Number(by) > 0 ? Number(by) : Math.max(1, signal.scanS);
  return [isParts ? 'parts' : everyS, (next) => setBy(String(next)), hasParts];
}

/** Points of a signal in a window. Those of a live one come anew every few seconds, not with each sample. */
export function useTaken(signal: SignalView, taking: Taking, window: TimeWindow) {
  const session = useSession();
  const counter = counterOf(session, signal);
  const paths = useMemo(
    () =>
      taking === 'parts' && counter !== undefined && counter !== signal.path ? [signal.path, counter] : [signal.path],
    [signal.path, counter, taking],
  );
  useFollowedSignals(paths);
  const { tape, version, problem } = useTape(paths, window);
  const [revision, setRevision] = useState(0);
  useEffect(() => {
    if (isRange(window)) return undefined;
    const timer = setInterval(() => setRevision(tape.revision), ANEW_MS);
    return () => clearInterval(timer);
  }, [tape, window]);
  const points = useMemo((): readonly Point[] => {
    const range = rangeOf(window, session.clock.epochMs(session.clock.nowUs()));
    if (!isRange(window)) tape.trim(range.fromMs);
    return version + revision < 0 ? [] : pointsOf(tape, signal.path, taking, counter, range);
  }, [session, tape, version, revision, window, signal.path, taking, counter]);
  return { points, problem, isTruncated: tape.isTruncated, isLoaded: version > 0 };
}
