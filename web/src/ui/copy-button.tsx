import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { announce } from './announcer.tsx';

/** Copies a text. `what` names it for those who cannot see what stands beside the button. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t('app.copied'));
  };
  return (
    <Button className="btn sm ghost" aria-label={t('app.copyWhat', { what })} onPress={() => void copy()}>
      {isCopied ? t('app.copied') : t('app.copy')}
    </Button>
  );
}
