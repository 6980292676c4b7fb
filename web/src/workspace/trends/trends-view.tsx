import type { SignalView } from '#contract/cell-view.ts';
import { useCallback, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { usePast } from '../../live/use-past.ts';
import { useFollowedStations, useSession } from '../../live/use-session.ts';
import { useTape } from '../../live/use-tape.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { Range } from './chart-data.ts';
import { Chart } from './chart.tsx';
import { SignalPicker } from './signal-picker.tsx';
import { TrendLegend } from './trend-legend.tsx';
import { MAX_SIGNALS, useTrendSignals } from './trend-signals.ts';
import { TrendTools } from './trend-tools.tsx';
import './trends.css';

const POINTS = 1200;

/** Any signals, live or past. History is recomputed, so a zoom finds every sample. */
export function TrendsView() {
  const { t } = useWords();
  const session = useSession();
  const { paths, toggle } = useTrendSignals();
  const [minutes, setMinutes] = useState(30);
  const [range, setRange] = useState<Range>();
  const [pointedMs, setPointedMs] = useState<number>();
  const signals = useMemo(
    () => paths.map((path) => session.findSignal(path)).filter((signal): signal is SignalView => !!signal),
    [session, paths],
  );
  const known = useMemo(() => signals.map(({ path }) => path), [signals]);
  useFollowedStations(useMemo(() => [...new Set(signals.map(({ station }) => station))], [signals]));

  const spanS = range ? (range.toMs - range.fromMs) / 1000 : minutes * 60;
  const everyS = spanS > POINTS ? Math.ceil(spanS / POINTS) : undefined;
  const live = useTape(range ? NOTHING : known, minutes * 60, everyS);
  const past = usePast(known, range, everyS);
  const { tape, version, problem } = range ? past : live;
  const zoom = useCallback((next: Range) => setRange(clipped(next)), []);
  const unzoom = useCallback(() => setRange(undefined), []);
  const window = useMemo(() => range ?? { minutes }, [range, minutes]);

  return (
    <div className="trends">
      <SignalPicker chosen={known} onToggle={toggle} />
      <div className="trends-main" tabIndex={0} role="region" aria-label={t('tabs.trends')}>
        <TrendTools
          minutes={minutes}
          onMinutes={(next) => {
            setMinutes(next);
            setRange(undefined);
          }}
          range={range}
          onRange={setRange}
          signals={signals}
          everyS={everyS}
        />
        <ProblemNote problem={problem} />
        {signals.length === 0 ? (
          <p className="muted pad">{t('trends.none', { max: MAX_SIGNALS })}</p>
        ) : (
          <>
            <TrendLegend
              tape={tape}
              version={version}
              signals={signals}
              atMs={pointedMs ?? range?.toMs}
              onRemove={toggle}
            />
            {byUnit(signals).map(({ unit, members, colours }) => (
              <Chart
                key={unit}
                tape={tape}
                version={version}
                signals={members}
                colours={colours}
                window={window}
                height={byUnit(signals).length > 2 ? 150 : 230}
                onZoom={zoom}
                onUnzoom={unzoom}
                onPoint={setPointedMs}
              />
            ))}
            <p className="muted small">{tape.isTruncated ? t('trends.truncated') : t('trends.cursor')}</p>
          </>
        )}
      </div>
    </div>
  );
}

const NOTHING: readonly string[] = [];

interface UnitGroup {
  readonly unit: string;
  readonly members: readonly SignalView[];
  readonly colours: readonly number[];
}

const groups = new WeakMap<readonly SignalView[], readonly UnitGroup[]>();

/** Signals of one unit share a chart; the colour goes with the place among all. Remembered, so that charts stay. */
function byUnit(signals: readonly SignalView[]): readonly UnitGroup[] {
  const known = groups.get(signals);
  if (known) return known;
  const units = [...new Set(signals.map(({ unit }) => unit))];
  const made = units.map((unit) => {
    const members = signals.filter((signal) => signal.unit === unit);
    return { unit, members, colours: members.map((signal) => signals.indexOf(signal)) };
  });
  groups.set(signals, made);
  return made;
}

/** No shorter than a second. */
function clipped({ fromMs, toMs }: Range): Range {
  return toMs - fromMs >= 1000 ? { fromMs, toMs } : { fromMs, toMs: fromMs + 1000 };
}
