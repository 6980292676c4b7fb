import { useEffect, useRef, useState } from 'react';
import { percent } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { stateSignalOf } from '../../live/station-state.ts';
import type { Tape } from '../../live/tape.ts';
import { useSession } from '../../live/use-session.ts';
import { STATES } from '../../scene/states.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useSelection } from '../selection.tsx';
import { PITCH_PX, drawLanes } from './draw-lanes.ts';
import { shares, stretches } from './state-shares.ts';

const REDRAW_MS = 1000;
const TELL_MS = 10_000;

interface LanesProps {
  readonly tape: Tape;
  readonly version: number;
  readonly minutes: number;
}

/** A lane of states for each station. The picture has its equal in words, kept a little slower. */
export function Lanes({ tape, version, minutes }: LanesProps) {
  const session = useSession();
  const { theme } = usePreferences();
  const { station: selected, selectStation, momentMs } = useSelection();
  const host = useRef<HTMLCanvasElement>(null);
  const stations = session.stationsWithState;

  useEffect(() => {
    const canvas = host.current!;
    const draw = () => {
      const toMs = session.clock.epochMs(session.clock.nowUs());
      const fromMs = toMs - minutes * 60_000;
      tape.trim(fromMs);
      const lanes = stations.map(({ id }) => lane(tape, id, fromMs, toMs));
      drawLanes(canvas, lanes, { fromMs, toMs, momentMs });
    };
    draw();
    const timer = setInterval(draw, REDRAW_MS);
    const resized = new ResizeObserver(draw);
    resized.observe(canvas);
    return () => {
      clearInterval(timer);
      resized.disconnect();
    };
  }, [session, stations, tape, version, minutes, theme, momentMs]);

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
      <LanesInWords tape={tape} version={version} minutes={minutes} />
    </div>
  );
}

const lane = (tape: Tape, id: string, fromMs: number, toMs: number) => {
  const strip = tape.strips.get(stateSignalOf(id));
  return strip ? stretches(strip, fromMs, toMs) : [];
};

function LanesInWords({ tape, version, minutes }: LanesProps) {
  const { t, say, language } = useWords();
  const session = useSession();
  const [nowMs, setNowMs] = useState(() => session.clock.epochMs(session.clock.nowUs()));
  useEffect(() => {
    const timer = setInterval(() => setNowMs(session.clock.epochMs(session.clock.nowUs())), TELL_MS);
    return () => clearInterval(timer);
  }, [session]);
  return (
    <ul className="sr" aria-label={t('timeline.summary')} data-version={version}>
      {session.stationsWithState.map(({ id, title }) => {
        const parts = shares(lane(tape, id, nowMs - minutes * 60_000, nowMs)).map(([state, share]) =>
          t('timeline.share', { state: say(STATES[state].word), percent: percent(share, language) }),
        );
        return (
          <li key={id}>{t('timeline.lane', { station: `${id} ${say(title)}`, shares: parts.join(', ') || '–' })}</li>
        );
      })}
    </ul>
  );
}
