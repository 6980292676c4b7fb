import type { PaneConditionDeed, PaneEvents, PaneOutcome, PaneWatch } from '#contract/opcua-pane-deeds.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';

const POLL_MS = 1000;

export type EventFeed = ReturnType<typeof usePaneEvents>;

/** The event subscription of the session, read once a second while the pane is on screen. */
export function usePaneEvents() {
  const { cell } = useSession();
  const params = useMemo(() => ({ cell: cell.id }), [cell.id]);
  const [told, setTold] = useState<PaneEvents>();
  const [outcome, setOutcome] = useState<PaneOutcome>();
  const [lost, setLost] = useState<unknown>();
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const poll = async () => {
      try {
        if (!document.hidden) setTold(await call('paneEvents', { params, signal: abort.signal }));
        setLost(undefined);
      } catch (error) {
        if (abort.signal.aborted) return;
        setLost(error);
      }
      timer = setTimeout(() => void poll(), POLL_MS);
    };
    void poll();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [params]);
  const watch = useDeed(
    useCallback(
      async (body: PaneWatch) => {
        setOutcome(undefined);
        setTold(await call('paneWatch', { params, body }));
      },
      [params],
    ),
  );
  const act = useDeed(
    useCallback(
      async (body: PaneConditionDeed) => {
        setOutcome(undefined);
        setOutcome(await call('paneCondition', { params, body }));
        setTold(await call('paneEvents', { params }));
      },
      [params],
    ),
  );
  return { told, outcome, lost, watch, act };
}
