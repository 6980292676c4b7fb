import { useWords } from '../i18n/use-words.ts';

/** Stands where something is on its way. */
export function Loading({ text }: { readonly text?: string }) {
  const { t } = useWords();
  return (
    <div className="loading" role="status">
      {text ?? t('app.loading')}
    </div>
  );
}
