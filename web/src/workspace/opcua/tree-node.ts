import type { PaneNode } from '#contract/opcua-pane.ts';

/** A node at one place of the tree. The same node may be reached in several ways, so its key is the way to it; empty if that is unknown. */
export interface TreeNode {
  readonly key: string;
  readonly node: PaneNode;
  /** Undefined until it was opened. */
  readonly children: readonly TreeNode[] | undefined;
  readonly isWaiting: boolean;
}

export const OBJECTS: PaneNode = {
  nodeId: 'i=85',
  browseName: 'Objects',
  displayName: 'Objects',
  nodeClass: 'Object',
  hasChildren: true,
};

const WAITING: PaneNode = { nodeId: '', browseName: '…', displayName: '…', nodeClass: 'Other', hasChildren: false };

/** The tree as far as it is known: children by node id. */
export function treeOf(
  node: PaneNode,
  childrenOf: ReadonlyMap<string, readonly PaneNode[]>,
  expanded: ReadonlySet<string>,
  parent = '',
): TreeNode {
  const key = keyBelow(parent, node.nodeId);
  const known = childrenOf.get(node.nodeId);
  const isOpen = expanded.has(key);
  // A closed branch is not built: nodes may refer to each other in a ring.
  const children = isOpen
    ? (known?.map((child) => treeOf(child, childrenOf, expanded, key)) ?? [
        { key: keyBelow(key, '…'), node: WAITING, children: undefined, isWaiting: true },
      ])
    : undefined;
  return { key, node, children, isWaiting: false };
}

/** Between the node ids of a way. String ids hold slashes, dots and blanks, but a new line is nothing that one types. */
const STEP = '\n';

const keyBelow = (parent: string, nodeId: string): string => (parent === '' ? nodeId : parent + STEP + nodeId);

/** The key of a place by the ids on the way to it, the root first. */
export const keyOfWay = (way: readonly string[]): string => way.join(STEP);

/** The node that a key stands for. */
export const nodeIdOf = (key: string): string => key.slice(key.lastIndexOf(STEP) + 1);
