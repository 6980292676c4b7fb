import { useId, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { inSession, isNodeId, signalOfNode } from './node-id.ts';
import type { ListedNode } from './opcua-view.tsx';

interface AddNodeIdProps {
  readonly onAdd: (node: ListedNode) => void;
}

/** Adds a node by its NodeId, as one pastes it from elsewhere. */
export function AddNodeId({ onAdd }: AddNodeIdProps) {
  const { t, say } = useWords();
  const session = useSession();
  const id = useId();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { namespaceUri } = session.cell.opcua;
  const add = useDeed(async () => {
    const typed = text.trim();
    const written = session.findSignal(typed) ? `nsu=${namespaceUri};s=${typed}` : typed;
    if (!isNodeId(written)) {
      setWrong(true);
      return;
    }
    // Emptied at once, so that the next one can be typed meanwhile.
    setText('');
    const nodeId = await inSession(session.cell.id, written);
    const signal = signalOfNode(session, nodeId);
    onAdd({ nodeId, name: signal ? say(signal.text) : nodeId });
  });
  return (
    <form
      className="add-node"
      onSubmit={(event) => {
        event.preventDefault();
        void add.run();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('opcua.nodeId')}</label>
        <input
          id={id}
          className="input"
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isWrong}
          aria-describedby={`${id}-problem`}
          onChange={(event) => {
            setText(event.target.value);
            setWrong(false);
          }}
        />
      </div>
      <DeedButton className="btn" type="submit" isRunning={false} isDisabled={text.trim() === ''}>
        {t('opcua.add')}
      </DeedButton>
      <span id={`${id}-problem`} className="echo problem" role="alert">
        {isWrong && t('opcua.badNodeId', { example: `nsu=${namespaceUri};s=ST03.Meter.Power` })}
      </span>
      <ProblemNote problem={add.problem} />
    </form>
  );
}
