import { useEffect, useMemo, useState } from 'react';
import { Tape } from './tape.ts';
import type { LiveTape } from './use-tape.ts';
import { useSession } from './use-session.ts';

/** A fixed stretch of plant time (ms since 1970) of some signals. Undefined: nothing is asked. */
export function usePast(
  paths: readonly string[],
  range: { readonly fromMs: number; readonly toMs: number } | undefined,
  everyS?: number,
): LiveTape {
  const session = useSession();
  const key = paths.join(',');
  const tape = useMemo(() => new Tape(session, key ? key.split(',') : []), [session, key]);
  const [loaded, setLoaded] = useState({ version: 0, problem: undefined as unknown });
  useEffect(() => {
    if (!range) return;
    const abort = new AbortController();
    const { clock } = session;
    const window = { fromUs: Math.max(0, clock.usOf(range.fromMs)), toUs: Math.max(0, clock.usOf(range.toMs)) };
    tape.load(everyS === undefined ? window : { ...window, everyS }, abort.signal).then(
      () => {
        if (!abort.signal.aborted) {
          setLoaded(({ version }) => ({ version: version + 1, problem: undefined }));
        }
      },
      (problem: unknown) => {
        if (!abort.signal.aborted) setLoaded((before) => ({ ...before, problem }));
      },
    );
    return () => abort.abort();
  }, [session, tape, range, everyS]);
  return { tape, ...loaded };
}
