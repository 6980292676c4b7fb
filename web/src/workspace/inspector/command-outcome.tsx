import { useWords } from '../../i18n/use-words.ts';
import { useSaid } from '../../i18n/refusals/use-told.ts';
import type { Outcome } from './use-commands.ts';

/** The answer to the last command: done, or refused and why. */
export function CommandOutcome({ outcome }: { readonly outcome: Outcome | undefined }) {
  const { t } = useWords();
  const say = useSaid();
  const reason = outcome?.result.reason && say(outcome.result.reason, outcome.result.status);
  return (
    <div role="status">
      {outcome &&
        (outcome.result.status === 'done' ? (
          <p className="outcome">{t('inspector.done', { command: outcome.name })}</p>
        ) : (
          <div className="note fault">
            <p>{t('inspector.refused', { command: outcome.name })}</p>
            {reason && <p lang={reason.lang}>{reason.text}</p>}
          </div>
        ))}
    </div>
  );
}
