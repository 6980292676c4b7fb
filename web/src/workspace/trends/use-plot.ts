import { type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { decimalsOf, number } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { tokens } from './chart-options.ts';

export interface PlotTools {
  readonly paint: (name: string) => string;
  /** An axis in the look of the theme, with numbers in the reader's conventions. */
  readonly axis: uPlot.Axis;
}

interface PlotWish {
  readonly height: number;
  readonly data: uPlot.AlignedData;
  readonly options: (tools: PlotTools) => Omit<uPlot.Options, 'width' | 'height'>;
}

/** A plot of computed data. It is made anew when `wish` is another one, so keep that in a memo. */
export function usePlot(wish: PlotWish): RefObject<HTMLDivElement | null> {
  const { language } = useWords();
  const { theme } = usePreferences();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const paint = tokens();
    const axis: uPlot.Axis = {
      ...{ stroke: paint('--text-2'), grid: { stroke: paint('--line'), width: 1 }, ticks: { show: false } },
      ...{ font: '11px "Inter Variable", sans-serif', labelFont: '11px "Inter Variable", sans-serif' },
      ...{ labelSize: 16, labelGap: 0 },
      values: (_, splits) => {
        const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
        return splits.map((value) => number(value, decimalsOf(Number(step.toPrecision(2))), language));
      },
    };
    const width = () => Math.max(50, element.clientWidth);
    const { height, data, options } = wish;
    const made = new uPlot({ ...options({ paint, axis }), width: width(), height }, data, element);
    const resized = new ResizeObserver(() => made.setSize({ width: width(), height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
    };
  }, [wish, theme, language]);
  return host;
}

/** Draws a line across the plot at a value of the x axis, with a word at its top. */
export function drawUpright(u: uPlot, x: number, word: string, colour: string, row = 0): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const at = u.valToPos(x, 'x', true);
  if (at < bbox.left - 1 || at > bbox.left + bbox.width + 1) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.4 * ratio;
  ctx.setLineDash([5 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `600 ${11 * ratio}px "Inter Variable", sans-serif`;
  const isRight = at + ctx.measureText(word).width + 6 * ratio > bbox.left + bbox.width;
  ctx.textAlign = isRight ? 'right' : 'left';
  ctx.fillText(word, at + (isRight ? -4 : 4) * ratio, bbox.top + (12 + 13 * row) * ratio);
  ctx.restore();
}
