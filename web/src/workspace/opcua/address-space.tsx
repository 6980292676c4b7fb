import type { PaneNode } from '#contract/opcua-pane.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, Collection, type Key, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { Chevron } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { ListedNode } from './opcua-view.tsx';
import { OBJECTS, type TreeNode, keyOfWay, nodeIdOf, treeOf } from './tree-node.ts';
import { useWayTo } from './use-way-to.ts';

const ROOT_KEY = keyOfWay([OBJECTS.nodeId]);

/** What a node was found to have below it, with display names in one language. */
interface Branch {
  readonly language: string;
  readonly children: readonly PaneNode[];
}

interface AddressSpaceProps {
  readonly selected: TreeNode | undefined;
  /** In which the session gets display names. */
  readonly language: string | undefined;
  readonly onSelect: (node: TreeNode) => void;
  /** A node that was found by its id has this key in the tree. */
  readonly onPlace: (key: string) => void;
  readonly onAdd: (node: ListedNode) => void;
}

/** The server's tree below Objects; branches are browsed when they are opened. */
export function AddressSpace({ selected, language = 'en', onSelect, onPlace, onAdd }: AddressSpaceProps) {
  const { t } = useWords();
  const { cell } = useSession();
  const [known, setKnown] = useState<ReadonlyMap<string, Branch>>(new Map());
  const [expanded, setExpanded] = useKept<ReadonlySet<string>>('opcua.expanded', () => new Set([ROOT_KEY]));
  const [problem, setProblem] = useState<unknown>();
  const [round, setRound] = useState(0);
  const tree = useRef<HTMLDivElement>(null);

  const wanted = [...expanded].map(nodeIdOf).filter((nodeId) => known.get(nodeId)?.language !== language);
  const missing = wanted.join('\n');
  useEffect(() => {
    for (const nodeId of missing.split('\n').filter(Boolean)) {
      call('paneBrowse', { params: { cell: cell.id }, query: { nodeId } }).then((found) => {
        setKnown((before) => new Map(before).set(nodeId, { language, children: found }));
        setProblem(undefined);
      }, setProblem);
    }
  }, [missing, cell.id, language, round]);

  const items = useMemo(() => {
    const childrenOf = new Map([...known].map(([nodeId, { children }]) => [nodeId, children]));
    return [treeOf(OBJECTS, childrenOf, expanded)];
  }, [known, expanded]);
  const flat = useMemo(() => byKey(items), [items]);
  useWayTo(selected, (way) => {
    setExpanded(new Set([...expanded, ...way.slice(0, -1).map((_, k) => keyOfWay(way.slice(0, k + 1)))]));
    onPlace(keyOfWay(way));
  });
  const shownKey = selected && flat.has(selected.key) ? selected.key : undefined;
  useEffect(() => {
    if (shownKey === undefined) return undefined;
    // The tree makes its rows a moment after it was told of them.
    const soon = setTimeout(() => tree.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest' }));
    return () => clearTimeout(soon);
  }, [shownKey]);
  return (
    <>
      <ProblemNote problem={problem} onRetry={() => setRound(round + 1)} />
      <Tree
        ref={tree}
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
