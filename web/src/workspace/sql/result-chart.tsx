import type { SqlResult } from '#contract/sql.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { decimalsOf, number, printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../ui/preferences.ts';

const HEIGHT = 260;

/** Two columns of a result against each other; texts stand beside each other in the order of the rows. */
export function ResultChart({ result }: { readonly result: SqlResult }) {
  const { columns, rows } = result;
  const { t, n, language } = useWords();
  const { theme } = usePreferences();
  const host = useRef<HTMLDivElement>(null);
  const numeric = useMemo(
    () => columns.flatMap((_, k) => (rows.some((row) => typeof row[k] === 'number') ? [k] : [])),
    [columns, rows],
  );
  const [chosenX, setX] = useState(() => (columns.length > 1 ? 0 : -1));
  const [chosenY, setY] = useState<number>();
  const [isBars, setBars] = useState(rows.length <= 30);
  const y = chosenY ?? numeric.filter((k) => k !== chosenX).at(-1) ?? numeric[0];
  const name = (k: number) => {
    const { name: own, unit } = columns[k] ?? { name: t('data.rowNumber') };
    return unit && printedUnit(unit) ? `${own} [${printedUnit(unit)}]` : own;
  };
  const points = useMemo(() => pointsOf(result, chosenX, y), [result, chosenX, y]);

  useEffect(() => {
    const element = host.current;
    if (!element || !points) return;
    const style = getComputedStyle(document.documentElement);
    const paint = (token: string) => style.getPropertyValue(token).trim();
    const values = (_: uPlot, splits: number[]) => {
      const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
      return splits.map((value) => number(value, decimalsOf(Number(step.toPrecision(2))), language));
    };
    const axis: uPlot.Axis = {
      ...{ stroke: paint('--text-2'), grid: { stroke: paint('--line'), width: 1 }, ticks: { show: false } },
      ...{ font: '11px "Inter Variable", sans-serif', values },
    };
    const words = points.words;
    const made = new uPlot(
      {
        ...{ width: Math.max(50, element.clientWidth), height: HEIGHT, padding: [12, 16, 0, 0] },
        ...{ legend: { show: false }, cursor: { y: false, drag: { x: false, y: false } } },
        scales: {
          x: { time: false, ...(isBars && { range: (_, low, high) => widened(low, high, points.x.length) }) },
          y: { range: (_, low, high) => roomy(low, high, isBars) },
        },
        axes: [
          {
            ...axis,
            ...{ size: 26, space: words ? 70 : 50 },
            ...(words && { values: (_: uPlot, splits: number[]) => splits.map((at) => words[at] ?? '') }),
          },
          { ...axis, size: 60 },
        ],
        series: [
          {},
          {
            ...{ stroke: paint('--s1'), width: 1.5, points: { show: !isBars && points.x.length < 60 } },
            ...(isBars && { fill: `${paint('--s1')}55`, paths: uPlot.paths.bars!({ size: [0.7, 60] }) }),
          },
        ],
      },
      [points.x, points.y],
      element,
    );
    const resized = new ResizeObserver(() =>
      made.setSize({ width: Math.max(50, element.clientWidth), height: HEIGHT }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
    };
  }, [points, isBars, theme, language]);

  if (y === undefined || !points) return <p className="muted">{t('data.noNumbers')}</p>;
  const known = points.y.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const text = { y: name(y), x: name(chosenX), n: n(points.x.length), low: n(low, 2), high: n(high, 2) };
  return (
    <figure className="data-chart">
      <div className="row">
        <label className="inline-field">
          <span>{t('data.up')}</span>
          <select className="input" value={y} onChange={(event) => setY(Number(event.target.value))}>
            {numeric.map((k) => (
              <option key={k} value={k}>
                {name(k)}
              </option>
            ))}
          </select>
        </label>
        <label className="inline-field">
          <span>{t('data.across')}</span>
          <select className="input" value={chosenX} onChange={(event) => setX(Number(event.target.value))}>
            {[-1, ...columns.keys()].map((k) => (
              <option key={k} value={k}>
                {name(k)}
              </option>
            ))}
          </select>
        </label>
        <label className="inline-field">
          <span>{t('data.form')}</span>
          <select
            className="input"
            value={isBars ? 'bars' : 'line'}
            onChange={(event) => setBars(event.target.value === 'bars')}
          >
            <option value="line">{t('data.line')}</option>
            <option value="bars">{t('data.bars')}</option>
          </select>
        </label>
      </div>
      <div ref={host} className="chart" role="img" aria-label={t('data.chartText', text)} />
      <figcaption className="muted small">{t('data.chartText', text)}</figcaption>
    </figure>
  );
}

interface Points {
  readonly x: number[];
  readonly y: (number | null)[];
  /** What stands under each place, if it is no number. */
  readonly words: readonly string[] | undefined;
}

function pointsOf({ rows }: SqlResult, x: number, y: number | undefined): Points | undefined {
  if (y === undefined) return undefined;
  const value = (row: SqlResult['rows'][number]) => (typeof row[y] === 'number' ? row[y] : null);
  if (x >= 0 && rows.every((row) => typeof row[x] === 'number')) {
    const sorted = [...rows].sort((a, b) => Number(a[x]) - Number(b[x]));
    return { x: sorted.map((row) => Number(row[x])), y: sorted.map(value), words: undefined };
  }
  const words = x < 0 ? undefined : rows.map((row) => String(row[x] ?? ''));
  return { x: rows.map((_, k) => k), y: rows.map(value), words };
}

function widened(low: number, high: number, count: number): uPlot.Range.MinMax {
  const half = ((high - low) / Math.max(1, count - 1) || 1) / 2;
  return [low - half, high + half];
}

function roomy(low: number | null, high: number | null, isFromZero: boolean): uPlot.Range.MinMax {
  if (low === null || high === null) return [0, 1];
  const air = (high - low || Math.abs(high) || 1) * 0.06;
  return [isFromZero && low >= 0 ? 0 : low - air, isFromZero && high <= 0 ? 0 : high + air];
}
