import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { Quality } from '../../live/quality.ts';
import { eachBeat } from '../../live/beat.ts';
import type { Tape } from '../../live/tape.ts';
import { type TimeWindow, isRange, rangeOf } from '../../live/use-tape.ts';
import { useSession } from '../../live/use-session.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useSelection } from '../selection.tsx';
import type { AxisGroup } from './axes.ts';
import { type Earlier, chartData } from './chart-data.ts';
import { type Drawn, drawOver, drawUnder } from './chart-drawing.ts';
import { listenToMoves } from './chart-moves.ts';
import { chartOptions } from './chart-options.ts';
import type { Pointer } from './pointer.ts';

const REDRAW_MS = 1000;
/** What a live window moves by. */
const STEP_PX = { compact: 2, full: 1 } as const;

export interface ChartProps {
  readonly tape: Tape;
  /** Rises when the tape was read anew. */
  readonly version: number;
  readonly groups: readonly AxisGroup[];
  readonly window: TimeWindow;
  readonly height: number;
  readonly label: string;
  readonly isCompact?: boolean;
  readonly earlier?: Earlier | undefined;
  readonly earlierVersion?: number;
  readonly pointer?: Pointer;
  /** What the pointer, the wheel or a finger made of the window. */
  readonly onWindow?: (next: TimeWindow) => void;
}

/**
 * Curves of signals, held ones as steps, an axis for each unit. It draws when a sample came that can be seen, or when the
 * window has moved by a step, and else not at all. Its equal in words are the tables beside it.
 */
export function Chart(props: ChartProps) {
  const { tape, version, groups, window, height, label, isCompact = false, earlier, earlierVersion = 0 } = props;
  const speech = useWords();
  const { language } = speech;
  const w = useFamily(family);
  const session = useSession();
  const { theme } = usePreferences();
  const { momentMs, lookAt } = useSelection();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef({ ...props, momentMs, lookAt });
  useEffect(() => {
    latest.current = { ...props, momentMs, lookAt };
  });
  const hasEarlier = earlier !== undefined;
  const fixed = isRange(window);

  useEffect(() => {
    const element = host.current!;
    const nowMs = () => session.clock.epochMs(session.clock.nowUs());
    const drawn = (): Drawn => ({
      ...{ tape: latest.current.tape, groups, momentMs: latest.current.momentMs, isCompact },
      words: { [Quality.Good]: '', [Quality.Uncertain]: w('trends.uncertain'), [Quality.Bad]: w('trends.bad') },
    });
    const made = new uPlot(
      chartOptions({
        ...{ groups, height, isCompact, hasEarlier, speech, width: Math.max(50, element.clientWidth) },
        // With Shift a drag moves the window; see chart-moves.ts.
        bind: { mousedown: (_, __, handle) => (event) => (event.shiftKey ? null : handle(event)) },
        hooks: {
          drawClear: [(u) => drawUnder(u, drawn())],
          draw: [(u) => drawOver(u, drawn())],
          setSelect: [
            (u) => {
              if (u.select.width < 4) return;
              const fromMs = u.posToVal(u.select.left, 'x') * 1000;
              const toMs = u.posToVal(u.select.left + u.select.width, 'x') * 1000;
              u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              latest.current.onWindow?.({ fromMs, toMs: Math.min(toMs, nowMs()) });
            },
          ],
          setCursor: [
            (u) => {
              const left = u.cursor.left ?? -1;
              latest.current.pointer?.set(left < 0 ? undefined : u.posToVal(left, 'x') * 1000);
            },
          ],
        },
      }),
      [[], ...groups.flatMap(({ signals }) => signals.flatMap(() => (hasEarlier ? [[], []] : [[]])))],
      element,
    );
    chart.current = made;
    const leaveMoves = isCompact
      ? undefined
      : listenToMoves(made, {
          window: () => latest.current.window,
          known: () => ({ fromMs: session.clock.epochMs(0), toMs: nowMs() }),
          onWindow: (next) => latest.current.onWindow?.(next),
          onMoment: (ms) => latest.current.lookAt(Math.min(Math.round(ms), nowMs())),
        });
    const resized = new ResizeObserver(() => made.setSize({ width: Math.max(50, element.clientWidth), height }));
    resized.observe(element);
    return () => {
      leaveMoves?.();
      resized.disconnect();
      latest.current.pointer?.set(undefined);
      chart.current = undefined;
      made.destroy();
    };
  }, [session, groups, theme, height, isCompact, hasEarlier, language, speech, w]);

  useEffect(() => {
    let shown = '';
    let draws = 0;
    const draw = () => {
      const made = chart.current;
      if (!made || document.hidden) return;
      const nowMs = session.clock.epochMs(session.clock.nowUs());
      const pixelMs = rangeMs(latest.current.window) / Math.max(50, made.bbox.width / uPlot.pxRatio);
      const stepMs = pixelMs * STEP_PX[isCompact ? 'compact' : 'full'];
      const { window: wanted, earlier: before } = latest.current;
      const { fromMs, toMs } = rangeOf(wanted, isRange(wanted) ? nowMs : Math.ceil(nowMs / stepMs) * stepMs);
      const news = stepMs < REDRAW_MS ? `${tape.revision} ${before?.tape.revision ?? ''}` : '';
      const key = `${fromMs} ${toMs} ${news}`;
      if (key === shown) return;
      shown = key;
      host.current!.dataset.draws = String((draws += 1));
      if (!isRange(wanted)) tape.trim(fromMs);
      const signals = groups.flatMap((group) => group.signals);
      made.setData(chartData(tape, signals, Math.min(toMs, nowMs), before), false);
      made.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
    };
    draw();
    document.addEventListener('visibilitychange', draw);
    const rest = fixed ? undefined : eachBeat(draw, REDRAW_MS);
    return () => {
      document.removeEventListener('visibilitychange', draw);
      rest?.();
    };
  }, [session, tape, version, groups, theme, height, isCompact, hasEarlier, earlierVersion, language, fixed, window]);

  useEffect(() => {
    chart.current?.redraw(false, false);
  }, [momentMs]);

  return <div ref={host} className="chart" role="img" aria-label={label} />;
}

const rangeMs = (window: TimeWindow): number => (isRange(window) ? window.toMs - window.fromMs : window.spanMs);
