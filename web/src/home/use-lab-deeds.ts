import { useCallback } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { type Deed, useDeed } from '../live/use-ask.ts';
import { go } from '../ui/place.ts';

/** Starts a lab and goes there; signs in who is nobody yet. */
export function useStart({ me, tryIt, startLab }: Account, lab: string): Deed<[], void> {
  const { language } = useWords();
  return useDeed(
    useCallback(async () => {
      if (!me) await tryIt();
      await startLab(lab, language);
      go('/workspace');
    }, [me, tryIt, startLab, lab, language]),
  );
}

/** Goes on with an attempt, on the line on which it was left. */
export function useResume({ resume }: Account, attempt: string): Deed<[], void> {
  return useDeed(
    useCallback(async () => {
      await resume(attempt);
      go('/workspace');
    }, [resume, attempt]),
  );
}
