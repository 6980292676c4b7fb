import type { LabSummary } from '#contract/lab-view.ts';
import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { call } from '../live/api.ts';
import { useAsk, useDeed } from '../live/use-ask.ts';
import { Loading } from '../ui/loading.tsx';
import { go } from '../ui/place.ts';
import { ProblemNote } from '../ui/problem-note.tsx';

/** The labs as cards. Starting one signs in who is nobody yet. */
export function LabList({ account }: { readonly account: Account }) {
  const { t, language } = useWords();
  const labs = useAsk(useCallback((signal: AbortSignal) => call('labs', { query: { language }, signal }), [language]));
  if (labs.problem !== undefined) return <ProblemNote problem={labs.problem} onRetry={labs.ask} />;
  if (!labs.answer) return <Loading />;
  if (labs.answer.length === 0) return <p className="muted">{t('home.noLabs')}</p>;
  return (
    <ul className="lab-cards">
      {labs.answer.map((lab) => (
        <LabCard key={lab.id} lab={lab} account={account} />
      ))}
    </ul>
  );
}

function LabCard({ lab, account }: { readonly lab: LabSummary; readonly account: Account }) {
  const { t, language } = useWords();
  const { me, tryIt, startLab } = account;
  const start = useDeed(
    useCallback(async () => {
      if (!me) await tryIt();
      await startLab(lab.id, language);
      go('/workspace');
    }, [me, tryIt, startLab, lab.id, language]),
  );
  return (
    <li>
      <span className="chip">{lab.areaTitle}</span>
      <h3>{lab.title}</h3>
      <p>{lab.aim}</p>
      <div className="row">
        <Button
          className="btn primary"
          aria-label={t('home.startLab', { lab: lab.title })}
          isDisabled={start.isRunning}
          onPress={() => void start.run()}
        >
          {start.isRunning ? t('home.opening') : t('home.start')}
        </Button>
        <span className="muted small">{t('home.minutes', { minutes: lab.minutes })}</span>
      </div>
      <ProblemNote problem={start.problem} />
    </li>
  );
}
