import type { ParameterView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useSession } from '../live/use-session.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import './own-tools.css';
import { toolLines } from './tool-lines.ts';

interface OwnToolsProps {
  /** `Rules.Define` */
  readonly target: string;
  readonly value: unknown;
  /** Set if the target is a parameter. */
  readonly parameter?: ParameterView;
}

/** The same command over the other doors, to be copied into a tool of one's own. */
export function OwnTools({ target, value, parameter }: OwnToolsProps) {
  const { t } = useWords();
  const { cell, me } = useSession();
  const [isOpen, setOpen] = useState(false);
  const lines = isOpen ? toolLines({ target, value, parameter }, { cell, user: me.id, origin: location.origin }) : [];
  return (
    <details className="own-tools" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('tools.title')}</summary>
      <p className="muted small">{t('tools.lead')}</p>
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
