import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { LabSummary } from '#contract/lab-view.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { DeedButton } from '../ui/deed-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { standingOf } from './standing.ts';
import { useResume, useStart } from './use-lab-deeds.ts';

interface LabCardProps {
  readonly lab: LabSummary;
  readonly record: readonly RecordedAttempt[];
  readonly account: Account;
}

/** One lab: what it is about, what it takes and gives, how far one has come, and the way in. */
export function LabCard({ lab, record, account }: LabCardProps) {
  const { t } = useWords();
  const { state, attempt } = standingOf(lab.id, record);
  const start = useStart(account, lab.id);
  const resume = useResume(account, attempt?.id ?? '');
  const isOpening = start.isRunning || resume.isRunning;
  return (
    <li>
      <h4>{lab.title}</h4>
      <p>{lab.aim}</p>
      <ul className="lab-facts">
        <li>{t('home.minutes', { minutes: lab.minutes })}</li>
        <li>{lab.counts ? t('learning.worth', { points: lab.points }) : t('learning.practice')}</li>
      </ul>
      {attempt && (
        <div className="row">
          <span className={state === 'passed' ? 'chip ok' : 'chip info'}>
            {t(state === 'passed' ? 'learning.statePassed' : 'learning.stateStarted')}
          </span>
          <span className="small">{t('learning.points', attempt)}</span>
        </div>
      )}
      <div className="row">
        {state === 'started' && (
          <DeedButton
            className="btn primary"
            aria-label={t('learning.continueLab', { lab: lab.title })}
            isRunning={isOpening}
            onPress={() => void resume.run()}
          >
            {resume.isRunning ? t('home.opening') : t('learning.resume')}
          </DeedButton>
        )}
        <DeedButton
          className={state === 'new' ? 'btn primary' : 'btn'}
          aria-label={t(state === 'new' ? 'home.startLab' : 'learning.againLab', { lab: lab.title })}
          isRunning={isOpening}
          onPress={() => void start.run()}
        >
          {start.isRunning ? t('home.opening') : t(state === 'new' ? 'home.start' : 'learning.again')}
        </DeedButton>
      </div>
      <ProblemNote problem={start.problem ?? resume.problem} />
    </li>
  );
}
