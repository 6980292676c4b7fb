import type { PaneAbilities } from '#contract/opcua-pane-deeds.ts';
import { useCallback } from 'react';
import { call } from '../../live/api.ts';
import { type Asked, useAsk } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';

/** What the chosen node can do, and of which node that is said: while the next one is asked, the answer is the old one's. */
export interface Abilities extends PaneAbilities {
  readonly nodeId: string;
}

/** What can be done with a node: write it, call it, read its history. Asked anew when the session speaks another language. */
export function useAbilities(nodeId: string | undefined, language: string | undefined): Asked<Abilities | undefined> {
  const { cell } = useSession();
  const asked = useAsk(
    useCallback(
      async (signal: AbortSignal) =>
        nodeId === undefined
          ? undefined
          : { ...(await call('paneAbilities', { params: { cell: cell.id }, query: { nodeId }, signal })), nodeId },
      // eslint-disable-next-line react-hooks/exhaustive-deps
      [cell.id, nodeId, language],
    ),
  );
  return asked.answer?.nodeId === nodeId ? asked : { ...asked, answer: undefined };
}
