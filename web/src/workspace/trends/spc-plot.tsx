import { useMemo } from 'react';
import type uPlot from 'uplot';
import { plantMinute, printedUnit } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import type { Limits } from '#simulator/cell/spc.ts';
import type { Violation } from '#simulator/cell/spc-rules.ts';
import { padded } from './chart-options.ts';
import type { SpcFound } from './spc-chart.ts';
import { usePlot } from './use-plot.ts';

interface SpcPlotProps {
  readonly found: SpcFound;
  readonly kind: 'xbar' | 'imr';
  readonly height: number;
  readonly name: string;
  readonly unit: string;
}

/** Means over ranges, or values over moving ranges, by the number of the subgroup. What breaks a rule is a filled diamond, with its rules where there is room. */
export function SpcPlot({ found, kind, height, name, unit }: SpcPlotProps) {
  const w = useFamily(family);
  const { limits, location, spread, ofLocation, ofSpread } = found;
  const [upper, lower] = kind === 'xbar' ? ['x̄', 'R'] : ['I', 'MR'];
  const label = (what: string, broken: number) => w('trends.spcChart', { what, name, n: location.length, broken });
  return (
    <div className="spc-plots">
      <Half
        {...{ found, height, unit }}
        letter={upper}
        values={location}
        limits={limits.location}
        broken={ofLocation}
        label={label(upper, ofLocation.length)}
      />
      <Half
        {...{ found, height, unit }}
        letter={lower}
        values={spread}
        limits={limits.spread}
        broken={ofSpread}
        label={label(lower, ofSpread.length)}
      />
    </div>
  );
}

interface HalfProps {
  readonly found: SpcFound;
  readonly height: number;
  readonly letter: string;
  readonly unit: string;
  readonly values: readonly (number | null)[];
  readonly limits: Limits;
  readonly broken: readonly Violation[];
  readonly label: string;
}

function Half({ found, height, letter, unit, values, limits, broken, label }: HalfProps) {
  const { language } = useWords();
  const w = useFamily(family);
  const wish = useMemo(
    () => ({
      height,
      data: [
        values.map((_, k) => k + 1),
        [...values],
        ...[limits.centre, limits.upper, limits.lower].map((level) => values.map(() => level)),
      ] as uPlot.AlignedData,
      options: ({ paint, axis }: { paint: (name: string) => string; axis: uPlot.Axis }) => ({
        padding: [10, 34, 0, 0] as uPlot.Padding,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: {
            time: false,
            range: (_: uPlot, low: number, high: number): uPlot.Range.MinMax => [low - 0.5, high + 0.5],
          },
          y: { range: (_: uPlot, low: number, high: number) => padded(low, high) },
        },
        axes: [
          {
            ...axis,
            size: 36,
            space: 70,
            values: (_: uPlot, splits: number[]) =>
              splits.map((k) =>
                Number.isInteger(k) && found.tMs[k - 1] ? `${k}\n${plantMinute(found.tMs[k - 1], language)}` : '',
              ),
          },
          { ...axis, size: 56, space: 26, label: printedUnit(unit) ? `${letter} [${printedUnit(unit)}]` : letter },
        ],
        series: [
          {},
          { stroke: paint('--s1'), width: 1.4, points: { show: true, size: 4, fill: paint('--s1') } },
          { stroke: paint('--text-2'), width: 1.2, points: { show: false } },
          ...[0, 1].map(() => ({ stroke: paint('--fault'), width: 1.2, dash: [6, 4], points: { show: false } })),
        ],
        hooks: {
          drawClear: [(u: uPlot) => shadeBasis(u, found, paint)],
          draw: [
            (u: uPlot) => {
              markBroken(u, values, broken, paint);
              nameLimits(u, limits, paint, [w('trends.ucl'), w('trends.lcl')]);
            },
          ],
        },
      }),
    }),
    [found, height, values, limits, broken, letter, unit, language, w],
  );
  const host = usePlot(wish);
  return <div ref={host} className="chart" role="img" aria-label={label} />;
}

type Paint = (name: string) => string;

/** The subgroups that the limits come from. */
function shadeBasis(u: uPlot, { basis, tMs }: SpcFound, paint: Paint): void {
  if (basis.count === tMs.length) return;
  const [left, right] = [basis.first + 0.5, basis.first + basis.count + 0.5].map((x) => u.valToPos(x, 'x', true));
  u.ctx.save();
  u.ctx.fillStyle = paint('--accent-soft');
  u.ctx.fillRect(left, u.bbox.top, right - left, u.bbox.height);
  u.ctx.restore();
}

function markBroken(u: uPlot, values: readonly (number | null)[], broken: readonly Violation[], paint: Paint): void {
  const ratio = devicePixelRatio;
  const byPlace = new Map<number, number[]>();
  for (const { place, rule } of broken) byPlace.set(place, [...(byPlace.get(place) ?? []), rule]);
  const { ctx } = u;
  const stepPx = u.bbox.width / ratio / Math.max(1, values.length);
  const half = Math.max(2.5, Math.min(5.5, stepPx * 0.9)) * ratio;
  ctx.save();
  ctx.fillStyle = paint('--fault');
  ctx.font = `700 ${11 * ratio}px "Inter Variable", sans-serif`;
  ctx.textAlign = 'center';
  let taken = -Infinity;
  for (const [place, rules] of [...byPlace].sort(([a], [b]) => a - b)) {
    const [x, y] = [u.valToPos(place + 1, 'x', true), u.valToPos(values[place] ?? 0, 'y', true)];
    ctx.beginPath();
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y + half);
    ctx.lineTo(x - half, y);
    ctx.fill();
    // Where points are close, the table says which rules it were.
    const said = rules.join('+');
    const room = ctx.measureText(said).width / 2 + 2 * ratio;
    if (x - room < taken) continue;
    taken = x + room;
    ctx.fillText(said, x, y - half - 3 * ratio < u.bbox.top + 8 * ratio ? y + half + 11 * ratio : y - half - 3 * ratio);
  }
  ctx.restore();
}

function nameLimits(u: uPlot, { centre, upper, lower }: Limits, paint: Paint, [above, below]: [string, string]): void {
  const ratio = devicePixelRatio;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.font = `600 ${10 * ratio}px "Inter Variable", sans-serif`;
  ctx.textAlign = 'left';
  for (const [word, level, colour] of [
    [above, upper, '--fault'],
    ['CL', centre, '--text-2'],
    [below, lower, '--fault'],
  ] as const) {
    ctx.fillStyle = paint(colour);
    ctx.fillText(word, bbox.left + bbox.width + 4 * ratio, u.valToPos(level, 'y', true) + 3 * ratio);
  }
  ctx.restore();
}
