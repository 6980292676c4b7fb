import type { SignalView } from '#contract/cell-view.ts';
import { capabilityOf } from '#simulator/cell/capability.ts';
import { useMemo } from 'react';
import uPlot from 'uplot';
import { decimalsOf, printedUnit } from '../../i18n/format.ts';
import { numberIn } from '../../i18n/number-in.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { useSession } from '../../live/use-session.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { Facts } from '../captures/facts.tsx';
import { unitText } from '../signal-value.tsx';
import { chartHeight } from './chart-height.ts';
import { ChosenPointsBar, TooFewPoints, useChosenPoints } from './chosen-points.tsx';
import { type Histogram, histogramOf, normalDensity } from './histogram.ts';
import { specificationOf } from './samples.ts';
import { useTrendSetting } from './trend-link.ts';
import { drawUpright, type PlotTools, usePlot } from './use-plot.ts';

interface HistogramViewProps {
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
  readonly size: { readonly height: number };
}

/** How often which values came, against a normal distribution and the specification. */
export function HistogramView({ signals, window, size }: HistogramViewProps) {
  const w = useFamily(family);
  const { n, say } = useWords();
  const session = useSession();
  const chosen = useChosenPoints(signals, window);
  const { signal, taking, points } = chosen;
  const drawing = specificationOf(session, signal);
  const [lsl, setLsl] = useTrendSetting('lsl', '');
  const [usl, setUsl] = useTrendSetting('usl', '');
  const lower = limitOf(lsl, drawing.lower);
  const upper = limitOf(usl, drawing.upper);
  const found = useMemo(() => {
    const values = points.map(({ value }) => value);
    if (values.length < 2) return undefined;
    return {
      bins: histogramOf(values, signal.resolution || 1),
      figures: capabilityOf({ unit: signal.unit, lower, upper }, values),
      low: Math.min(...values),
      high: Math.max(...values),
    };
  }, [points, signal, lower, upper]);
  const decimals = decimalsOf(signal.resolution);
  const unit = unitText(signal);
  const amount = (value: number | undefined, more = 1) =>
    value === undefined ? '–' : `${n(value, Math.min(5, decimals + more))}${unit ? ` ${unit}` : ''}`;
  const index = (value: number | undefined) => (value === undefined ? '–' : n(value, 2));
  return (
    <>
      <ChosenPointsBar chosen={chosen}>
        <Limit name={w('trends.lsl')} value={lsl} known={drawing.lower} onValue={setLsl} />
        <Limit name={w('trends.usl')} value={usl} known={drawing.upper} onValue={setUsl} />
      </ChosenPointsBar>
      {!found ? (
        <TooFewPoints chosen={chosen} />
      ) : (
        <>
          <HistogramPlot
            {...{ bins: found.bins, lower, upper }}
            mean={found.figures.mean ?? 0}
            sigma={found.figures.sigmaOverall ?? 0}
            height={chartHeight(size.height - 220, [200, 640], 0.45)}
            unit={signal.unit}
            label={w('trends.histogramChart', {
              name: `${signal.station} ${say(signal.text)}`,
              n: n(points.length),
              mean: amount(found.figures.mean),
              sigma: amount(found.figures.sigmaOverall),
            })}
          />
          <p className="muted small">{w('trends.normal')}</p>
          <Facts
            facts={[
              [w('trends.count'), n(found.figures.n)],
              [w('trends.mean'), amount(found.figures.mean)],
              [w('trends.sigmaOverall'), amount(found.figures.sigmaOverall)],
              [w('trends.sigmaWithin'), amount(found.figures.sigmaWithin)],
              [w('trends.lowest'), amount(found.low, 0)],
              [w('trends.highest'), amount(found.high, 0)],
              ...(lower === undefined && upper === undefined
                ? []
                : ([
                    ['Cp', index(found.figures.cp)],
                    ['Cpk', index(found.figures.cpk)],
                    ['Pp', index(found.figures.pp)],
                    ['Ppk', index(found.figures.ppk)],
                    [w('trends.outside'), n(found.figures.outside)],
                  ] as const)),
            ]}
          />
          {taking !== 'parts' && (lower !== undefined || upper !== undefined) && (
            <p className="muted small">{w('trends.capabilityOfParts')}</p>
          )}
          <Bins bins={found.bins} n={n} decimals={decimals} unit={unit} />
        </>
      )}
    </>
  );
}

function limitOf(typed: string, known: number | undefined): number | undefined {
  const value = numberIn(typed);
  return Number.isFinite(value) ? value : known;
}

interface LimitProps {
  readonly name: string;
  readonly value: string;
  /** Of the drawing, if nothing is typed. */
  readonly known: number | undefined;
  readonly onValue: (next: string) => void;
}

function Limit({ name, value, known, onValue }: LimitProps) {
  const { n } = useWords();
  return (
    <label className="inline-field">
      <span>{name}</span>
      <input
        className="input trend-limit"
        inputMode="decimal"
        placeholder={known === undefined ? '' : n(known, decimalsOf(known))}
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  );
}

interface HistogramPlotProps {
  readonly bins: Histogram;
  readonly mean: number;
  readonly sigma: number;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly height: number;
  readonly unit: string;
  readonly label: string;
}

function HistogramPlot({ bins, mean, sigma, lower, upper, height, unit, label }: HistogramPlotProps) {
  const w = useFamily(family);
  const wish = useMemo(() => {
    const { from, width, counts } = bins;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const middles = counts.map((_, k) => from + (k + 0.5) * width);
    const edges = [from, from + counts.length * width, lower, upper].filter((x) => x !== undefined);
    const [low, high] = [Math.min(...edges), Math.max(...edges)];
    const room = (high - low) * 0.04;
    const fine = Array.from({ length: 121 }, (_, k) => low - room + ((high - low + 2 * room) * k) / 120);
    const curve = fine.map((x) => (sigma > 0 ? total * width * normalDensity(x, mean, sigma) : null));
    return {
      height,
      data: uPlot.join([
        [middles, [...counts]],
        [fine, curve],
      ]),
      options: ({ paint, axis }: PlotTools) => ({
        padding: [10, 16, 0, 0] as uPlot.Padding,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: (): uPlot.Range.MinMax => [low - room, high + room] },
          y: { range: (_: uPlot, __: number, most: number): uPlot.Range.MinMax => [0, Math.max(1, most) * 1.12] },
        },
        axes: [
          { ...axis, size: 22, space: 60, label: printedUnit(unit) },
          { ...axis, size: 52, space: 30, label: w('trends.frequency') },
        ],
        series: [
          {},
          // Bars of one width each, whatever points of the curve lie between.
          {
            stroke: paint('--s1'),
            width: 1,
            points: { show: false },
            fill: `${paint('--s1')}55`,
            paths: barsOf(width),
          },
          { stroke: paint('--s2'), width: 2, dash: [7, 3], points: { show: false }, spanGaps: true },
        ],
        hooks: {
          draw: [
            (u: uPlot) => {
              drawUpright(u, mean, w('trends.mean'), paint('--text'), 1);
              if (lower !== undefined) drawUpright(u, lower, w('trends.lsl'), paint('--fault'));
              if (upper !== undefined) drawUpright(u, upper, w('trends.usl'), paint('--fault'));
            },
          ],
        },
      }),
    };
  }, [bins, mean, sigma, lower, upper, height, unit, w]);
  const host = usePlot(wish);
  return <div ref={host} className="chart" role="img" aria-label={label} />;
}

const barsOf =
  (width: number): uPlot.Series.PathBuilder =>
  (u, series) => {
    const path = new Path2D();
    for (const [k, count] of u.data[series].entries()) {
      if (!count) continue;
      const x = u.data[0][k];
      const [left, right] = [x - width / 2, x + width / 2].map((edge) => u.valToPos(edge, 'x', true));
      const top = u.valToPos(count, 'y', true);
      path.rect(left + 1, top, Math.max(1, right - left - 2), u.valToPos(0, 'y', true) - top);
    }
    return { stroke: path, fill: path };
  };

interface BinsProps {
  readonly bins: Histogram;
  readonly n: (value: number, decimals?: number) => string;
  readonly decimals: number;
  readonly unit: string;
}

function Bins({ bins: { from, width, counts }, n, decimals, unit }: BinsProps) {
  const w = useFamily(family);
  return (
    <details className="trend-tables">
      <summary>{w('trends.bins')}</summary>
      <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.bins')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{unit ? `${w('trends.bin')} [${unit}]` : w('trends.bin')}</th>
              <th scope="col" className="num">
                {w('trends.frequency')}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count, k) => (
              <tr key={k}>
                <th scope="row">
                  {n(from + k * width, decimals + 1)} – {n(from + (k + 1) * width, decimals + 1)}
                </th>
                <td className="num">{n(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
