import { useEffect, useEffectEvent } from 'react';
import { call } from '../../live/api.ts';
import { useSession } from '../../live/use-session.ts';
import type { TreeNode } from './tree-node.ts';
import { wayTo } from './way-to.ts';

/** Looks for the place in the tree of a node that was found by its id. */
export function useWayTo(selected: TreeNode | undefined, onWay: (way: readonly string[]) => void): void {
  const { cell } = useSession();
  const sought = selected?.key === '' ? selected.node.nodeId : undefined;
  const found = useEffectEvent(onWay);
  useEffect(() => {
    if (sought === undefined) return undefined;
    const abort = new AbortController();
    const browse = (nodeId: string) =>
      call('paneBrowse', { params: { cell: cell.id }, query: { nodeId }, signal: abort.signal });
    wayTo(sought, browse).then(
      (way) => way && !abort.signal.aborted && found(way),
      () => undefined,
    );
    return () => abort.abort();
  }, [sought, cell.id]);
}
