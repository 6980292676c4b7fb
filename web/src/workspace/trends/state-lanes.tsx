import type { Language } from '#contract/text.ts';
import { useEffect, useRef } from 'react';
import { duration, plantDayTime, plantMinute, plantTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useSelection } from '../selection.tsx';
import { drawLanes } from '../timeline/draw-lanes.ts';
import type { Entry } from './ledger.ts';
import { useReasonText } from './use-reason-text.ts';

const LANE = { lanePx: 16, pitchPx: 24 };

interface StateLanesProps {
  readonly ids: readonly string[];
  readonly lanes: readonly (readonly Entry[])[];
  readonly range: { readonly fromMs: number; readonly toMs: number };
}

/** The lanes; what lies under the pointer is said beside them, and a click looks at its moment. */
export function StateLanes({ ids, lanes, range }: StateLanesProps) {
  const w = useFamily(family);
  const { language } = useWords();
  const reasonText = useReasonText();
  const { theme } = usePreferences();
  const { momentMs, lookAt, selectStation } = useSelection();
  const host = useRef<HTMLCanvasElement>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const { fromMs, toMs } = range;
  useEffect(() => {
    const canvas = host.current!;
    const draw = () => drawLanes(canvas, lanes, { fromMs, toMs, widthPx: canvas.clientWidth, momentMs }, LANE);
    draw();
    const resized = new ResizeObserver(draw);
    resized.observe(canvas);
    return () => resized.disconnect();
  }, [lanes, fromMs, toMs, momentMs, theme]);
  const at = (event: React.MouseEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / LANE.pitchPx);
    return { row, ms: fromMs + ((event.clientX - box.left) / box.width) * (toMs - fromMs) };
  };
  const point = (event: React.MouseEvent<HTMLCanvasElement>) => {
    const { row, ms } = at(event);
    const entry = lanes[row]?.find((each) => each.fromMs <= ms && each.toMs > ms);
    told.current!.textContent = entry
      ? `${entry.station}: ${reasonText(entry)}, ${plantDayTime(entry.fromMs, language)} – ${plantDayTime(entry.toMs, language)} (${duration((entry.toMs - entry.fromMs) / 1000, language)})`
      : '';
  };
  const isNarrow = useMedia('(max-width: 799px)');
  const ticks = roundTicks(fromMs, toMs, isNarrow ? 3 : 5);
  return (
    <div className="lanes gantt">
      <div className="lane-names" aria-hidden="true">
        {ids.map((id) => (
          <span key={id}>{id}</span>
        ))}
      </div>
      <canvas
        ref={host}
        role="img"
        aria-label={w('trends.lanes', {
          stations: ids.join(', '),
          from: plantDayTime(fromMs, language),
          to: plantDayTime(toMs, language),
        })}
        style={{ height: ids.length * LANE.pitchPx }}
        onMouseMove={point}
        onMouseLeave={() => (told.current!.textContent = '')}
        onClick={(event) => {
          const { row, ms } = at(event);
          if (ids[row]) selectStation(ids[row]);
          lookAt(Math.round(ms));
        }}
      />
      <div className="gantt-ticks" aria-hidden="true">
        {ticks.map((ms) => (
          <span key={ms} style={{ left: `${(100 * (ms - fromMs)) / (toMs - fromMs)}%` }}>
            {tickText(ms, toMs - fromMs, language)}
          </span>
        ))}
      </div>
      <p ref={told} className="small gantt-told" />
    </div>
  );
}

const STEPS_S = [1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** Instants at round times of the plant, about as many as there is room for. */
function roundTicks(fromMs: number, toMs: number, most: number): number[] {
  const stepMs = 1000 * (STEPS_S.find((s) => (toMs - fromMs) / (s * 1000) <= most) ?? 7 * 86_400);
  const first = Math.ceil(fromMs / stepMs);
  return Array.from({ length: Math.floor(toMs / stepMs) - first + 1 }, (_, k) => (first + k) * stepMs);
}

const tickText = (ms: number, spanMs: number, language: Language): string =>
  spanMs < 300_000 ? plantTime(ms, language) : plantMinute(ms, language);
