import { Button } from 'react-aria-components';
import { plantTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePlantNow } from '../../live/use-session.ts';
import { useSelection } from '../selection.tsx';

const TICK_MS = 1000;
/** Snaps to the present within this share of the window. */
const NOW_SHARE = 0.005;

/** Chooses a moment of the window to look at, as far as recordings go; its right end is now. */
export function Scrubber({ minutes }: { readonly minutes: number }) {
  const { t, language } = useWords();
  const { momentMs, lookAt } = useSelection();
  const nowMs = usePlantNow(TICK_MS);
  const spanS = minutes * 60;
  const agoS = momentMs === undefined ? 0 : Math.max(0, (nowMs - momentMs) / 1000);
  const move = (value: number) => {
    const ago = spanS - value;
    lookAt(ago <= spanS * NOW_SHARE ? undefined : Math.round(nowMs / 1000 - ago) * 1000);
  };
  const told = momentMs === undefined ? t('timeline.atNow') : plantTime(momentMs, language);
  return (
    <div className="scrubber">
      <input
        type="range"
        className="slider"
        aria-label={t('timeline.look')}
        aria-valuetext={told}
        min={0}
        max={spanS}
        step={Math.max(1, Math.round(spanS / 600))}
        value={Math.max(0, spanS - agoS)}
        onChange={(event) => move(Number(event.target.value))}
      />
      {momentMs !== undefined && (
        <span className="scrubber-moment">
          <span className="chip info">{t('timeline.looking', { time: told })}</span>
          <Button className="btn sm ghost" onPress={() => lookAt(undefined)}>
            {t('timeline.backToNow')}
          </Button>
        </span>
      )}
    </div>
  );
}
