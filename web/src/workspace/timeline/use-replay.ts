import { useEffect, useState } from 'react';
import { call } from '../../live/api.ts';
import type { CellSession } from '../../live/cell-session.ts';
import type { Reading } from '../../live/signal-store.ts';
import { useSession } from '../../live/use-session.ts';

/** Whoever drags the slider does not ask for every moment on the way. */
const SETTLE_MS = 150;

/** Lets every view show a past moment instead of the present. True once it is shown; a problem if it cannot be. */
export function useReplay(momentMs: number | undefined): { readonly isShown: boolean; readonly problem: unknown } {
  const session = useSession();
  const [shownMs, setShownMs] = useState<number>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    if (momentMs === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      show(session, momentMs, abort.signal).then(
        () => {
          setShownMs(momentMs);
          setProblem(undefined);
        },
        (error: unknown) => {
          if (!abort.signal.aborted) setProblem(error);
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [session, momentMs]);
  useEffect(() => {
    if (momentMs !== undefined) return;
    session.signals.show(undefined);
    session.motion.show(undefined);
  }, [session, momentMs]);
  return {
    isShown: momentMs !== undefined && shownMs === momentMs,
    problem: momentMs === undefined ? undefined : problem,
  };
}

async function show(
  { cell, clock, signals, motion }: CellSession,
  momentMs: number,
  signal: AbortSignal,
): Promise<void> {
  const atUs = Math.max(0, clock.usOf(momentMs));
  const moment = await call('moment', { params: { cell: cell.id }, query: { atUs }, signal });
  if (signal.aborted) return;
  const readings = cell.signals.map(({ path }, k): [string, Reading] => [
    path,
    { tMs: clock.epochMs(moment.tUs[k]), value: moment.values[k] ?? NaN },
  ]);
  signals.show(new Map(readings));
  motion.show(moment.motion);
}
