import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { duration } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { stateSignalOf } from '../../live/station-state.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { useTape } from '../../live/use-tape.ts';
import { STATES, type SceneState } from '../../scene/states.ts';
import { prefer, usePreferences } from '../../ui/preferences.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { Lanes } from './lanes.tsx';
import { MomentField, Scrubber } from './scrubber.tsx';
import { SignalTrend } from './signal-trend.tsx';
import './timeline.css';
import { useTimelineWindow } from './use-timeline-window.ts';

/** Where the window is low, lab and view need the room of the curve, which Trends shows too. */
const HIGH = '(min-height: 820px), (max-width: 799px)';
const WINDOWS_MIN = [5, 15, 30, 60, 120, 240];

/** What the line did lately: the states of its stations, and one signal. */
export function Timeline() {
  const { t, say, language } = useWords();
  const { timeline: isShown } = usePreferences();
  const [minutes, setMinutes] = useKept('timeline.minutes', () => 30);
  return (
    <>
      <div className="timeline-head">
        <h2>{t('timeline.title')}</h2>
        {isShown && (
          <>
            <select
              className="input"
              aria-label={t('timeline.window')}
              value={minutes}
              onChange={(event) => setMinutes(Number(event.target.value))}
            >
              {WINDOWS_MIN.map((m) => (
                <option key={m} value={m}>
                  {t('timeline.last', { duration: duration(m * 60, language) })}
                </option>
              ))}
            </select>
            <MomentField />
            <span className="grow" />
            <ul className="legend">
              {(Object.keys(STATES) as SceneState[]).map((state) => (
                <li key={state}>
                  <StateIcon state={state} />
                  {say(STATES[state].word)}
                </li>
              ))}
            </ul>
          </>
        )}
        {!isShown && <span className="grow" />}
        <Button className="btn sm ghost" aria-expanded={isShown} onPress={() => prefer({ timeline: !isShown })}>
          {isShown ? t('timeline.hide') : t('timeline.show')}
        </Button>
      </div>
      {isShown && <Shown minutes={minutes} />}
    </>
  );
}

function Shown({ minutes }: { readonly minutes: number }) {
  const session = useSession();
  const paths = useMemo(() => session.stationsWithState.map(({ id }) => stateSignalOf(id)), [session]);
  const window = useTimelineWindow(minutes);
  const { tape, version, problem } = useTape(paths, window, undefined, 'unasked');
  const isHigh = useMedia(HIGH);
  return (
    <>
      <ProblemNote problem={problem} />
      <Scrubber window={window} />
      <Lanes tape={tape} version={version} window={window} />
      {isHigh && <SignalTrend window={window} />}
    </>
  );
}
