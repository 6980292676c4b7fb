import { useEffect, useMemo, useRef, useState } from 'react';
import { Tape } from './tape.ts';
import { useClock, useSession, useWireState } from './use-session.ts';

const REFILL_MS = 5000;

export interface LiveTape {
  readonly tape: Tape;
  /** Rises when the past was read anew. */
  readonly version: number;
  readonly problem: unknown;
}

/**
 * The last `windowS` seconds of some signals, going on live. The past is read again after contact was lost, after a jump
 * of time, and every 5 s while time runs faster than the broker sends.
 */
export function useTape(paths: readonly string[], windowS: number, everyS?: number): LiveTape {
  const session = useSession();
  const key = paths.join(',');
  const tape = useMemo(() => new Tape(session, key ? key.split(',') : []), [session, key]);
  const [loaded, setLoaded] = useState({ version: 0, problem: undefined as unknown });
  const isLive = useWireState() === 'live';
  const { run, speed, runUntilUs } = useClock();
  const isFast = speed > 1 || runUntilUs !== undefined;
  const loading = useRef<AbortController>(undefined);

  useEffect(() => {
    const load = () => {
      loading.current?.abort();
      const abort = new AbortController();
      loading.current = abort;
      const toUs = session.clock.nowUs();
      const fromUs = Math.max(0, Math.round(toUs - windowS * 1e6));
      tape.load({ fromUs, toUs, ...(everyS === undefined ? {} : { everyS }) }, abort.signal).then(
        () => {
          if (!abort.signal.aborted) {
            setLoaded(({ version }) => ({ version: version + 1, problem: undefined }));
          }
        },
        (problem: unknown) => {
          if (!abort.signal.aborted) setLoaded((before) => ({ ...before, problem }));
        },
      );
    };
    load();
    const timer = isFast ? setInterval(load, REFILL_MS) : undefined;
    return () => {
      clearInterval(timer);
      loading.current?.abort();
    };
  }, [session, tape, windowS, everyS, isLive, run, isFast]);

  useEffect(() => session.signals.hear((path, reading) => tape.append(path, reading)), [session, tape]);
  return { tape, ...loaded };
}
