import type { ParameterView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useSession } from '../live/use-session.ts';
import { toolLines } from './tool-lines.ts';
import { ToolList } from './tool-list.tsx';

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
  return <ToolList title={t('tools.title')} lead={t('tools.lead')} lines={lines} onToggle={setOpen} />;
}
