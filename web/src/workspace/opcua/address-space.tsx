import type { PaneNode } from '#contract/opcua-pane.ts';
import { useEffect, useMemo, useState } from 'react';
import { Button, Collection, type Key, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { Chevron } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { ListedNode } from './opcua-view.tsx';
import { OBJECTS, type TreeNode, nodeIdOf, treeOf } from './tree-node.ts';

const ROOT_KEY = `/${OBJECTS.nodeId}`;

interface AddressSpaceProps {
  readonly selected: TreeNode | undefined;
  readonly onSelect: (node: TreeNode) => void;
  readonly onAdd: (node: ListedNode) => void;
}

/** The server's tree below Objects; branches are browsed when they are opened. */
export function AddressSpace({ selected, onSelect, onAdd }: AddressSpaceProps) {
  const { t } = useWords();
  const { cell } = useSession();
  const [childrenOf, setChildrenOf] = useState<ReadonlyMap<string, readonly PaneNode[]>>(new Map());
  const [expanded, setExpanded] = useKept<ReadonlySet<string>>('opcua.expanded', () => new Set([ROOT_KEY]));
  const [problem, setProblem] = useState<unknown>();
  const [round, setRound] = useState(0);

  const wanted = [...expanded].map(nodeIdOf).filter((nodeId) => !childrenOf.has(nodeId));
  const missing = wanted.join('\n');
  useEffect(() => {
    for (const nodeId of missing.split('\n').filter(Boolean)) {
      call('paneBrowse', { params: { cell: cell.id }, query: { nodeId } }).then((found) => {
        setChildrenOf((before) => new Map(before).set(nodeId, found));
        setProblem(undefined);
      }, setProblem);
    }
  }, [missing, cell.id, round]);

  const items = useMemo(() => [treeOf(OBJECTS, childrenOf, expanded)], [childrenOf, expanded]);
  const flat = useMemo(() => byKey(items), [items]);
  return (
    <>
      <ProblemNote problem={problem} onRetry={() => setRound(round + 1)} />
      <Tree
        aria-label={t('opcua.tree')}
        className="tree"
        items={items}
        selectionMode="single"
        selectedKeys={selected ? [selected.key] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          const found = flat.get(key as string);
          if (found && !found.isWaiting) onSelect(found);
        }}
        expandedKeys={expanded}
        onExpandedChange={(keys: Set<Key>) => setExpanded(new Set([...keys].map(String)))}
        onAction={(key) => {
          const found = flat.get(String(key));
          if (found?.node.nodeClass === 'Variable') onAdd({ nodeId: found.node.nodeId, name: found.node.displayName });
        }}
      >
        {Row}
      </Tree>
    </>
  );
}

function byKey(items: readonly TreeNode[], into = new Map<string, TreeNode>()): Map<string, TreeNode> {
  for (const item of items) {
    into.set(item.key, item);
    byKey(item.children ?? [], into);
  }
  return into;
}

const KINDS = { Object: 'O', Variable: 'V', Method: 'M', Other: '·' } as const;

function Row({ key, node, children }: TreeNode) {
  return (
    <TreeItem id={key} textValue={node.displayName} className="tree-row" hasChildItems={node.hasChildren}>
      <TreeItemContent>
        {node.hasChildren ? (
          <Button slot="chevron" className="tree-chevron">
            <Chevron size={10} />
          </Button>
        ) : (
          <span className="tree-chevron" />
        )}
        <span className="tree-kind" title={node.nodeClass}>
          {KINDS[node.nodeClass]}
        </span>
        <span>{node.displayName}</span>
      </TreeItemContent>
      <Collection items={children ?? []}>{Row}</Collection>
    </TreeItem>
  );
}
