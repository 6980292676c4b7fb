import type { StepResult, StepView } from '#contract/lab-view.ts';
import { useEffect, useId, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { OpenStep } from './open-step.tsx';
import type { TakenLab } from './use-attempt.ts';
import type { Tickets } from './use-tickets.ts';

export interface StepProps {
  readonly attempt: string;
  readonly step: StepView;
  readonly number: number;
  readonly isOpen: boolean;
  /** The reader has just come here from another step: the keyboard goes on from its heading. */
  readonly isArrival: boolean;
  readonly onToggle: () => void;
  readonly onNext: (() => void) | undefined;
  readonly result: StepResult | undefined;
  readonly taken: TakenLab;
  readonly tickets: Tickets;
}

/** One step: its heading folds and unfolds it. */
export function Step(props: StepProps) {
  const { step, number, isOpen, isArrival, onToggle, result } = props;
  const { t } = useWords();
  const id = useId();
  const head = useRef<HTMLButtonElement>(null);
  const isDone = result?.passed === true;
  useEffect(() => {
    if (!isArrival) return;
    head.current?.focus();
    head.current?.scrollIntoView({ block: 'start' });
  }, [isArrival]);
  return (
    <li className={['step', isDone && 'done', isOpen && 'current'].filter(Boolean).join(' ')}>
      <h3>
        <Button ref={head} className="step-head" aria-expanded={isOpen} aria-controls={id} onPress={onToggle}>
          <span className="step-number" aria-hidden="true">
            {isDone ? '✓' : number}
          </span>
          <span>
            <span className="sr">{number}. </span>
            {step.title}
            {isDone && <span className="sr"> ({t('lab.done')})</span>}
          </span>
          <span className="step-minutes">{t('lab.minutes', { minutes: step.minutes })}</span>
        </Button>
      </h3>
      <div id={id} className="step-body" hidden={!isOpen}>
        {isOpen && <OpenStep {...props} />}
      </div>
    </li>
  );
}
