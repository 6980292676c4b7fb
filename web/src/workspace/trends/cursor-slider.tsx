import { useFamily } from '../../i18n/use-family.ts';
import * as family from '../../i18n/words/trends.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { useMomentSlider } from '../moment-slider.tsx';

/** The cursor of the charts by keyboard and touch. It is the moment that all of the workspace looks at. */
export function CursorSlider({ window }: { readonly window: TimeWindow }) {
  const w = useFamily(family);
  const words = { label: w('trends.cursor'), atNow: w('trends.atNow') };
  const { slider, told } = useMomentSlider({ window, ...words, nowSteps: 0, roundMs: 1 });
  return (
    <div className="trend-cursor">
      {slider}
      <output className="small muted">{told}</output>
    </div>
  );
}
