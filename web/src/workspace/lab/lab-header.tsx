import type { AttemptView, StepView } from '#contract/lab-view.ts';
import { useWords } from '../../i18n/use-words.ts';
import { answerBook, useAnswerBook } from '../../live/answer-book.ts';
import { useContact } from '../../live/contact.ts';
import { tell } from '../../live/problem.ts';
import { Link } from '../../ui/link.tsx';
import { PeopleNotes } from './people-notes.tsx';

interface LabHeaderProps {
  readonly attempt: AttemptView;
  readonly done: readonly StepView[];
}

/** Aim, progress, time left, and whether what was typed is safe. */
export function LabHeader({ attempt, done }: LabHeaderProps) {
  const { id, lab, steps, passed, points, outOf } = attempt;
  const { t } = useWords();
  const left = steps.reduce((sum, step) => sum + (done.includes(step) ? 0 : step.minutes), 0);
  const progress = t('lab.progress', { done: done.length, all: steps.length });
  return (
    <header>
      <h2>{lab.title}</h2>
      <p>
        <span className="sr">{t('lab.aim')}: </span>
        {lab.aim}
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label={progress}
        aria-valuemin={0}
        aria-valuemax={steps.length}
        aria-valuenow={done.length}
      >
        <span style={{ width: `${(100 * done.length) / Math.max(1, steps.length)}%` }} />
      </div>
      <div className="bar-words">
        <span>{progress}</span>
        <span>{passed ? t('lab.points', { points, outOf }) : t('lab.left', { minutes: left })}</span>
      </div>
      <div className="bar-words">
        <SaveState attempt={id} />
        <Link to="/record">{t('lab.toRecord')}</Link>
      </div>
      <PeopleNotes attempt={attempt} />
    </header>
  );
}

/** Where the answers are: with the server, on their way, in this browser, or only in this page. */
function SaveState({ attempt }: { readonly attempt: string }) {
  const { t, n } = useWords();
  const { isUnkept } = useAnswerBook();
  const unsent = answerBook.countUnsent(attempt);
  const problem = answerBook.problemOf(attempt);
  const contact = useContact();
  if (unsent === 0) return <span>{t('lab.allSaved')}</span>;
  if (contact === 'well' && problem === undefined) return <span>{t('lab.saving')}</span>;
  const isRefused = contact === 'well' && problem !== undefined;
  return (
    <span className="kept" role="status">
      {isUnkept ? t('lab.unkept') : t('lab.allKept', { count: n(unsent) })}
      {isRefused && ` ${tell(problem, t).detail}`}
    </span>
  );
}
