import { useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { decimalsOf, number } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { type Series, extremes } from './series.ts';
import { useUnits } from './use-units.ts';

interface XyPlotProps {
  readonly series: Series;
  readonly height: number;
  /** Bars from zero, as lines of a spectrum. */
  readonly isLines?: boolean;
}

/** A plot with its axes. Below it, a slider reads it off point by point: by keyboard, by touch, or by pointing at the plot. */
export function XyPlot({ series, height, isLines = false }: XyPlotProps) {
  const { t, language } = useWords();
  const { theme } = usePreferences();
  const { amount, axisName } = useUnits();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const [at, setAt] = useState<number>();
  const id = useId();
  const { x, y, xName, yName, xUnit, yUnit } = series;
  const { low, high } = extremes(y);
  const place = at === undefined || at >= x.length ? high : at;
  const label = t('captures.chart', { name: yName, low: amount(y[low], yUnit), high: amount(y[high], yUnit) });

  useEffect(() => {
    const element = host.current!;
    const style = getComputedStyle(document.documentElement);
    const paint = (name: string) => style.getPropertyValue(name).trim();
    const values = (_: uPlot, splits: number[]) => {
      const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
      return splits.map((value) => number(value, decimalsOf(Number(step.toPrecision(2))), language));
    };
    const axis: uPlot.Axis = {
      stroke: paint('--text-2'),
      grid: { stroke: paint('--line'), width: 1 },
      ticks: { show: false },
      font: '11px "Inter Variable", sans-serif',
      labelFont: '11px "Inter Variable", sans-serif',
      labelSize: 16,
      labelGap: 0,
      values,
    };
    const made = new uPlot(
      {
        width: Math.max(50, element.clientWidth),
        height,
        padding: [8, 16, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: true } },
        scales: { x: { time: false }, y: { range: (_, min, max) => room(min, max, isLines) } },
        axes: [
          { ...axis, size: 24, space: 44, label: axisName(xName, xUnit) },
          { ...axis, size: 52, space: 28, label: axisName(yName, yUnit) },
        ],
        series: [
          {},
          {
            stroke: paint('--s1'),
            width: isLines ? 1.2 : 1.5,
            points: { show: false },
            ...(isLines ? { fill: `${paint('--s1')}33` } : {}),
          },
        ],
        hooks: { setCursor: [(u) => u.cursor.idx != null && u.cursor.event && setAt(u.cursor.idx)] },
      },
      [[...x], [...y]],
      element,
    );
    chart.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: Math.max(50, element.clientWidth), height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.current = undefined;
      made.destroy();
    };
  }, [x, y, xName, xUnit, yName, yUnit, height, isLines, theme, language, axisName]);

  const move = (k: number) => {
    setAt(k);
    const made = chart.current;
    made?.setCursor({ left: made.valToPos(x[k], 'x'), top: 0 }, false);
  };
  const reading = t('captures.at', { value: amount(y[place], yUnit), place: amount(x[place], xUnit) });
  return (
    <figure className="xy-plot">
      <div ref={host} className="chart" role="img" aria-label={label} />
      <input
        type="range"
        className="slider"
        aria-label={t('captures.cursor', { name: yName })}
        aria-valuetext={reading}
        min={0}
        max={x.length - 1}
        value={place}
        onChange={(event) => move(Number(event.target.value))}
      />
      <output id={id} className="small">
        {reading}
      </output>
    </figure>
  );
}

function room(low: number | null, high: number | null, isFromZero: boolean): uPlot.Range.MinMax {
  if (low === null || high === null) return [0, 1];
  const air = (high - low || 1) * 0.06;
  return [isFromZero || (low >= 0 && low < air) ? Math.min(0, low) : low - air, high + air];
}
