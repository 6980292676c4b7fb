import { useState } from 'react';
import { useKept } from '../../live/use-kept.ts';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { AddressSpace } from './address-space.tsx';
import { Events } from './events.tsx';
import { MonitoredItems } from './monitored-items.tsx';
import { NodeFind } from './node-find.tsx';
import { NodeDetails } from './node-details.tsx';
import './opcua.css';
import { SessionBar } from './session-bar.tsx';
import type { TreeNode } from './tree-node.ts';
import { usePane } from './use-pane.ts';

/** A node that someone wants monitored. */
export interface ListedNode {
  readonly nodeId: string;
  readonly name: string;
}

/** An OPC UA client: session, address space, attributes, monitored items. */
export function OpcUaView() {
  const pane = usePane();
  const [selected, setSelected] = useState<TreeNode>();
  const [list, setList] = useKept<readonly ListedNode[] | undefined>('opcua.list', () => undefined);
  const { state, lost } = pane;
  if (!state) return lost === undefined ? <Loading /> : <ProblemNote problem={lost} />;
  const listed = list ?? state.items.map(({ nodeId, displayName }) => ({ nodeId, name: displayName }));
  const add = (node: ListedNode) =>
    setList((known) => {
      const before = known ?? listed;
      return before.some(({ nodeId }) => nodeId === node.nodeId) ? before : [...before, node];
    });
  return (
    <div className="opcua">
      <SessionBar pane={pane} state={state} />
      <div className="opcua-space">
        {state.connected && <NodeFind onFind={setSelected} />}
        <AddressSpace
          key={String(state.connected)}
          isConnected={state.connected}
          selected={selected}
          onSelect={setSelected}
          onAdd={add}
        />
      </div>
      <div className="opcua-right">
        {state.connected && <NodeDetails node={selected} listed={listed} onAdd={add} />}
        <MonitoredItems pane={pane} state={state} listed={listed} onAdd={add} onList={setList} />
        <Events isConnected={state.connected} />
      </div>
    </div>
  );
}
