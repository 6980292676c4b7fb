import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePlantNow } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useSelection } from '../selection.tsx';
import { useReplay } from './use-replay.ts';

/** Says over all views that they show a past moment, and leads back to the present; so does the key L. */
export function ReplayBanner() {
  const { t, language } = useWords();
  const { momentMs, lookAt } = useSelection();
  const { isShown, problem } = useReplay(momentMs);
  const nowMs = usePlantNow(1000);
  useEffect(() => {
    if (momentMs === undefined) return;
    const back = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element &&
        event.target.closest('input:not([type=range]), textarea, select, [contenteditable]');
      if (event.key.toLowerCase() === 'l' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping)
        lookAt(undefined);
    };
    document.addEventListener('keydown', back);
    return () => document.removeEventListener('keydown', back);
  }, [momentMs, lookAt]);
  if (momentMs === undefined) return null;
  const times = { time: plantDayTime(momentMs, language), now: plantDayTime(nowMs, language) };
  return (
    <div className="replay-banner">
      <span role="status">{isShown ? t('timeline.replay', times) : t('timeline.replayComing', times)}</span>
      <Button className="btn sm" onPress={() => lookAt(undefined)}>
        {t('timeline.backToLive')}
        <kbd>L</kbd>
      </Button>
      <ProblemNote problem={problem} />
    </div>
  );
}
