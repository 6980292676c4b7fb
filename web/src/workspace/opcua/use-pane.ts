import type { PaneConnect, PaneState, PaneSubscribe } from '#contract/opcua-pane.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { usePoll } from './use-poll.ts';

/** The workspace's OPC UA session on the server. Read once a second while the pane is on screen. */
export function usePane() {
  const { cell } = useSession();
  const { language } = usePreferences();
  const params = useMemo(() => ({ cell: cell.id }), [cell.id]);
  const [state, setState] = useState<PaneState>();
  const [lost, setLost] = usePoll(
    useCallback(async (signal) => setState(await call('pane', { params, signal })), [params]),
  );

  // Once for each language that the page takes on: two tabs in two languages must not take it from each other for ever.
  const isOpen = state?.connected === true;
  useEffect(() => {
    if (!isOpen) return undefined;
    const abort = new AbortController();
    call('paneSpeak', { params, body: { language }, signal: abort.signal }).then(setState, (error: unknown) => {
      if (!abort.signal.aborted) setLost(error);
    });
    return () => abort.abort();
  }, [params, language, isOpen, setLost]);

  const connect = useDeed(
    useCallback(
      async (how: PaneConnect) => setState(await call('paneConnect', { params, body: { ...how, language } })),
      [params, language],
    ),
  );
  const disconnect = useDeed(useCallback(async () => setState(await call('paneDisconnect', { params })), [params]));
  const subscribe = useDeed(
    useCallback(async (body: PaneSubscribe) => setState(await call('paneSubscribe', { params, body })), [params]),
  );
  return { state, lost, connect, disconnect, subscribe };
}
