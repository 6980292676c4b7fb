import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { usePlantNow } from '../../live/use-session.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { useMomentSlider } from '../moment-slider.tsx';
import { momentText, readMoment } from '../moment-text.ts';
import { useSelection } from '../selection.tsx';

/** Chooses a moment of the window to look at, as far as recordings go; the right end of a live one is now. */
export function Scrubber({ window }: { readonly window: TimeWindow }) {
  const { t } = useWords();
  const words = { label: t('timeline.look'), atNow: t('timeline.atNow') };
  const { slider } = useMomentSlider({ window, ...words, nowSteps: 2, roundMs: 1000 });
  return <div className="scrubber">{slider}</div>;
}

/** Goes to a moment as typed. */
export function MomentField() {
  const { t } = useWords();
  const { momentMs, lookAt } = useSelection();
  const nowMs = usePlantNow(60_000);
  const shownMs = momentMs ?? nowMs;
  const [typed, setTyped] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  return (
    <form
      className="row tight moment-field"
      onSubmit={(event) => {
        event.preventDefault();
        const ms = typed === undefined ? shownMs : readMoment(typed, shownMs);
        setWrong(ms === undefined);
        if (ms === undefined) return;
        setTyped(undefined);
        lookAt(ms);
      }}
    >
      <input
        className="input"
        aria-label={t('timeline.moment')}
        aria-invalid={isWrong}
        aria-describedby={id}
        value={typed ?? momentText(shownMs)}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          setWrong(false);
        }}
      />
      <Button className="btn sm" type="submit">
        {t('timeline.go')}
      </Button>
      <span id={id} className="echo problem" role="alert">
        {isWrong && t('timeline.badMoment', { example: momentText(nowMs) })}
      </span>
    </form>
  );
}
