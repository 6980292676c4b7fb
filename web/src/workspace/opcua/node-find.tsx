import type { PaneNode } from '#contract/opcua-pane.ts';
import { useId, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { isNodeId } from './node-id.ts';
import type { TreeNode } from './tree-node.ts';

/** Opens a node by its NodeId, or by its path in the line: ST03.Program.Feed. */
export function NodeFind({ onFind }: { readonly onFind: (node: TreeNode) => void }) {
  const { t } = useWords();
  const { cell } = useSession();
  const id = useId();
  const [text, setText] = useState('');
  const find = useDeed(async () => {
    const typed = text.trim();
    const written = isNodeId(typed) ? typed : `nsu=${cell.opcua.namespaceUri};s=${typed}`;
    const read = await call('paneRead', { params: { cell: cell.id }, query: { nodeId: written } });
    const valueOf = (name: string) => read.find((each) => each.name === name)?.value ?? '';
    const nodeId = valueOf('NodeId');
    const nodeClass = valueOf('NodeClass');
    const node: PaneNode = {
      ...{ nodeId, browseName: valueOf('BrowseName'), displayName: valueOf('DisplayName'), hasChildren: false },
      nodeClass: nodeClass === 'Object' || nodeClass === 'Variable' || nodeClass === 'Method' ? nodeClass : 'Other',
    };
    onFind({ key: '', node, children: undefined, isWaiting: false });
  });
  return (
    <form
      className="node-find"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void find.run();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('opcua.openNode')}</label>
        <input
          id={id}
          className="input"
          value={text}
          spellCheck={false}
          autoComplete="off"
          placeholder="ST03.Program.Feed"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <DeedButton className="btn" type="submit" isRunning={find.isRunning} isDisabled={text.trim() === ''}>
        {t('opcua.open')}
      </DeedButton>
      <ProblemNote problem={find.problem} />
    </form>
  );
}
