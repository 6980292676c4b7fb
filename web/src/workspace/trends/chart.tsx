import type { SignalView } from '#contract/cell-view.ts';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { decimalsOf, number, plantMinute, plantTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Tape } from '../../live/tape.ts';
import { useSession } from '../../live/use-session.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { valueText } from '../signal-value.tsx';
import { type Range, chartData, valueAt } from './chart-data.ts';

const REDRAW_MS = 1000;
export const SERIES_PAINTS = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6', '--s7', '--s8'] as const;
const DASHES: readonly (number[] | undefined)[] = [undefined, [6, 3], [2, 3], [9, 3, 2, 3]];

interface ChartProps {
  readonly tape: Tape;
  /** Rises when the tape was read anew. */
  readonly version: number;
  readonly signals: readonly SignalView[];
  /** The last so many minutes, going on live; or a fixed stretch of plant time. */
  readonly window: { readonly minutes: number } | Range;
  readonly height: number;
  readonly isCompact?: boolean;
  /** Index of each signal among all that are shown, for its colour. */
  readonly colours?: readonly number[];
  /** Dragged over a stretch. */
  readonly onZoom?: (range: Range) => void;
  readonly onUnzoom?: () => void;
  /** Points at an instant in all charts at once; undefined when it leaves. */
  readonly onPoint?: (ms: number | undefined) => void;
}

/** Curves of signals of one unit. Held signals are steps. Its equal in words is the list of signals beside it. */
export function Chart(props: ChartProps) {
  const { tape, version, signals, window, height, isCompact = false, colours, onPoint } = props;
  const speech = useWords();
  const { t, language } = speech;
  const session = useSession();
  const { theme } = usePreferences();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const minutes = 'minutes' in window ? window.minutes : undefined;
  const range = 'minutes' in window ? undefined : window;

  useEffect(() => {
    const element = host.current!;
    const style = getComputedStyle(document.documentElement);
    const paint = (name: string) => style.getPropertyValue(name).trim();
    const axis: uPlot.Axis = {
      stroke: paint('--text-2'),
      grid: { stroke: paint('--line'), width: 1 },
      ticks: { show: false },
      font: '11px "Inter Variable", sans-serif',
    };
    const decimals = Math.min(3, Math.max(...signals.map((signal) => decimalsOf(signal.resolution)), 0));
    const made = new uPlot(
      {
        width: Math.max(50, element.clientWidth),
        height,
        legend: { show: false },
        // Under the lanes of the timeline the two axes of time lie on each other.
        ...(isCompact ? { padding: [16, 0, 0, 0] as uPlot.Padding } : {}),
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        cursor: {
          y: false,
          drag: { x: !isCompact, y: false, setScale: false },
          points: { show: !isCompact },
          ...(isCompact ? {} : { sync: { key: 'trends' } }),
        },
        scales: {
          x: { time: true, range: (_, low, high) => [low, high] },
          y: { range: (_, low, high) => padded(low, high) },
        },
        axes: [
          {
            ...axis,
            size: 22,
            space: 60,
            values: (u, splits) => {
              const span = (u.scales.x.max ?? 0) - (u.scales.x.min ?? 0);
              // A label at the very edge of a chart without a margin would be cut.
              const edge = isCompact ? (u.scales.x.max ?? 0) - (span * 24) / u.width : Infinity;
              const text = span < 900 ? plantTime : plantMinute;
              return splits.map((s) => (s > edge ? '' : text(s * 1000, language)));
            },
          },
          {
            ...axis,
            size: isCompact ? 48 : 54,
            space: isCompact ? 18 : 36,
            values: (_, splits) => splits.map((value) => number(value, splitDecimals(splits, decimals), language)),
          },
        ],
        series: [
          {},
          ...signals.map((signal, k): uPlot.Series => {
            const colour = colours?.[k] ?? k;
            const dash = DASHES[colour % DASHES.length];
            return {
              label: signal.path,
              stroke: paint(SERIES_PAINTS[colour % SERIES_PAINTS.length]),
              width: 1.6,
              points: { show: false },
              spanGaps: true,
              ...(dash ? { dash } : {}),
              ...(signal.kind === 'held' ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
            };
          }),
        ],
        hooks: {
          setSelect: [
            (u) => {
              if (u.select.width < 4) return;
              const fromMs = u.posToVal(u.select.left, 'x') * 1000;
              const toMs = u.posToVal(u.select.left + u.select.width, 'x') * 1000;
              u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              latest.current.onZoom?.({ fromMs, toMs });
            },
          ],
          setCursor: [
            (u) => {
              const left = u.cursor.left ?? -1;
              latest.current.onPoint?.(left < 0 ? undefined : u.posToVal(left, 'x') * 1000);
            },
          ],
        },
      },
      [[], ...signals.map(() => [])],
      element,
    );
    chart.current = made;
    const unzoom = () => latest.current.onUnzoom?.();
    made.over.addEventListener('dblclick', unzoom);
    const resized = new ResizeObserver(() => made.setSize({ width: Math.max(50, element.clientWidth), height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.current = undefined;
      made.destroy();
    };
  }, [signals, colours, theme, height, isCompact, language, onPoint]);

  useEffect(() => {
    const draw = () => {
      const made = chart.current;
      if (!made) return;
      const nowMs = session.clock.epochMs(session.clock.nowUs());
      const toMs = range?.toMs ?? nowMs;
      const fromMs = range?.fromMs ?? nowMs - minutes! * 60_000;
      if (!range) tape.trim(fromMs);
      made.setData(chartData(tape, signals, Math.min(toMs, nowMs)), false);
      made.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
    };
    draw();
    if (range) return undefined;
    const timer = setInterval(draw, REDRAW_MS);
    return () => clearInterval(timer);
  }, [session, tape, version, signals, colours, theme, height, isCompact, language, onPoint, minutes, range]);

  return <div ref={host} className="chart" role="img" aria-label={label()} />;

  function label(): string {
    const nowMs = session.clock.epochMs(session.clock.nowUs());
    const toMs = range?.toMs ?? nowMs;
    const names = signals.map((signal) => {
      const value = valueAt(tape, signal.path, toMs);
      return value === undefined
        ? speech.say(signal.text)
        : `${speech.say(signal.text)} ${valueText(signal, value, speech)}`;
    });
    const fromMs = range?.fromMs ?? nowMs - minutes! * 60_000;
    return t('trends.chart', {
      signals: names.join(', '),
      from: plantTime(fromMs, language),
      to: plantTime(toMs, language),
    });
  }
}

/** A little room above and below, and some even where nothing changes. */
function padded(low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null) return [0, 1];
  const room = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.05, 0.5);
  return [low - room, high + room];
}

/** As few decimals as tell the ticks apart. */
function splitDecimals(splits: readonly number[], most: number): number {
  const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
  return Math.min(Math.max(most, step < 1 ? 1 : 0), decimalsOf(Number(step.toPrecision(2))));
}
