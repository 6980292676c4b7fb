import { useWords } from '../../i18n/use-words.ts';

const SAYS = ['whatIf.howRuns', 'whatIf.howCommon', 'whatIf.howZero', 'whatIf.howMany', 'whatIf.howFuture'] as const;

/** What runs, common random numbers and intervals are, in plain words. */
export function Explanation({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useWords();
  return (
    <details className="what-if-how" open={isOpen}>
      <summary>
        <h2>{t('whatIf.how')}</h2>
      </summary>
      {SAYS.map((key) => (
        <p key={key}>{t(key)}</p>
      ))}
    </details>
  );
}
