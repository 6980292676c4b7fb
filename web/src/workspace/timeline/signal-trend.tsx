import { useMemo } from 'react';
import { plantTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, rangeOf, useTape } from '../../live/use-tape.ts';
import { lazily } from '../../ui/lazily.ts';
import { useSelection } from '../selection.tsx';
import { unitText, valueText } from '../signal-value.tsx';
import { axisGroups } from '../trends/axes.ts';

const Space = () => <div className="chart-space" />;
const Chart = lazily(() => import('../trends/chart.tsx').then((part) => part.Chart), Space);

const PIXELS = 1000;

/** The chosen signal under the lanes, on the same stretch of time. */
export function SignalTrend({ window }: { readonly window: TimeWindow }) {
  const speech = useWords();
  const { t, say, language } = speech;
  const session = useSession();
  const { signal: path } = useSelection();
  const paths = useMemo(() => (path ? [path] : []), [path]);
  const { tape, version } = useTape(paths, window, PIXELS, 'unasked');
  const signal = session.findSignal(path);
  const groups = useMemo(() => (signal ? axisGroups([signal]) : []), [signal]);
  if (!signal) return null;
  const unit = unitText(signal);
  const { fromMs, toMs } = rangeOf(window, session.clock.epochMs(session.clock.nowUs()));
  const label = t('timeline.trend', {
    signal: `${say(signal.text)} ${valueText(signal, tape.strips.get(path)?.values.at(-1), speech)}`,
    from: plantTime(fromMs, language),
    to: plantTime(toMs, language),
  });
  return (
    <div className="signal-trend">
      <span className="muted">
        {say(signal.text)}
        {unit && ` [${unit}]`}
      </span>
      <Chart {...{ tape, version, groups, window, label }} height={80} isCompact />
    </div>
  );
}
