import type { SignalView } from '#contract/cell-view.ts';
import { useMemo, useState } from 'react';
import { plantDayTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { Quality } from '../../live/quality.ts';
import { usePlantNow, useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf, useTape } from '../../live/use-tape.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { chartHeight } from './chart-height.ts';
import { axisGroups } from './axes.ts';
import { doubtsOf } from './chart-data.ts';
import { keyMove } from './chart-moves.ts';
import { Chart } from './chart.tsx';
import './curves.css';
import { CursorSlider } from './cursor-slider.tsx';
import { Pointer } from './pointer.ts';
import { TrendLegend } from './trend-legend.tsx';
import { useTrendSetting } from './trend-link.ts';
import { TrendTables } from './trend-tables.tsx';

const NOTHING: readonly string[] = [];
const OFFSETS_S = [3600, 28_800, 86_400];
/** So many axes stand beside each other before each unit gets a chart of its own. */
const AXES_WIDE = 3;
/** How often is looked whether the earlier window has moved on. */
const EARLIER_MS = 5000;

interface CurvesProps {
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
  readonly onWindow: (next: TimeWindow) => void;
  readonly onRemove: (path: string) => void;
  readonly size: { readonly width: number; readonly height: number };
}

/** Curves over time with their values, by pointer, wheel, finger and key; and the same in tables. */
export function Curves({ signals, window, onWindow, onRemove, size }: CurvesProps) {
  const w = useFamily(family);
  const { say, language } = useWords();
  const { clock } = useSession();
  const [pointer] = useState(() => new Pointer());
  const known = useMemo(() => signals.map(({ path }) => path), [signals]);
  const pixels = Math.max(200, Math.ceil(size.width / 200) * 200);
  const { tape, version, problem } = useTape(known, window, pixels);
  const [compare, setCompare] = useTrendSetting('compare', '');
  const spanMs = isRange(window) ? window.toMs - window.fromMs : window.spanMs;
  const byMs = compare === 'window' ? spanMs : Number(compare) * 1000;
  const before = useEarlier(byMs > 0 ? known : NOTHING, window, byMs, pixels);
  const earlier = useMemo(() => (byMs > 0 ? { tape: before.tape, byMs } : undefined), [before.tape, byMs]);
  const groups = useMemo(() => axisGroups(signals), [signals]);
  const [layout, setLayout] = useTrendSetting<'' | 'one' | 'each'>('axes', '');
  const isNarrow = size.width < 620;
  const isEach = layout === '' ? groups.length > (isNarrow ? 1 : AXES_WIDE) : layout === 'each';
  const charts = useMemo(() => (isEach ? groups.map((group) => [group]) : [groups]), [isEach, groups]);
  const height =
    charts.length > 1
      ? chartHeight(size.height / charts.length - 60, [130, 260], 0.22)
      : chartHeight(size.height - 265, [210, 900], 0.5);
  const nowMs = clock.epochMs(clock.nowUs());
  const shown = rangeOf(window, nowMs);

  const label = w('trends.chart', {
    signals: signals.map((signal) => `${signal.station} ${say(signal.text)}`).join(', '),
    from: plantDayTime(shown.fromMs, language),
    to: plantDayTime(shown.toMs, language),
  });
  return (
    <>
      <div className="row tight trend-choices">
        <label className="inline-field">
          <span>{w('trends.compare')}</span>
          <select className="input" value={compare} onChange={(event) => setCompare(event.target.value)}>
            <option value="">{w('trends.compareNone')}</option>
            <option value="window">{w('trends.compareWindow')}</option>
            {OFFSETS_S.map((s) => (
              <option key={s} value={s}>
                {w('trends.compareHours', { n: s / 3600 })}
              </option>
            ))}
          </select>
        </label>
        {groups.length > 1 && (
          <label className="inline-field">
            <span>{w('trends.axes')}</span>
            <select
              className="input"
              value={isEach ? 'each' : 'one'}
              onChange={(event) => setLayout(event.target.value as 'one')}
            >
              <option value="one">{w('trends.axesOne')}</option>
              <option value="each">{w('trends.axesEach')}</option>
            </select>
          </label>
        )}
      </div>
      <ProblemNote problem={problem ?? before.problem} />
      <TrendLegend {...{ tape, signals, window, earlier, pointer, onRemove }} version={version + before.version} />
      <div
        className="trend-charts"
        role="group"
        tabIndex={0}
        aria-label={w('trends.charts')}
        aria-describedby="trend-keys"
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
          const nowMs = clock.epochMs(clock.nowUs());
          const next = keyMove(event.key, event.shiftKey, window, { fromMs: clock.epochMs(0), toMs: nowMs });
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          onWindow(next);
        }}
      >
        {charts.map((members) => (
          <Chart
            key={members.map(({ key }) => key).join(' ')}
            {...{ tape, version, window, height, label, earlier, pointer, onWindow }}
            earlierVersion={before.version}
            groups={members}
          />
        ))}
      </div>
      <CursorSlider window={window} />
      <Doubts {...{ tape, version, signals, window }} />
      {tape.isTruncated && <p className="note">{w('trends.truncated')}</p>}
      <p id="trend-keys" className="muted small">
        {w('trends.keys')}
      </p>
      <TrendTables {...{ tape, version, signals, window }} />
    </>
  );
}

/** The same signals in an earlier window. It is read again each quarter of its length, not with every step of the clock. */
function useEarlier(paths: readonly string[], window: TimeWindow, byMs: number, pixels: number) {
  const nowMs = usePlantNow(EARLIER_MS);
  const quarter = isRange(window) ? 0 : Math.max(1000, window.spanMs / 4);
  const { fromMs, toMs } = rangeOf(window, quarter === 0 ? 0 : Math.ceil(nowMs / quarter) * quarter);
  return useTape(paths, { fromMs: fromMs - byMs - quarter, toMs: toMs - byMs }, pixels);
}

interface DoubtsProps {
  readonly tape: ReturnType<typeof useTape>['tape'];
  readonly version: number;
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
}

/** What was not Good, in words. */
function Doubts({ tape, version, signals, window }: DoubtsProps) {
  const w = useFamily(family);
  const { say, language } = useWords();
  const { clock } = useSession();
  const range = rangeOf(window, clock.epochMs(clock.nowUs()));
  const list = signals.flatMap((signal) =>
    doubtsOf(tape.strips.get(signal.path), range).map((doubt) => ({ signal, ...doubt })),
  );
  if (list.length === 0) return null;
  return (
    <ul className="trend-doubts" data-version={version} aria-label={w('trends.doubts')}>
      {list.slice(0, 20).map(({ signal, fromMs, toMs, quality }) => (
        <li key={`${signal.path}${fromMs}`}>
          <span className={quality === Quality.Bad ? 'chip fault' : 'chip warning'}>
            {w(quality === Quality.Bad ? 'trends.bad' : 'trends.uncertain')}
          </span>{' '}
          {signal.station} {say(signal.text)}: {plantDayTime(fromMs, language)} – {plantDayTime(toMs, language)}
        </li>
      ))}
    </ul>
  );
}
