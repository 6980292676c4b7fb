import type { AttemptView } from '#contract/lab-view.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Account } from '../../live/account.ts';
import { Link } from '../../ui/link.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import './lab.css';
import { Step } from './step.tsx';
import type { TakenLab } from './use-attempt.ts';
import { Welcome } from './welcome.tsx';

interface LabPaneProps {
  readonly account: Account;
  readonly attempt: string | undefined;
  readonly taken: TakenLab;
}

/** The lab that is open, or an introduction to the line and its labs. */
export function LabPane({ account, attempt, taken }: LabPaneProps) {
  if (attempt === undefined) return <Welcome account={account} />;
  if (taken.problem !== undefined) return <ProblemNote problem={taken.problem} onRetry={taken.ask} />;
  return taken.attempt ? <OpenLab attempt={taken.attempt} taken={taken} /> : <Loading />;
}

function OpenLab({ attempt, taken }: { readonly attempt: AttemptView; readonly taken: TakenLab }) {
  const { t } = useWords();
  const { lab, steps, results, intro, points, outOf, passed } = attempt;
  const done = steps.filter(({ id }) => results.some((result) => result.step === id && result.passed));
  const firstOpen = steps.find((step) => !done.includes(step))?.id;
  const [open, setOpen] = useState(firstOpen);
  const left = steps.reduce((sum, step) => sum + (done.includes(step) ? 0 : step.minutes), 0);
  const progress = t('lab.progress', { done: done.length, all: steps.length });
  return (
    <>
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
      </header>
      <div className="lab-body">
        {passed && (
          <div className="note ok">
            <p>
              <strong>{t('lab.passed')}</strong>
            </p>
            <p>{t('lab.passedText', { points, outOf })}</p>
            <Link to="/" className="btn sm">
              {t('lab.leave')}
            </Link>
          </div>
        )}
        <Markdown tree={intro} headingLevel={3} />
        <ol className="steps">
          {steps.map((step, k) => (
            <Step
              key={step.id}
              step={step}
              number={k + 1}
              isOpen={open === step.id}
              onToggle={() => setOpen(open === step.id ? undefined : step.id)}
              onNext={k + 1 < steps.length ? () => setOpen(steps[k + 1].id) : undefined}
              result={results.find((result) => result.step === step.id)}
              echoes={attempt.answers[step.id] ?? []}
              taken={taken}
            />
          ))}
        </ol>
      </div>
    </>
  );
}
