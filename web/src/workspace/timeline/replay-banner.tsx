import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePlantNow, useSession } from '../../live/use-session.ts';
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useSelection } from '../selection.tsx';
import { useReplay } from './use-replay.ts';

const STEP_MS = 10_000;
const PLAY_MS = 1000;

/**
 * Says over all views that they show a past moment, steps from it or plays on, and leads back to the present. So do the
 * keys L, comma and full stop.
 */
export function ReplayBanner() {
  const { t, language } = useWords();
  const { clock } = useSession();
  const { momentMs, lookAt } = useSelection();
  const { isShown, problem } = useReplay(momentMs);
  const [isPlaying, setPlaying] = useState(false);
  usePlantNow(momentMs === undefined ? 0 : 1000);
  const nowMs = clock.epochMs(clock.nowUs());
  const latest = useRef({ momentMs, lookAt });
  useEffect(() => {
    latest.current = { momentMs, lookAt };
  });

  const step = useCallback(
    (ms: number) => {
      const from = latest.current.momentMs;
      if (from === undefined) return;
      const [first, last] = [clock.epochMs(0), clock.epochMs(clock.nowUs())];
      const next = Math.max(first, from + ms);
      latest.current.lookAt(next >= last ? undefined : next);
    },
    [clock],
  );
  const isPast = momentMs !== undefined;
  useEffect(() => {
    if (!isPlaying || !isPast) return undefined;
    const timer = setInterval(() => step(PLAY_MS), PLAY_MS);
    return () => clearInterval(timer);
  }, [isPlaying, isPast, step]);
  useEffect(() => {
    if (!isPast) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element &&
        event.target.closest(
          'input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], [role=dialog]',
        );
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      const key = event.key.toLowerCase();
      if (key === 'l') latest.current.lookAt(undefined);
      if (key === ',') step(-STEP_MS);
      if (key === '.') step(STEP_MS);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [isPast, step]);

  if (!isPast) return null;
  const times = { time: plantDayTime(momentMs, language), now: plantDayTime(nowMs, language) };
  return (
    <div className="replay-banner">
      <span role="status">
        {isShown || isPlaying ? t('timeline.replay', times) : t('timeline.replayComing', times)}
      </span>
      <Button className="btn sm" aria-label={t('timeline.back10')} aria-keyshortcuts="," onPress={() => step(-STEP_MS)}>
        −10 s
      </Button>
      <Button className="btn sm" onPress={() => setPlaying(!isPlaying)}>
        {isPlaying ? <PauseIcon size={10} /> : <PlayIcon size={10} />}
        {t(isPlaying ? 'timeline.halt' : 'timeline.play')}
      </Button>
      <Button className="btn sm" aria-label={t('timeline.on10')} aria-keyshortcuts="." onPress={() => step(STEP_MS)}>
        +10 s
      </Button>
      <Button className="btn sm primary" onPress={() => lookAt(undefined)}>
        {t('timeline.backToLive')}
        <kbd>L</kbd>
      </Button>
      <ProblemNote problem={problem} />
    </div>
  );
}
