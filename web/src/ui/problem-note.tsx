import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { tell } from '../live/problem.ts';

interface ProblemNoteProps {
  readonly problem: unknown;
  readonly onRetry?: () => void;
}

/** A failure in words, with what to do now. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  const { t } = useWords();
  if (problem === undefined) return null;
  const { detail, hint } = tell(problem, t);
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
