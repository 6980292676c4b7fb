import { useEffect, useRef } from 'react';
import { percent } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { eachBeat } from '../../live/beat.ts';
import { stateSignalOf } from '../../live/station-state.ts';
import type { Tape } from '../../live/tape.ts';
import { usePlantNow, useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf } from '../../live/use-tape.ts';
import { STATES } from '../../scene/states.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useSelection } from '../selection.tsx';
import { PITCH_PX, drawLanes } from './draw-lanes.ts';
import { shares, stretches } from './state-shares.ts';

const REDRAW_MS = 1000;
/** What a lane moves by: a picture of half an hour costs more than a pixel of it is worth. */
const STEP_PX = 2;
const TELL_MS = 10_000;

interface LanesProps {
  readonly tape: Tape;
  readonly version: number;
  readonly window: TimeWindow;
}

/** A lane of states for each station. The picture has its equal in words, kept a little slower. */
export function Lanes({ tape, version, window }: LanesProps) {
  const session = useSession();
  const { theme } = usePreferences();
  const { station: selected, selectStation, momentMs } = useSelection();
  const host = useRef<HTMLCanvasElement>(null);
  const stations = session.stationsWithState;

  useEffect(() => {
    const canvas = host.current!;
    let shown = '';
    // Asked only when it changes: at a beat the answer would lay out the page once more.
    let widthPx = canvas.clientWidth;
    const draw = (isSure: boolean) => {
      if (document.hidden) return;
      const nowMs = session.clock.epochMs(session.clock.nowUs());
      const { fromMs, toMs } = rangeOf(window, nowMs);
      const stepMs = ((toMs - fromMs) / Math.max(1, widthPx)) * STEP_PX;
      const key = isRange(window) ? '' : `${Math.floor(nowMs / stepMs)}`;
      if (!isSure && key === shown) return;
      shown = key;
      if (!isRange(window)) tape.trim(fromMs);
      const lanes = stations.map(({ id }) => lane(tape, id, fromMs, toMs));
      drawLanes(canvas, lanes, { fromMs, toMs, widthPx, momentMs });
    };
    draw(true);
    const rest = isRange(window) ? undefined : eachBeat(() => draw(false), REDRAW_MS);
    const resized = new ResizeObserver(() => {
      widthPx = canvas.clientWidth;
      draw(true);
    });
    resized.observe(canvas);
    return () => {
      rest?.();
      resized.disconnect();
    };
  }, [session, stations, tape, version, window, theme, momentMs]);

  const height = stations.length * PITCH_PX;
  return (
    <div className="lanes">
      <div className="lane-names" aria-hidden="true">
        {stations.map(({ id }) => (
          <span key={id} className={id === selected ? 'selected' : ''}>
            {id}
          </span>
        ))}
      </div>
      <canvas
        ref={host}
        aria-hidden="true"
        style={{ height }}
        onClick={(event) => {
          const row = Math.floor((event.clientY - event.currentTarget.getBoundingClientRect().top) / PITCH_PX);
          if (stations[row]) selectStation(stations[row].id);
        }}
      />
      <LanesInWords tape={tape} version={version} window={window} />
    </div>
  );
}

const lane = (tape: Tape, id: string, fromMs: number, toMs: number) => {
  const strip = tape.strips.get(stateSignalOf(id));
  return strip ? stretches(strip, fromMs, toMs) : [];
};

function LanesInWords({ tape, version, window }: LanesProps) {
  const { t, say, language } = useWords();
  const session = useSession();
  const nowMs = usePlantNow(TELL_MS);
  return (
    <ul className="sr" aria-label={t('timeline.summary')} data-version={version}>
      {session.stationsWithState.map(({ id, title }) => {
        const { fromMs, toMs } = rangeOf(window, nowMs);
        const parts = shares(lane(tape, id, fromMs, toMs)).map(([state, share]) =>
          t('timeline.share', { state: say(STATES[state].word), percent: percent(share, language) }),
        );
        return (
          <li key={id}>{t('timeline.lane', { station: `${id} ${say(title)}`, shares: parts.join(', ') || '–' })}</li>
        );
      })}
    </ul>
  );
}
