import type { PaneNode } from '#contract/opcua-pane.ts';
import { OBJECTS } from './tree-node.ts';

/** So many nodes are opened on the search; the address space of a line is not deep. */
const MOST = 40;

/**
 * The ids from Objects down to a node of the line, both included; undefined if the search does not come upon it. In the
 * line the id of a node begins with that of its owner, so what does not lead there is left aside: `a/b` is below `a`,
 * `ST03.Spindle.Load` below `ST03`, and stations are below the line.
 */
export async function wayTo(
  target: string,
  browse: (nodeId: string) => Promise<readonly PaneNode[]>,
): Promise<readonly string[] | undefined> {
  const waiting: (readonly string[])[] = [[OBJECTS.nodeId]];
  for (let opened = 0; waiting.length > 0 && opened < MOST; opened++) {
    const way = waiting.shift()!;
    for (const { nodeId } of await browse(way.at(-1)!)) {
      if (nodeId === target) return [...way, nodeId];
      if (way.includes(nodeId)) continue;
      if (target.startsWith(`${nodeId}.`)) waiting.unshift([...way, nodeId]);
      else if (isPlace(nodeId, target)) waiting.push([...way, nodeId]);
    }
  }
  return undefined;
}

const indexOf = (nodeId: string): string | undefined => /^ns=\d+;s=/.exec(nodeId)?.[0];

/** A site, an area or a line: of the same namespace, and neither a station nor anything in one. */
function isPlace(nodeId: string, target: string): boolean {
  const index = indexOf(target);
  return index !== undefined && nodeId.startsWith(index) && /^[a-z0-9/_-]+$/.test(nodeId.slice(index.length));
}
