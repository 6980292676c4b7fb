import type { AttemptView } from '#contract/lab-view.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Account } from '../../live/account.ts';
import { Link } from '../../ui/link.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { remember, usePlace } from '../../ui/place.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import './lab.css';
import { LabHeader } from './lab-header.tsx';
import { Step } from './step.tsx';
import type { TakenLab } from './use-attempt.ts';
import { useTickets } from './use-tickets.ts';
import { Welcome } from './welcome.tsx';
import { useKeptWhereabouts } from './whereabouts.ts';

interface LabPaneProps {
  readonly account: Account;
  readonly attempt: string | undefined;
  readonly taken: TakenLab;
}

/** The lab that is open, or an introduction to the line and its labs. */
export function LabPane({ account, attempt, taken }: LabPaneProps) {
  return (
    <>
      {account.isMoved && <Moved />}
      {pane()}
    </>
  );

  function pane() {
    if (attempt === undefined) return <Welcome account={account} />;
    if (taken.attempt?.id === attempt) return <OpenLab key={attempt} attempt={taken.attempt} taken={taken} />;
    if (taken.problem !== undefined) return <ProblemNote problem={taken.problem} onRetry={taken.ask} />;
    return <Loading />;
  }
}

/** Nothing in this page asked for another line, and there is one. */
function Moved() {
  const { t } = useWords();
  return (
    <div className="note warn moved" role="status">
      <p>
        <strong>{t('contact.moved')}</strong> {t('contact.movedHint')}
      </p>
      <Link to="/record" className="btn sm">
        {t('contact.toRecord')}
      </Link>
    </div>
  );
}

function OpenLab({ attempt, taken }: { readonly attempt: AttemptView; readonly taken: TakenLab }) {
  const { t } = useWords();
  const { steps, results, intro, points, outOf, passed } = attempt;
  const tickets = useTickets(attempt.id);
  const { params } = usePlace();
  const [arrival, setArrival] = useState<string>();
  useKeptWhereabouts(attempt.id);
  const wanted = params.get('step');
  const isDone = (id: string) => results.some((result) => result.step === id && result.passed);
  // The first that is not done, as it was when the lab was opened: passing a step does not fold it.
  const [firstOpen] = useState(() => steps.find(({ id }) => !isDone(id))?.id);
  const open = wanted === '' || steps.some(({ id }) => id === wanted) ? wanted : firstOpen;
  const openStep = (id: string | undefined, isArrival = false) => {
    remember({ step: id ?? '' });
    setArrival(isArrival ? id : undefined);
  };
  return (
    <>
      <LabHeader attempt={attempt} done={steps.filter(({ id }) => isDone(id))} />
      <div className="lab-body">
        {taken.problem !== undefined && <ProblemNote problem={taken.problem} onRetry={taken.ask} />}
        {passed && (
          <div className="note ok">
            <p>
              <strong>{t('lab.passed')}</strong>
            </p>
            <p>{t('lab.passedText', { points, outOf })}</p>
            <div className="row tight">
              <Link to="/record" className="btn sm">
                {t('lab.toRecord')}
              </Link>
              <Link to="/" className="btn sm">
                {t('lab.leave')}
              </Link>
            </div>
          </div>
        )}
        <Markdown tree={intro} headingLevel={3} />
        <ol className="steps">
          {steps.map((step, k) => (
            <Step
              key={step.id}
              attempt={attempt.id}
              step={step}
              number={k + 1}
              isOpen={open === step.id}
              isArrival={arrival === step.id}
              onToggle={() => openStep(open === step.id ? undefined : step.id)}
              onNext={k + 1 < steps.length ? () => openStep(steps[k + 1].id, true) : undefined}
              result={results.find((result) => result.step === step.id)}
              taken={taken}
              tickets={tickets}
            />
          ))}
        </ol>
      </div>
    </>
  );
}
