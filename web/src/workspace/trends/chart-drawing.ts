import type uPlot from 'uplot';
import { printedUnit } from '../../i18n/format.ts';
import { Quality } from '../../live/quality.ts';
import type { Tape } from '../../live/tape.ts';
import type { AxisGroup } from './axes.ts';
import { doubtsOf } from './chart-data.ts';
import { tokens } from './chart-options.ts';
import { markOf, paintOf } from './series-look.ts';

/** CSS pixels between two marks on a curve. */
const MARK_EVERY = 150;
const HATCH = 7;

export interface Drawn {
  readonly tape: Tape;
  readonly groups: readonly AxisGroup[];
  /** The moment that is looked at. */
  readonly momentMs: number | undefined;
  readonly isCompact: boolean;
  /** Words of what is not Good. */
  readonly words: Readonly<Record<Quality, string>>;
}

/** What lies under the curves: stretches that are not Good, hatched and with their word. */
export function drawUnder(u: uPlot, { tape, groups, words }: Drawn): void {
  const range = { fromMs: (u.scales.x.min ?? 0) * 1000, toMs: (u.scales.x.max ?? 0) * 1000 };
  const paint = tokens();
  const { ctx, bbox } = u;
  for (const { path } of groups.flatMap(({ signals }) => signals)) {
    for (const { fromMs, toMs, quality } of doubtsOf(tape.strips.get(path), range)) {
      const left = u.valToPos(fromMs / 1000, 'x', true);
      const width = Math.max(1, u.valToPos(toMs / 1000, 'x', true) - left);
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, bbox.top, width, bbox.height);
      ctx.clip();
      ctx.strokeStyle = paint(quality === Quality.Bad ? '--fault' : '--warn');
      ctx.lineWidth = devicePixelRatio;
      ctx.beginPath();
      const gap = HATCH * devicePixelRatio * (quality === Quality.Bad ? 1 : 2);
      for (let x = left - bbox.height; x < left + width; x += gap) {
        ctx.moveTo(x, bbox.top + bbox.height);
        ctx.lineTo(x + bbox.height, bbox.top);
      }
      ctx.setLineDash([]);
      ctx.textAlign = 'left';
      ctx.globalAlpha = 0.45;
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.font = `600 ${11 * devicePixelRatio}px "Inter Variable", sans-serif`;
      const text = words[quality];
      if (ctx.measureText(text).width + 8 * devicePixelRatio < width) {
        ctx.fillStyle = paint('--surface');
        ctx.fillRect(left + 2, bbox.top, ctx.measureText(text).width + 8 * devicePixelRatio, 16 * devicePixelRatio);
        ctx.fillStyle = paint(quality === Quality.Bad ? '--fault' : '--warn');
        ctx.fillText(text, left + 4 * devicePixelRatio, bbox.top + 12 * devicePixelRatio);
      }
      ctx.restore();
    }
  }
}

/** What lies over them: marks that tell curves apart without their colours, and the moment that is looked at. */
export function drawOver(u: uPlot, { groups, momentMs, isCompact }: Drawn): void {
  const paint = tokens();
  if (!isCompact) {
    drawMarks(u, groups, paint);
    drawUnits(u, groups, paint);
  }
  if (momentMs === undefined) return;
  const x = Math.round(u.valToPos(momentMs / 1000, 'x', true));
  const { ctx, bbox } = u;
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.fillStyle = paint('--accent');
  ctx.fillRect(x - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
  ctx.restore();
}

/** Above each axis its unit, level, where it is read first. */
function drawUnits(u: uPlot, groups: readonly AxisGroup[], paint: (name: string) => string): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const offsets = [0, 0];
  ctx.save();
  ctx.font = `600 ${11 * ratio}px "Inter Variable", sans-serif`;
  ctx.textBaseline = 'alphabetic';
  for (const [k, { key, signals, places }] of groups.entries()) {
    const side = k % 2;
    const axis = u.axes.find(({ scale }) => scale === key) as { readonly _size?: number } | undefined;
    const text = printedUnit(signals[0].unit);
    ctx.fillStyle = places.length === 1 ? paint(paintOf(places[0])) : paint('--text-2');
    ctx.textAlign = side === 0 ? 'right' : 'left';
    const gap = (offsets[side] + 5) * ratio;
    ctx.fillText(text, side === 0 ? bbox.left - gap : bbox.left + bbox.width + gap, bbox.top - 9 * ratio);
    offsets[side] += axis?._size ?? 52;
  }
  ctx.restore();
}

function drawMarks(u: uPlot, groups: readonly AxisGroup[], paint: (name: string) => string): void {
  const curves = groups.flatMap(({ key, places }) => places.map((place) => ({ key, place })));
  if (curves.length < 2) return;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const [times] = u.data;
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [k, { key, place }] of curves.entries()) {
    const values = u.data[k + 1];
    const mark = new Path2D(markOf(place));
    for (let x = 20 + (k * MARK_EVERY) / curves.length; x < bbox.width / ratio; x += MARK_EVERY) {
      let at = u.valToIdx(u.posToVal(x, 'x'));
      while (at > 0 && values[at] === undefined) at -= 1;
      const value = values[at];
      // Before its first sample, and where it is bad, there is no curve to mark.
      if (value === null || value === undefined || times[at] > u.posToVal(x, 'x')) continue;
      const isHere = Math.abs(u.valToPos(times[at], 'x') - x) < MARK_EVERY / 2;
      ctx.save();
      ctx.translate(u.valToPos(isHere ? times[at] : u.posToVal(x, 'x'), 'x', true), u.valToPos(value, key, true));
      ctx.scale(ratio, ratio);
      ctx.fillStyle = paint(paintOf(place));
      ctx.strokeStyle = paint('--surface');
      ctx.fill(mark);
      ctx.stroke(mark);
      ctx.restore();
    }
  }
  ctx.restore();
}
