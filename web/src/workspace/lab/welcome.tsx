import type { LabSummary } from '#contract/lab-view.ts';
import { useCallback } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Account } from '../../live/account.ts';
import { call } from '../../live/api.ts';
import { useAsk, useDeed } from '../../live/use-ask.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

/** A line without a lab: what it is, what to try, and which labs there are. */
export function Welcome({ account }: { readonly account: Account }) {
  const { t, language } = useWords();
  const labs = useAsk(useCallback((signal: AbortSignal) => call('labs', { query: { language }, signal }), [language]));
  return (
    <>
      <header>
        <h2>{t('lab.welcome')}</h2>
        <p>{t('lab.welcomeText')}</p>
      </header>
      <div className="lab-body">
        <section className="welcome">
          <h3>{t('lab.welcomeTry')}</h3>
          <ol className="plain-list">
            <li>{t('lab.welcome1')}</li>
            <li>{t('lab.welcome2')}</li>
            <li>{t('lab.welcome3')}</li>
          </ol>
        </section>
        <section className="welcome">
          <h3>{t('lab.labs')}</h3>
          <ProblemNote problem={labs.problem} onRetry={labs.ask} />
          <ul className="lab-offers">
            {labs.answer?.map((lab) => (
              <Offer key={lab.id} lab={lab} account={account} />
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function Offer({ lab, account }: { readonly lab: LabSummary; readonly account: Account }) {
  const { t, language } = useWords();
  const { startLab } = account;
  const start = useDeed(useCallback(() => startLab(lab.id, language), [startLab, lab.id, language]));
  return (
    <li>
      <h4>{lab.title}</h4>
      <p>{lab.aim}</p>
      <div className="row">
        <DeedButton
          className="btn primary sm"
          aria-label={t('home.startLab', { lab: lab.title })}
          isRunning={start.isRunning}
          onPress={() => void start.run()}
        >
          {start.isRunning ? t('lab.starting') : t('lab.start')}
        </DeedButton>
        <span className="muted small">{t('home.minutes', { minutes: lab.minutes })}</span>
      </div>
      <ProblemNote problem={start.problem} />
    </li>
  );
}
