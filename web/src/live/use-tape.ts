import { useEffect, useMemo, useRef, useState } from 'react';
import { RequestProblem } from './problem.ts';
import { Tape } from './tape.ts';
import { useClock, useSession, useWireState } from './use-session.ts';

const REFILL_MS = 5000;
/** Whoever zooms or drags does not ask for every window on the way. */
const SETTLE_MS = 120;
const AGAIN_MS = 1500;

/** A stretch of plant time, ms since 1970. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A stretch of the past, or the newest so many ms, going on live. */
export type TimeWindow = Range | { readonly spanMs: number };

export const isRange = (window: TimeWindow): window is Range => 'fromMs' in window;

/** Where a window lies while the line is at `nowMs`. */
export const rangeOf = (window: TimeWindow, nowMs: number): Range =>
  isRange(window) ? window : { fromMs: nowMs - window.spanMs, toMs: nowMs };

export interface LiveTape {
  readonly tape: Tape;
  /** Rises when the past was read anew. */
  readonly version: number;
  readonly problem: unknown;
}

/**
 * Some signals over a window. A live one is read again after contact was lost, after a jump of time, and every 5 s while
 * time runs faster than the broker sends. One that follows along `unasked` is shown beside what somebody looks at.
 */
export function useTape(paths: readonly string[], window: TimeWindow, pixels?: number, follows?: 'unasked'): LiveTape {
  const session = useSession();
  const key = paths.join(',');
  const tape = useMemo(() => new Tape(session, key ? key.split(',') : []), [session, key]);
  const [loaded, setLoaded] = useState({ version: 0, problem: undefined as unknown });
  const isOnline = useWireState() === 'live';
  const { run, speed, runUntilUs } = useClock();
  const isFast = speed > 1 || runUntilUs !== undefined;
  const isFirst = useRef(true);
  const wasOnline = useRef(false);
  const fixed = isRange(window);
  const fromMs = fixed ? window.fromMs : 0;
  const toMs = fixed ? window.toMs : 0;
  const spanMs = fixed ? 0 : window.spanMs;
  const isUnasked = follows === 'unasked' && !fixed;

  useEffect(() => {
    const isLoss = wasOnline.current && !isOnline;
    wasOnline.current = isOnline;
    // Nothing is asked because contact was lost: a line that was put to sleep would wake of it.
    if (isLoss) return undefined;
    let abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      abort.abort();
      const mine = new AbortController();
      abort = mine;
      const { clock } = session;
      const endUs = fixed ? Math.max(0, clock.usOf(toMs)) : clock.nowUs();
      const fromUs = Math.max(0, fixed ? clock.usOf(fromMs) : Math.round(endUs - spanMs * 1000));
      tape.load({ fromUs, toUs: Math.max(fromUs, endUs), pixels, isUnasked }, mine.signal, !fixed).then(
        () => {
          if (!mine.signal.aborted) setLoaded(({ version }) => ({ version: version + 1, problem: undefined }));
        },
        (problem: unknown) => {
          if (mine.signal.aborted) return;
          // What was asked before waits for its turn; so does this, without troubling anyone.
          if (problem instanceof RequestProblem && problem.code === 'too_many_requests')
            again = setTimeout(load, AGAIN_MS);
          else setLoaded((before) => ({ ...before, problem }));
        },
      );
    };
    const settled = setTimeout(load, isFirst.current ? 0 : SETTLE_MS);
    isFirst.current = false;
    const refill = isFast && !fixed ? setInterval(load, REFILL_MS) : undefined;
    return () => {
      clearTimeout(settled);
      clearTimeout(again);
      clearInterval(refill);
      abort.abort();
    };
  }, [session, tape, fixed, fromMs, toMs, spanMs, pixels, isUnasked, isOnline, run, isFast]);

  useEffect(() => {
    if (fixed) return undefined;
    return session.signals.hear((path, reading) => tape.append(path, reading));
  }, [session, tape, fixed]);
  return { tape, ...loaded };
}
