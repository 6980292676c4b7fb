import { Button } from 'react-aria-components';
import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { stateSignalOf } from '../../live/station-state.ts';
import { useTape } from '../../live/use-tape.ts';
import { STATES, type SceneState } from '../../scene/states.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { prefer, usePreferences } from '../../ui/preferences.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { Lanes } from './lanes.tsx';
import { SignalTrend } from './signal-trend.tsx';
import './timeline.css';

const MINUTES = 30;

/** What the line did in the last half hour: the states of its stations, and one signal. */
export function Timeline() {
  const { t, say } = useWords();
  const { timeline: isShown } = usePreferences();
  return (
    <>
      <div className="timeline-head">
        <h2>{t('timeline.title')}</h2>
        <span className="chip">{t('timeline.window', { minutes: MINUTES })}</span>
        <span className="grow" />
        {isShown && (
          <ul className="legend">
            {(Object.keys(STATES) as SceneState[]).map((state) => (
              <li key={state}>
                <StateIcon state={state} />
                {say(STATES[state].word)}
              </li>
            ))}
          </ul>
        )}
        <Button className="btn sm ghost" aria-expanded={isShown} onPress={() => prefer({ timeline: !isShown })}>
          {isShown ? t('timeline.hide') : t('timeline.show')}
        </Button>
      </div>
      {isShown && <Shown />}
    </>
  );
}

function Shown() {
  const session = useSession();
  const paths = useMemo(() => session.stationsWithState.map(({ id }) => stateSignalOf(id)), [session]);
  const { tape, version, problem } = useTape(paths, MINUTES * 60);
  return (
    <>
      <ProblemNote problem={problem} />
      <Lanes tape={tape} version={version} minutes={MINUTES} />
      <SignalTrend minutes={MINUTES} />
    </>
  );
}
