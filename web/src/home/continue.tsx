import type { RecordedAttempt } from '#contract/lab-record.ts';
import { wallDayTime } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { DeedButton } from '../ui/deed-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { leftAt, touchedMs } from './standing.ts';
import { useResume } from './use-lab-deeds.ts';

interface ContinueProps {
  readonly record: readonly RecordedAttempt[];
  readonly account: Account;
}

/** The lab that was worked on last and is not passed, if there is one. */
export function Continue({ record, account }: ContinueProps) {
  const attempt = leftAt(record);
  return attempt ? <Left attempt={attempt} account={account} /> : null;
}

function Left({ attempt, account }: { readonly attempt: RecordedAttempt; readonly account: Account }) {
  const { t, language } = useWords();
  const { lab, steps, startedMs } = attempt;
  const resume = useResume(account, attempt.id);
  const touched = touchedMs(attempt);
  const date = wallDayTime(touched, language);
  return (
    <section className="card resume-card" aria-labelledby="left">
      <div>
        <h2 id="left">{t('learning.continue')}</h2>
        <p>
          {lab.title} · {t('learning.done', { done: steps.filter(({ passed }) => passed).length, all: steps.length })} ·{' '}
          {t('learning.points', attempt)} ·{' '}
          {t(touched > startedMs ? 'learning.lastWorked' : 'learning.started', { date })}
        </p>
        <ProblemNote problem={resume.problem} />
      </div>
      <DeedButton
        className="btn primary"
        isRunning={resume.isRunning}
        aria-label={t('learning.continueLab', { lab: lab.title })}
        onPress={() => void resume.run()}
      >
        {resume.isRunning ? t('home.opening') : t('learning.resume')}
      </DeedButton>
    </section>
  );
}
