import { plantDayTime } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { usePlantNow, useSession } from '../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf } from '../live/use-tape.ts';
import { useSelection } from './selection.tsx';

const STEPS = 600;

interface MomentSliderProps {
  readonly window: TimeWindow;
  readonly label: string;
  /** What is said while the present is looked at. */
  readonly atNow: string;
  /** So many steps from the right end of a live window mean the present. */
  readonly nowSteps: number;
  /** A moment is a whole multiple of it, in ms. */
  readonly roundMs: number;
}

/** Chooses a moment of a window to look at: that of all of the workspace. Gives the slider, and what it says. */
export function useMomentSlider({ window, label, atNow, nowSteps, roundMs }: MomentSliderProps) {
  const { language } = useWords();
  const { momentMs, lookAt } = useSelection();
  const { clock } = useSession();
  // At the present it stands at the end, whatever the time is; a past moment moves away from it.
  usePlantNow(momentMs === undefined ? 0 : 1000);
  const { fromMs, toMs } = rangeOf(window, clock.epochMs(clock.nowUs()));
  const stepMs = (toMs - fromMs) / STEPS;
  const at = momentMs === undefined ? STEPS : Math.round((momentMs - fromMs) / stepMs);
  const told = momentMs === undefined ? atNow : plantDayTime(momentMs, language);
  const move = (place: number) => {
    const isNow = !isRange(window) && place >= STEPS - nowSteps;
    const nowMs = clock.epochMs(clock.nowUs());
    const from = rangeOf(window, nowMs).fromMs;
    lookAt(isNow ? undefined : Math.min(Math.round((from + place * stepMs) / roundMs) * roundMs, nowMs));
  };
  const slider = (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={told}
      min={0}
      max={STEPS}
      value={Math.max(0, Math.min(STEPS, at))}
      onChange={(event) => move(Number(event.target.value))}
    />
  );
  return { slider, told };
}
