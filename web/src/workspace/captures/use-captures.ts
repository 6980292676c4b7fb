import type { CaptureResult, CaptureView } from '#contract/capture.ts';
import { useCallback } from 'react';
import { call } from '../../live/api.ts';
import { type Asked, useAsk } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { useSelection } from '../selection.tsx';

const LIST = 'captures.list';

/** What can be taken of the stations; it is asked once for a line. */
export function useCaptureList(): Asked<readonly CaptureView[]> {
  const { cell, kept } = useSession();
  return useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        const known = kept.get(LIST) as readonly CaptureView[] | undefined;
        if (known) return known;
        const list = await call('captures', { params: { cell: cell.id }, signal });
        kept.set(LIST, list);
        return list;
      },
      [cell.id, kept],
    ),
  );
}

/** Takes these together, of one instant: the moment that is looked at, or now. */
export function useCaptures(paths: string): Asked<readonly CaptureResult[]> {
  const { cell, clock } = useSession();
  const { momentMs } = useSelection();
  return useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        const [first, ...rest] = paths.split(',');
        const at = momentMs === undefined ? {} : { atUs: Math.max(0, clock.usOf(momentMs)) };
        const one = (capture: string, query: { atUs?: number }) =>
          call('capture', { params: { cell: cell.id, capture }, query, signal });
        const taken = await one(first, at);
        return [taken, ...(await Promise.all(rest.map((path) => one(path, { atUs: taken.tUs }))))];
      },
      [cell.id, clock, paths, momentMs],
    ),
  );
}
