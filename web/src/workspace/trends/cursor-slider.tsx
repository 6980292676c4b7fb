import { plantDayTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { usePlantNow } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf } from '../../live/use-tape.ts';
import { useSelection } from '../selection.tsx';

const STEPS = 600;

/** The cursor of the charts by keyboard and touch. It is the moment that all of the workspace looks at. */
export function CursorSlider({ window }: { readonly window: TimeWindow }) {
  const w = useFamily(family);
  const { language } = useWords();
  const { momentMs, lookAt } = useSelection();
  const nowMs = usePlantNow(1000);
  const { fromMs, toMs } = rangeOf(window, nowMs);
  const step = (toMs - fromMs) / STEPS;
  const at = momentMs === undefined ? STEPS : Math.max(0, Math.min(STEPS, Math.round((momentMs - fromMs) / step)));
  const told = momentMs === undefined ? w('trends.atNow') : plantDayTime(momentMs, language);
  const move = (place: number) => {
    const ms = fromMs + place * step;
    lookAt(!isRange(window) && place === STEPS ? undefined : Math.min(Math.round(ms), nowMs));
  };
  return (
    <div className="trend-cursor">
      <input
        type="range"
        className="slider"
        aria-label={w('trends.cursor')}
        aria-valuetext={told}
        min={0}
        max={STEPS}
        value={at}
        onChange={(event) => move(Number(event.target.value))}
      />
      <output className="small muted">{told}</output>
    </div>
  );
}
