import { useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Explanation } from './explanation.tsx';
import { Question } from './question.tsx';
import { Results } from './results.tsx';
import { useWhatIf } from './use-what-if.ts';
import '../stacked.css';
import './what-if.css';
import './what-if-words.ts';

/** What comes of changes: forks of the line in the server, means and differences with intervals. */
export function WhatIfView() {
  const { t } = useWords();
  const desk = useWhatIf();
  const [isRefused, setRefused] = useState(false);
  const { plan, request, running, answered } = desk;
  const results = useRef<HTMLDivElement>(null);
  const run = async () => {
    setRefused(request === undefined);
    if (request === undefined) return;
    await running.run(request);
    results.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <div className="what-if" tabIndex={0} role="region" aria-label={t('tabs.whatIf')}>
      <p className="muted what-if-lead">{t('whatIf.lead')}</p>
      <ProblemNote problem={desk.present.problem} onRetry={desk.present.ask} />
      <Question desk={desk} isRefused={isRefused && request === undefined} onRun={() => void run()} />
      <div ref={results}>
        <ProblemNote problem={running.problem} />
        {answered && <Results answered={answered} isOld={answered.plan !== plan} />}
      </div>
      <Explanation isOpen={answered === undefined} />
    </div>
  );
}
