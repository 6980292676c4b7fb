import type { PaneConditionDeed, PaneEvents, PaneOutcome, PaneWatch } from '#contract/opcua-pane-deeds.ts';
import { useCallback, useMemo, useState } from 'react';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { usePoll } from './use-poll.ts';

export type EventFeed = ReturnType<typeof usePaneEvents>;

/** The event subscription of the session, read once a second while the pane is on screen. */
export function usePaneEvents() {
  const { cell } = useSession();
  const params = useMemo(() => ({ cell: cell.id }), [cell.id]);
  const [told, setTold] = useState<PaneEvents>();
  const [outcome, setOutcome] = useState<PaneOutcome>();
  const [lost] = usePoll(
    useCallback(async (signal) => setTold(await call('paneEvents', { params, signal })), [params]),
  );
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
