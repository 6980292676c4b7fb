import { CopyButton } from '../ui/copy-button.tsx';
import './own-tools.css';
import type { ToolLine } from './tool-lines.ts';

interface ToolListProps {
  readonly title: string;
  readonly lead: string;
  readonly lines: readonly ToolLine[];
  readonly onToggle?: (isOpen: boolean) => void;
}

/** Lines to be copied into tools of one's own, folded away until they are wanted. */
export function ToolList({ title, lead, lines, onToggle }: ToolListProps) {
  return (
    <details className="own-tools" onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary>{title}</summary>
      <p className="muted small">{lead}</p>
      <dl>
        {lines.map(({ door, text }) => (
          <div key={door}>
            <dt>
              {door} <CopyButton text={text} what={door} />
            </dt>
            <dd>
              <pre tabIndex={0}>{text}</pre>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
