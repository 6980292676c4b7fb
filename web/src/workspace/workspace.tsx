import type { CellView } from '#contract/cell-view.ts';
import type { Me } from '#contract/participant.ts';
import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { call } from '../live/api.ts';
import { CellSession } from '../live/cell-session.ts';
import { useAsk } from '../live/use-ask.ts';
import { SessionContext } from '../live/use-session.ts';
import { Link } from '../ui/link.tsx';
import { Loading } from '../ui/loading.tsx';
import { go } from '../ui/place.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Desk } from './desk.tsx';
import { SelectionProvider } from './selection.tsx';
import './workspace.css';

/** The workspace of whoever is signed in; nobody is sent to the first page. */
export function Workspace({ account }: { readonly account: Account }) {
  const { me, problem, refresh } = account;
  useEffect(() => {
    if (me === null) go('/');
  }, [me]);
  if (problem !== undefined) return <Stopped problem={problem} onRetry={() => void refresh()} />;
  return me ? <Line key={me.cell} me={me} account={account} /> : <Loading />;
}

/** One cell: its description once, then everything live. */
function Line({ me, account }: { readonly me: Me; readonly account: Account }) {
  const cell = useAsk(
    useCallback((signal: AbortSignal) => call('cell', { params: { cell: me.cell }, signal }), [me.cell]),
  );
  if (cell.problem !== undefined) return <Stopped problem={cell.problem} onRetry={cell.ask} />;
  return cell.answer ? <Live me={me} cell={cell.answer} account={account} /> : <Loading />;
}

function Live({ me, cell, account }: { readonly me: Me; readonly cell: CellView; readonly account: Account }) {
  const { refresh } = account;
  const [session, setSession] = useState<CellSession>();
  useEffect(() => {
    const opened = new CellSession(me, cell, () => void refresh());
    setSession(opened);
    return () => opened.close();
    // The session stays while the cell does; a new attempt on it changes `me` but not the line.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cell, refresh]);
  if (!session) return <Loading />;
  return (
    <SessionContext.Provider value={session}>
      <SelectionProvider>
        <Desk account={account} attempt={me.attempt} />
      </SelectionProvider>
    </SessionContext.Provider>
  );
}

function Stopped({ problem, onRetry }: { readonly problem: unknown; readonly onRetry: () => void }) {
  const { t } = useWords();
  return (
    <main className="stopped">
      <h1>Verkstad</h1>
      <ProblemNote problem={problem} onRetry={onRetry} />
      <Link to="/">{t('lab.leave')}</Link>
    </main>
  );
}
