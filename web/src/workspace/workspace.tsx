import type { Me } from '#contract/participant.ts';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { CellSession } from '../live/cell-session.ts';
import { askCell } from '../live/early-cell.ts';
import { SessionContext } from '../live/use-session.ts';
import { Link } from '../ui/link.tsx';
import { Loading } from '../ui/loading.tsx';
import { go } from '../ui/place.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { SignInForm } from '../ui/sign-in-form.tsx';
import { Desk } from './desk.tsx';
import { findAgain } from './lab/whereabouts.ts';
import { SelectionProvider, viewIn } from './selection.tsx';
import { UnattendedBar } from './unattended-bar.tsx';
import { fetchView } from './views/views.tsx';
import './workspace.css';

// On its way while the server still says who this is and what the line is like.
fetchView(viewIn(new URLSearchParams(location.search)));

/** The workspace of whoever is signed in; who was never here is sent to the first page. */
export function Workspace({ account }: { readonly account: Account }) {
  const { me, problem, formerly, refresh } = account;
  const isStranger = me === null && !formerly;
  useEffect(() => {
    if (isStranger) go('/');
  }, [isStranger]);
  if (me) return <Line key={me.cell} me={me} account={account} />;
  if (problem !== undefined) return <Stopped problem={problem} onRetry={() => void refresh()} />;
  return formerly ? <SignedOut account={account} /> : <Loading />;
}

/** One cell: its description once, then everything live, until the participant's key leads to another one. */
function Line({ me, account }: { readonly me: Me; readonly account: Account }) {
  const [session, setSession] = useState<CellSession>();
  const [problem, setProblem] = useState<unknown>();
  const [round, setRound] = useState(0);
  const [who] = useState(me);
  const { look } = account;
  useEffect(() => {
    const abort = new AbortController();
    let opened: CellSession | undefined;
    Promise.all([askCell(who.cell, abort.signal), findAgain(who.attempt, abort.signal)]).then(
      ([cell]) => {
        if (abort.signal.aborted) return;
        opened = new CellSession(who, cell, () => void look());
        setSession(opened);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(error);
      },
    );
    return () => {
      abort.abort();
      opened?.close();
    };
  }, [who, look, round]);
  if (problem !== undefined) return <Stopped problem={problem} onRetry={() => setRound(round + 1)} />;
  if (!session) return <Loading />;
  return (
    <SessionContext.Provider value={session}>
      <SelectionProvider>
        <UnattendedBar account={account} />
        <Desk account={account} attempt={me.attempt} />
      </SelectionProvider>
    </SessionContext.Provider>
  );
}

/** The server has forgotten this browser. */
function SignedOut({ account }: { readonly account: Account }) {
  const { t } = useWords();
  return (
    <main className="stopped">
      <h1>{t('signIn.out')}</h1>
      <p>{t('signIn.outText')}</p>
      <SignInForm account={account} isMain onDone={() => undefined} />
      <Link to="/">{t('lab.leave')}</Link>
    </main>
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
