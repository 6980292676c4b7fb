import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { usePlantNow } from '../../live/use-session.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { useMomentSlider } from '../moment-slider.tsx';
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
