import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import type { ListedNode } from './opcua-view.tsx';

const NODE_ID = /^(?:(?:ns=\d+|nsu=[^;]+);)?[isgb]=.+$/;

interface AddNodeIdProps {
  readonly listed: readonly ListedNode[];
  readonly onAdd: (node: ListedNode) => void;
}

/** Adds a node by its NodeId, as one pastes it from elsewhere. */
export function AddNodeId({ listed, onAdd }: AddNodeIdProps) {
  const { t, say } = useWords();
  const session = useSession();
  const id = useId();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { namespaceUri } = session.cell.opcua;
  const add = () => {
    const typed = text.trim();
    const nodeId = session.findSignal(typed) ? `nsu=${namespaceUri};s=${typed}` : typed;
    if (!NODE_ID.test(nodeId)) {
      setWrong(true);
      return;
    }
    const path = nodeId.slice(nodeId.indexOf('s=', nodeId.indexOf(';')) + 2);
    const signal = session.findSignal(path);
    if (!listed.some((other) => other.nodeId === nodeId)) onAdd({ nodeId, name: signal ? say(signal.text) : nodeId });
    setText('');
  };
  return (
    <form
      className="add-node"
      onSubmit={(event) => {
        event.preventDefault();
        add();
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
      <Button className="btn" type="submit" isDisabled={text.trim() === ''}>
        {t('opcua.add')}
      </Button>
      <span id={`${id}-problem`} className="echo problem" role="alert">
        {isWrong && t('opcua.badNodeId', { example: `nsu=${namespaceUri};s=ST03.Meter.Power` })}
      </span>
    </form>
  );
}
