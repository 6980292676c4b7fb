import type { RecordedAttempt } from '#contract/lab-record.ts';
import { useResume } from '../home/use-lab-deeds.ts';
import { wallDayTime } from '../i18n/format.ts';
import { useFamily } from '../i18n/use-family.ts';
import { useWords } from '../i18n/use-words.ts';
import * as family from '../i18n/words/record.ts';
import type { Account } from '../live/account.ts';
import { DeedButton } from '../ui/deed-button.tsx';
import { MarkNote } from '../workspace/lab/mark-note.tsx';
import { FailedIcon, OpenIcon, PassedIcon, WaitingIcon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

const ICONS = { passed: PassedIcon, failed: FailedIcon, waiting: WaitingIcon, open: OpenIcon } as const;

interface AttemptRowProps {
  readonly attempt: RecordedAttempt;
  readonly account: Account;
}

/** One attempt: its sums, and on demand every check with what was seen. */
export function AttemptRow({ attempt, account }: AttemptRowProps) {
  const t = useFamily(family);
  const { language } = useWords();
  const { lab, number, startedMs, passed } = attempt;
  const resume = useResume(account, attempt.id);
  return (
    <li className="card attempt">
      <div className="attempt-head">
        <div>
          <h2>{lab.title}</h2>
          <p className="muted small">
            {lab.areaTitle} · {t('attempt', { number })} · {t('started')} {wallDayTime(startedMs, language)}
            {!lab.counts && ` · ${t('practice')}`}
          </p>
        </div>
        <span className={passed ? 'chip ok' : 'chip'}>{t(passed ? 'passed' : 'open')}</span>
        <span>
          <span className="sr">{t('points')}: </span>
          {t('pointsOf', attempt)}
        </span>
        <DeedButton
          className="btn sm"
          aria-label={t('resumeLab', { lab: lab.title, number })}
          isRunning={resume.isRunning}
          onPress={() => void resume.run()}
        >
          {t('resume')}
        </DeedButton>
      </div>
      <ProblemNote problem={resume.problem} />
      <details>
        <summary>
          {t('details')} <span className="sr">{t('detailsOf', { lab: lab.title, number })}</span>
        </summary>
        {attempt.steps.map((step) => (
          <StepChecks key={step.id} step={step} />
        ))}
      </details>
    </li>
  );
}

function StepChecks({ step }: { readonly step: RecordedAttempt['steps'][number] }) {
  const t = useFamily(family);
  const { language } = useWords();
  const { title, judged, judgedMs, checks, rubric = [] } = step;
  const when =
    judgedMs === undefined
      ? t('never')
      : `${t('judged')} ${wallDayTime(judgedMs, language)}, ${judged === 1 ? t('once') : t('times', { n: judged })}`;
  return (
    <div className="recorded-step">
      <h3>
        {title}
        <span>
          {t('pointsOf', step)} · {when}
        </span>
      </h3>
      <ul>
        {checks.map(({ id, aim, status, points, outOf, explanation, mark }) => {
          const Icon = ICONS[status];
          return (
            <li key={id}>
              <Icon />
              <p>
                <span className="sr">{t(`${status}Check`)}: </span>
                {aim}
              </p>
              <span className="small">{t('pointsOf', { points, outOf })}</span>
              {explanation && <p className="muted small">{explanation}</p>}
              {mark && <MarkNote mark={mark} outOf={outOf} />}
            </li>
          );
        })}
      </ul>
      {rubric.some(({ mark }) => mark) && (
        <ul>
          {rubric.map(({ id, text, outOf, mark }) => (
            <li key={id}>
              {mark ? <PassedIcon /> : <OpenIcon />}
              <p>{text}</p>
              <span className="small">{t('pointsOf', { points: mark?.points ?? 0, outOf })}</span>
              {mark && <MarkNote mark={mark} outOf={outOf} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
