import { Suspense, lazy, useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { useTape } from '../../live/use-tape.ts';
import { useSelection } from '../selection.tsx';
import { unitText } from '../signal-value.tsx';

const Chart = lazy(() => import('../trends/chart.tsx').then(({ Chart }) => ({ default: Chart })));

/** The chosen signal under the lanes, on the same stretch of time. */
export function SignalTrend({ minutes }: { readonly minutes: number }) {
  const { say } = useWords();
  const session = useSession();
  const { signal: path } = useSelection();
  const paths = useMemo(() => (path ? [path] : []), [path]);
  const { tape, version } = useTape(paths, minutes * 60);
  const signal = session.findSignal(path);
  if (!signal) return null;
  const unit = unitText(signal);
  return (
    <div className="signal-trend">
      <span className="muted">
        {say(signal.text)}
        {unit && ` [${unit}]`}
      </span>
      <Suspense fallback={<div className="chart-space" />}>
        <Chart tape={tape} version={version} signals={[signal]} window={{ minutes }} height={80} isCompact />
      </Suspense>
    </div>
  );
}
