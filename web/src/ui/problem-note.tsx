import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { useContact, useIsOutdated } from '../live/contact.ts';
import { useTold } from '../i18n/refusals/use-told.ts';
import { RequestProblem } from '../live/problem.ts';

interface ProblemNoteProps {
  readonly problem: unknown;
  readonly onRetry?: () => void;
}

/** A failure in words, with what to do now. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  const { t } = useWords();
  const told = useTold();
  const isOutdated = useIsOutdated();
  const contact = useContact();
  if (problem === undefined) return null;
  const isOld = isOutdated && !(problem instanceof RequestProblem && problem.code !== 'answer');
  const { detail, hint } = isOld ? { detail: t('contact.oldPart'), hint: t('contact.oldPartHint') } : told(problem);
  // The bar above all says it already, and that the page tries again.
  if (contact !== 'well' && problem instanceof RequestProblem && problem.code === 'network') {
    return (
      <p className="note" role="status">
        {detail}
      </p>
    );
  }
  return (
    <div className="note fault" role="alert">
      <p>{detail}</p>
      {hint && <p>{hint}</p>}
      {onRetry && (
        <Button className="btn sm" onPress={onRetry}>
          {t('app.retry')}
        </Button>
      )}
    </div>
  );
}
