import type { SignalView } from '#contract/cell-view.ts';
import type { Language } from '#contract/text.ts';
import uPlot from 'uplot';
import { decimalsOf, number, plantMinute, plantShortDay, plantTime } from '../../i18n/format.ts';
import type { Speech } from '../../i18n/use-words.ts';
import type { AxisGroup } from './axes.ts';
import { dashOf, paintOf } from './series-look.ts';

export interface ChartLook {
  readonly groups: readonly AxisGroup[];
  readonly width: number;
  readonly height: number;
  readonly isCompact: boolean;
  /** Each signal has a second curve, of an earlier window. */
  readonly hasEarlier: boolean;
  readonly speech: Pick<Speech, 'language' | 'say' | 't'>;
  readonly hooks: uPlot.Hooks.Arrays;
  readonly bind: uPlot.Cursor.Bind;
}

const FONT = '11px "Inter Variable", sans-serif';
const DAY_S = 86_400;
const [LEFT, RIGHT] = [3, 1];

export const tokens = (): ((name: string) => string) => {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
};

/** How uPlot draws signals: an axis for each unit, left and right in turn, each with its unit and its colour if it is alone. */
export function chartOptions(look: ChartLook): uPlot.Options {
  const { groups, width, height, isCompact, hooks, bind } = look;
  const paint = tokens();
  const signals = groups.flatMap((group) =>
    group.signals.map((signal, k) => ({ signal, group, place: group.places[k] })),
  );
  return {
    width,
    height,
    legend: { show: false },
    // Under the lanes of the timeline the two axes of time lie on each other.
    padding: isCompact ? [16, 0, 0, 0] : [20, groups.length > 1 ? 4 : 14, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    cursor: {
      y: false,
      bind,
      drag: { x: !isCompact, y: false, setScale: false },
      points: { show: !isCompact },
      ...(isCompact ? {} : { sync: { key: 'trends' } }),
    },
    scales: {
      x: { time: true, range: (_, low, high) => [low, high] },
      ...Object.fromEntries(
        groups.map(({ key }) => [key, { range: (_: uPlot, low: number, high: number) => padded(low, high) }]),
      ),
    },
    axes: [timeAxis(look, paint), ...groups.map((group, k) => valueAxis(group, k, look, paint))],
    series: [
      {},
      ...signals.map(({ signal, group, place }) => curve(signal, group.key, place, paint, false)),
      ...(look.hasEarlier
        ? signals.map(({ signal, group, place }) => curve(signal, group.key, place, paint, true))
        : []),
    ],
    hooks,
  };
}

type Paint = (name: string) => string;

function curve(signal: SignalView, scale: string, place: number, paint: Paint, isEarlier: boolean): uPlot.Series {
  const dash = isEarlier ? [1, 4] : dashOf(place);
  const colour = paint(paintOf(place));
  return {
    label: signal.path,
    scale,
    stroke: isEarlier ? `${colour}b3` : colour,
    width: isEarlier ? 1.4 : 1.6,
    points: { show: false },
    ...(dash.length > 0 ? { dash: [...dash] } : {}),
    ...(signal.kind === 'held' ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
  };
}

const baseAxis = (paint: Paint): uPlot.Axis => ({
  stroke: paint('--text-2'),
  grid: { stroke: paint('--line'), width: 1 },
  ticks: { show: false },
  font: FONT,
  labelFont: FONT,
});

function timeAxis({ isCompact, speech: { language } }: ChartLook, paint: Paint): uPlot.Axis {
  return {
    ...baseAxis(paint),
    size: 22,
    space: 64,
    values: (u, splits) => {
      const span = (u.scales.x.max ?? 0) - (u.scales.x.min ?? 0);
      // A label at the very edge of a chart without a margin would be cut.
      const edge = isCompact ? (u.scales.x.max ?? 0) - (span * 24) / u.width : Infinity;
      return splits.map((s) => (s > edge ? '' : timeText(s, splits, language)));
    },
  };
}

/** With seconds, or parts of them, only where ticks stand that close. */
function timeText(s: number, splits: readonly number[], language: Language): string {
  const step = splits.length > 1 ? splits[1] - splits[0] : 60;
  if (step >= DAY_S) return plantShortDay(s * 1000, language);
  if (step >= 60) return s % DAY_S === 0 ? plantShortDay(s * 1000, language) : plantMinute(s * 1000, language);
  if (step >= 1) return plantTime(s * 1000, language);
  return number(((s % 60) + 60) % 60, Math.min(3, decimalsOf(Number(step.toPrecision(2)))), language);
}

function valueAxis(group: AxisGroup, k: number, { isCompact, speech }: ChartLook, paint: Paint): uPlot.Axis {
  const [first] = group.signals;
  const isWords = first.words !== undefined || first.type === 'Boolean';
  const isAlone = group.signals.length === 1;
  return {
    ...baseAxis(paint),
    scale: group.key,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- names of a const enum are gone where it runs
    side: k % 2 === 0 ? LEFT : RIGHT,
    ...(isCompact || !isAlone ? {} : { stroke: paint(paintOf(group.places[0])) }),
    // One grid is enough.
    grid: { show: k === 0, stroke: paint('--line'), width: 1 },
    size: isCompact ? 48 : isWords ? 104 : 52,
    space: isCompact ? 18 : 30,
    ...(isWords ? { splits: (u, _, low, high) => codes(u, first, [low, high], isCompact ? 3 : 7) } : {}),
    values: (u, splits) =>
      splits.map((value) => {
        if (isEmpty(u)) return '';
        return isWords ? wordOf(first, value, speech) : tick(value, splits, speech.language);
      }),
  };
}

/** Nothing has come yet: an axis from 0 to 1 would tell of values that nobody measured. */
const isEmpty = (u: uPlot): boolean => u.data.slice(1).every((values) => !values.some((value) => value != null));

/** Codes of an enumeration that are drawn, at most so many. */
function codes(u: uPlot, { type, path }: SignalView, [low, high]: readonly [number, number], most: number): number[] {
  const place = u.series.findIndex(({ label }) => label === path);
  const all = type === 'Boolean' ? [0, 1] : [...new Set(u.data[place] ?? [])];
  const seen = all.filter((code) => code != null && code >= low && code <= high).sort((a, b) => Number(a) - Number(b));
  const every = Math.ceil(seen.length / most);
  // Neighbours whose words would lie on each other leave out the later one.
  const perCode = u.bbox.height / devicePixelRatio / Math.max(1e-9, high - low);
  let last = -Infinity;
  return seen.filter((code, k) => {
    if (k % every !== 0 || (Number(code) - last) * perCode < 13) return false;
    last = Number(code);
    return true;
  }) as number[];
}

const WORD_LENGTH = 15;

function wordOf({ words, type }: SignalView, code: number, { say, t }: ChartLook['speech']): string {
  const word = words?.[String(code)];
  const text = word ? say(word) : type === 'Boolean' ? t(code ? 'inspector.yes' : 'inspector.no') : String(code);
  return text.length > WORD_LENGTH ? `${text.slice(0, WORD_LENGTH - 1)}…` : text;
}

/** As few decimals as tell the ticks apart. */
function tick(value: number, splits: readonly number[], language: Language): string {
  const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
  return number(value, decimalsOf(Number(step.toPrecision(2))), language);
}

/** A little room above and below, and some even where nothing changes. */
export function padded(low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null) return [0, 1];
  const room = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.05, 0.5);
  return [low - room, high + room];
}
