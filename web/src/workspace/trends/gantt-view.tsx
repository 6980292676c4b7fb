import { useEffect, useMemo, useState } from 'react';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf, useTape } from '../../live/use-tape.ts';
import { STATES } from '../../scene/states.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { ledgerOf, ledgerSignals } from './ledger.ts';
import { LossPareto } from './loss-pareto.tsx';
import { StateDurations, STATE_NAMES } from './state-durations.tsx';
import { StateLanes } from './state-lanes.tsx';
import { useTrendSetting } from './trend-link.ts';
import '../stacked.css';
import './gantt.css';

const ANEW_MS = 5000;

/** What stations did and why: a lane for each, how long in each state, and the reasons that cost most. */
export function GanttView({ window }: { readonly window: TimeWindow }) {
  const w = useFamily(family);
  const { say } = useWords();
  const session = useSession();
  const [only, setOnly] = useTrendSetting('lane', '');
  const stations = session.stationsWithState.filter(({ id }) => only === '' || id === only);
  const ids = stations.map(({ id }) => id).join(',');
  const paths = useMemo(() => ledgerSignals(session, ids.split(',')), [session, ids]);
  const { tape, version, problem } = useTape(paths, window);
  const [revision, setRevision] = useState(0);
  useEffect(() => {
    if (isRange(window)) return undefined;
    const timer = setInterval(() => setRevision(tape.revision), ANEW_MS);
    return () => clearInterval(timer);
  }, [tape, window]);
  const { range, lanes } = useMemo(() => {
    const { fromMs, toMs } = rangeOf(window, session.clock.epochMs(session.clock.nowUs()));
    // Nothing is known from before the line began.
    const range = { fromMs: Math.min(toMs - 1000, Math.max(fromMs, session.clock.epochMs(0))), toMs };
    if (!isRange(window)) tape.trim(range.fromMs);
    return { range, lanes: version + revision < 0 ? [] : ids.split(',').map((id) => ledgerOf(tape, id, range)) };
  }, [session, tape, version, revision, window, ids]);
  return (
    <>
      <div className="row trend-choices">
        <label className="inline-field">
          <span>{w('trends.stations')}</span>
          <select className="input" value={only} onChange={(event) => setOnly(event.target.value)}>
            <option value="">{w('trends.allStations')}</option>
            {session.stationsWithState.map(({ id, title }) => (
              <option key={id} value={id}>
                {id} {say(title)}
              </option>
            ))}
          </select>
        </label>
        <ul className="legend">
          {STATE_NAMES.map((state) => (
            <li key={state}>
              <StateIcon state={state} />
              {say(STATES[state].word)}
            </li>
          ))}
        </ul>
      </div>
      <ProblemNote problem={problem} />
      {tape.isTruncated && <p className="note">{w('trends.truncated')}</p>}
      <StateLanes {...{ lanes, range }} ids={ids.split(',')} />
      <StateDurations {...{ lanes }} ids={ids.split(',')} />
      <LossPareto entries={lanes.flat()} isOne={stations.length === 1} />
    </>
  );
}
