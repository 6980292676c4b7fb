import type { PaneOutcome } from '#contract/opcua-pane-deeds.ts';
import { useSaid } from '../../i18n/refusals/use-told.ts';
import { useWords } from '../../i18n/use-words.ts';

/** What the server answered: its StatusCode, the words of a refusal, and what a method returned. */
export function Outcome({ outcome }: { readonly outcome: PaneOutcome | undefined }) {
  const { t } = useWords();
  const say = useSaid();
  const reason = outcome?.reason && say(outcome.reason);
  return (
    <div role="status">
      {outcome && (
        <div className={outcome.isGood ? 'note ok' : 'note fault'}>
          <p>
            <code>{outcome.status}</code>
            {reason && <span lang={reason.lang}> {reason.text}</span>}
          </p>
          {outcome.outputs.length > 0 && (
            <dl className="outputs" aria-label={t('opcua.outputs')}>
              {outcome.outputs.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="mono">{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      )}
    </div>
  );
}
