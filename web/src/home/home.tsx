import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { useDeed } from '../live/use-ask.ts';
import { Logo } from '../ui/icons.tsx';
import { LanguageAndTheme } from '../ui/language-and-theme.tsx';
import { go } from '../ui/place.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import './home.css';
import { LabList } from './lab-list.tsx';
import { LineSketch } from './line-sketch.tsx';

interface HomeProps {
  readonly account: Account;
  /** The address led nowhere. */
  readonly isLost: boolean;
}

/** The first page: what this is, a line within a second, and the labs. */
export function Home({ account, isLost }: HomeProps) {
  const { t } = useWords();
  return (
    <div className="home">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="home-top">
        <span className="logo">
          <Logo />
          Verkstad
        </span>
        <span className="grow" />
        <LanguageAndTheme />
      </header>
      <main id="content" tabIndex={-1}>
        {isLost && (
          <div className="note fault" role="alert">
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
        <section aria-labelledby="labs">
          <h2 id="labs" className="section-title">
            {t('home.labs')}
          </h2>
          <LabList account={account} />
        </section>
      </main>
      <footer className="home-foot">{t('home.footer')}</footer>
    </div>
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
          <Button className="btn primary big" isDisabled={trying.isRunning} onPress={() => void trying.run()}>
            {trying.isRunning ? t('home.opening') : t('home.try')}
          </Button>
        )}
        <span className="muted small">{me ? t('home.resumeNote', { id: me.id }) : t('home.tryNote')}</span>
      </div>
      <ProblemNote problem={trying.problem} />
      <ProblemNote problem={problem} onRetry={() => void refresh()} />
    </>
  );
}
