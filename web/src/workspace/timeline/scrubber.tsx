import { useState } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePlantNow } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf } from '../../live/use-tape.ts';
import { useSelection } from '../selection.tsx';

const TICK_MS = 1000;
const STEPS = 600;

/** Chooses a moment of the window to look at, as far as recordings go; the right end of a live one is now. */
export function Scrubber({ window }: { readonly window: TimeWindow }) {
  const { t, language } = useWords();
  const { momentMs, lookAt } = useSelection();
  const nowMs = usePlantNow(TICK_MS);
  const { fromMs, toMs } = rangeOf(window, nowMs);
  const stepMs = (toMs - fromMs) / STEPS;
  const at = momentMs === undefined ? STEPS : Math.round((momentMs - fromMs) / stepMs);
  const told = momentMs === undefined ? t('timeline.atNow') : plantDayTime(momentMs, language);
  const move = (place: number) => {
    const isNow = !isRange(window) && place >= STEPS - 2;
    lookAt(isNow ? undefined : Math.min(Math.round((fromMs + place * stepMs) / 1000) * 1000, nowMs));
  };
  return (
    <div className="scrubber">
      <input
        type="range"
        className="slider"
        aria-label={t('timeline.look')}
        aria-valuetext={told}
        min={0}
        max={STEPS}
        value={Math.max(0, Math.min(STEPS, at))}
        onChange={(event) => move(Number(event.target.value))}
      />
    </div>
  );
}

/** Goes to a moment as typed. */
export function MomentField() {
  const { t } = useWords();
  const { momentMs, lookAt } = useSelection();
  const nowMs = usePlantNow(60_000);
  const shown = new Date(momentMs ?? nowMs).toISOString().slice(0, 19);
  const [typed, setTyped] = useState<string>();
  return (
    <form
      className="row tight moment-field"
      onSubmit={(event) => {
        event.preventDefault();
        const ms = Date.parse(`${typed ?? shown}Z`);
        setTyped(undefined);
        if (!Number.isNaN(ms)) lookAt(ms);
      }}
    >
      <input
        className="input"
        type="datetime-local"
        step="1"
        aria-label={t('timeline.moment')}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button className="btn sm" type="submit">
        {t('timeline.go')}
      </Button>
    </form>
  );
}
