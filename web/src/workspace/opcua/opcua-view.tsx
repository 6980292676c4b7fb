import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { NARROW_PANE, PaneParts } from '../pane-parts.tsx';
import { focusQuietly } from '../panes.ts';
import { AddressSpace } from './address-space.tsx';
import { Conditions } from './conditions.tsx';
import { ConnectForm } from './connect-form.tsx';
import { Events } from './events.tsx';
import { MonitoredItems } from './monitored-items.tsx';
import { NodeDetails } from './node-details.tsx';
import { NodeFind } from './node-find.tsx';
import { NodeHistory } from './node-history.tsx';
import { signalOfNode } from './node-id.ts';
import './opcua-words.ts';
import '../stacked.css';
import './opcua.css';
import { SessionBar, SessionFacts } from './session.tsx';
import type { TreeNode } from './tree-node.ts';
import { useAbilities } from './use-abilities.ts';
import { useAttributes } from './use-attributes.ts';
import { usePane } from './use-pane.ts';
import { usePaneEvents } from './use-pane-events.ts';

/** A node that someone wants monitored. */
export interface ListedNode {
  readonly nodeId: string;
  readonly name: string;
}

/** An OPC UA client: first the session, then the address space beside what can be done in it. */
export function OpcUaView() {
  const pane = usePane();
  const { state, lost } = pane;
  const { t } = useWords();
  const whole = useRef<HTMLDivElement>(null);
  const isConnected = state?.connected;
  const wasConnected = useRef(isConnected);
  // The button that opened or closed the session is gone with what stood around it.
  useEffect(() => {
    const isOther = wasConnected.current !== undefined && wasConnected.current !== isConnected;
    wasConnected.current = isConnected;
    if (isOther && whole.current && document.activeElement === document.body) focusQuietly(whole.current);
  }, [isConnected]);
  if (!state) return lost === undefined ? <Loading /> : <ProblemNote problem={lost} />;
  return (
    <div className="opcua" ref={whole} tabIndex={-1} role="group" aria-label={t('tabs.opcua')}>
      {state.connected ? (
        <>
          <SessionBar pane={pane} state={state} />
          <Client pane={pane} state={state} />
        </>
      ) : (
        <ConnectForm pane={pane} state={state} />
      )}
    </div>
  );
}

interface ClientProps {
  readonly pane: ReturnType<typeof usePane>;
  readonly state: NonNullable<ReturnType<typeof usePane>['state']>;
}

function Client({ pane, state }: ClientProps) {
  const { t, n, say } = useWords();
  const session = useSession();
  const isNarrow = useMedia(NARROW_PANE);
  const [chosen, setChosen] = useState<TreeNode>();
  const [open, setOpen] = useKept('opcua.open', () => 'space');
  const [list, setList] = useKept<readonly ListedNode[] | undefined>('opcua.list', () => undefined);
  const events = usePaneEvents();
  const abilities = useAbilities(chosen?.node.nodeId, state.language);
  const attributes = useAttributes(chosen?.node.nodeId, state.language);
  const nameNow = attributes.answer?.find(({ name }) => name === 'DisplayName')?.value;
  const selected = chosen && { ...chosen, node: { ...chosen.node, displayName: nameNow ?? chosen.node.displayName } };
  const listed = (list ?? state.items.map(({ nodeId, displayName }) => ({ nodeId, name: displayName }))).map((node) => {
    const signal = signalOfNode(session, node.nodeId);
    return signal ? { ...node, name: say(signal.text) } : node;
  });
  const add = (node: ListedNode) =>
    setList((known) => {
      const before = known ?? listed;
      return before.some(({ nodeId }) => nodeId === node.nodeId) ? before : [...before, node];
    });
  // The history is of the chosen node too, so it stays open when another one is chosen.
  const select = (node: TreeNode) => {
    setChosen(node);
    if (isNarrow || open !== 'history') setOpen('node');
  };
  const { told } = events;
  const wanting = told?.conditions.filter(({ isActive, isAcked }) => isActive || !isAcked).length ?? 0;
  return (
    <PaneParts
      label={t('opcua.parts')}
      open={open}
      onOpen={setOpen}
      list={{
        id: 'space',
        title: t('opcua.tree'),
        body: (
          <>
            <NodeFind onFind={select} />
            <AddressSpace
              selected={selected}
              language={state.language}
              onSelect={select}
              onPlace={(key) => setChosen((node) => node && { ...node, key })}
              onAdd={add}
            />
          </>
        ),
      }}
      parts={[
        {
          id: 'node',
          title: t('opcua.node'),
          body: (
            <NodeDetails node={selected} attributes={attributes} abilities={abilities} listed={listed} onAdd={add} />
          ),
        },
        {
          id: 'items',
          title: t('opcua.subscription'),
          mark: listed.length > 0 ? n(listed.length) : undefined,
          body: <MonitoredItems pane={pane} state={state} listed={listed} onAdd={add} onList={setList} />,
        },
        { id: 'history', title: t('opcua.history'), body: <NodeHistory node={selected} abilities={abilities} /> },
        {
          id: 'events',
          title: t('opcua.events'),
          mark: told?.watch && told.count > 0 ? n(told.count) : undefined,
          body: <Events feed={events} />,
        },
        {
          id: 'alarms',
          title: t('opcua.alarms'),
          mark: wanting > 0 ? n(wanting) : undefined,
          body: <Conditions feed={events} />,
        },
        { id: 'session', title: t('opcua.session'), body: <SessionFacts state={state} /> },
      ]}
    />
  );
}
