import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { useIsOutdated } from '../live/contact.ts';
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
  if (problem === undefined) return null;
  const isOld = isOutdated && !(problem instanceof RequestProblem && problem.code !== 'answer');
  const { detail, hint } = isOld ? { detail: t('contact.oldPart'), hint: t('contact.oldPartHint') } : told(problem);
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
