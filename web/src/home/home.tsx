import type { RecordedAttempt } from '#contract/lab-record.ts';
import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { call } from '../live/api.ts';
import { useAsk, useDeed } from '../live/use-ask.ts';
import { Page } from '../pages/page.tsx';
import { DeedButton } from '../ui/deed-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { go } from '../ui/place.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { SignInForm } from '../ui/sign-in-form.tsx';
import { Areas } from './areas.tsx';
import { Continue } from './continue.tsx';
import { Helper } from './helper.tsx';
import './home.css';
import { LineSketch } from './line-sketch.tsx';
import { Paths } from './paths.tsx';

interface HomeProps {
  readonly account: Account;
  /** The address led nowhere. */
  readonly isLost: boolean;
}

/** The first page: where one left, what this is, a line within a second, and the labs by areas and paths. */
export function Home({ account, isLost }: HomeProps) {
  const { t } = useWords();
  return (
    <Page isSignedIn={!!account.me}>
      {isLost && (
        <div className="note lost" role="alert">
          <p>{t('problem.notFound')}</p>
          <p>{t('problem.notFoundHint')}</p>
        </div>
      )}
      <section className="hero" aria-labelledby="claim">
        <div>
          <h1 id="claim">{t('app.claim')}</h1>
          <p className="lead">{t('home.lead')}</p>
          <Entrance account={account} />
        </div>
        <LineSketch />
      </section>
      {account.me !== undefined && <Labs account={account} />}
      <section aria-labelledby="points">
        <h2 id="points" className="sr">
          {t('home.points')}
        </h2>
        <ul className="points">
          {([1, 2, 3] as const).map((k) => (
            <li key={k}>
              <h3>{t(`home.point${k}`)}</h3>
              <p>{t(`home.point${k}Text`)}</p>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

const NO_RECORD: readonly RecordedAttempt[] = [];

/** All that can be done here, with how far this participant has come. */
function Labs({ account }: { readonly account: Account }) {
  const { t, language } = useWords();
  const { me } = account;
  const asked = useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        const query = { language };
        const [labs, curriculum, record] = await Promise.all([
          call('labs', { query, signal }),
          call('curriculum', { query, signal }),
          me ? call('record', { query, signal }) : NO_RECORD,
        ]);
        return { labs, curriculum, record };
      },
      [language, me],
    ),
  );
  if (asked.problem !== undefined) return <ProblemNote problem={asked.problem} onRetry={asked.ask} />;
  if (!asked.answer) return <Loading />;
  const { labs, curriculum, record } = asked.answer;
  return (
    <>
      <Continue record={record} account={account} />
      <section aria-labelledby="labs">
        <h2 id="labs" className="section-title">
          {t('home.labs')}
        </h2>
        {labs.length === 0 && <p className="muted">{t('home.noLabs')}</p>}
        <Areas labs={labs} areas={curriculum.areas} record={record} account={account} />
      </section>
      <div className="learning">
        <Paths labs={labs} curriculum={curriculum} record={record} />
        <Helper labs={labs} curriculum={curriculum} record={record} account={account} />
      </div>
    </>
  );
}

function Entrance({ account }: { readonly account: Account }) {
  const { t } = useWords();
  const { me, problem, refresh, tryIt } = account;
  const enter = useCallback(async () => {
    await tryIt();
    go('/workspace');
  }, [tryIt]);
  const trying = useDeed(enter);
  return (
    <>
      <div className="row">
        {me ? (
          <Button className="btn primary big" onPress={() => go('/workspace')}>
            {t('home.resume')}
          </Button>
        ) : (
          <DeedButton className="btn primary big" isRunning={trying.isRunning} onPress={() => void trying.run()}>
            {trying.isRunning ? t('home.opening') : t('home.try')}
          </DeedButton>
        )}
        <span className="muted small">{me ? t('home.resumeNote', { id: me.id }) : t('home.tryNote')}</span>
      </div>
      <ProblemNote problem={trying.problem} />
      {me === null && (
        <details className="come-back" open={account.formerly !== undefined}>
          <summary>{t('signIn.title')}</summary>
          <p className="muted small">{t('signIn.text')}</p>
          <SignInForm account={account} onDone={() => go('/workspace')} />
        </details>
      )}
      <ProblemNote problem={problem} onRetry={() => void refresh()} />
    </>
  );
}
