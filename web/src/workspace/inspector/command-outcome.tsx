import { useWords } from '../../i18n/use-words.ts';
import type { Outcome } from './use-commands.ts';

/** The answer to the last command: done, or refused and why. */
export function CommandOutcome({ outcome }: { readonly outcome: Outcome | undefined }) {
  const { t } = useWords();
  return (
    <div role="status">
      {outcome &&
        (outcome.result.status === 'done' ? (
          <p className="outcome">{t('inspector.done', { command: outcome.name })}</p>
        ) : (
          <div className="note fault">
            <p>{t('inspector.refused', { command: outcome.name })}</p>
            {outcome.result.reason && <p>{outcome.result.reason}</p>}
          </div>
        ))}
    </div>
  );
}
