import type { PaneAttribute } from '#contract/opcua-pane.ts';
import { useCallback } from 'react';
import { call } from '../../live/api.ts';
import { type Asked, useAsk } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';

/** The attributes of a node as last read, and of which node they are. */
interface Attributes {
  readonly nodeId: string;
  readonly attributes: readonly PaneAttribute[];
}

/** Reads the attributes of the chosen node; again when the session speaks another language. */
export function useAttributes(
  nodeId: string | undefined,
  language: string | undefined,
): Asked<readonly PaneAttribute[] | undefined> {
  const { cell } = useSession();
  const asked = useAsk(
    useCallback(
      async (signal: AbortSignal): Promise<Attributes | undefined> =>
        nodeId === undefined
          ? undefined
          : { nodeId, attributes: await call('paneRead', { params: { cell: cell.id }, query: { nodeId }, signal }) },
      // eslint-disable-next-line react-hooks/exhaustive-deps
      [cell.id, nodeId, language],
    ),
  );
  return { ...asked, answer: asked.answer?.nodeId === nodeId ? asked.answer?.attributes : undefined };
}
