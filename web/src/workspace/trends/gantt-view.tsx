import type { Language } from '#contract/text.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { duration, percent, plantDayTime, plantMinute, plantTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import type { StationState } from '../../live/station-state.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf, useTape } from '../../live/use-tape.ts';
import { STATES } from '../../scene/states.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { useSelection } from '../selection.tsx';
import { drawLanes } from '../timeline/draw-lanes.ts';
import './gantt.css';
import { type Entry, type Loss, ledgerOf, ledgerSignals, losses, reasonSignalOf } from './ledger.ts';
import { useTrendSetting } from './trend-link.ts';

const LANE = { lanePx: 16, pitchPx: 24 };
const ANEW_MS = 5000;
const MOST = 15;
const STATE_NAMES = Object.keys(STATES) as StationState[];

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
      <Lanes {...{ lanes, range }} ids={ids.split(',')} />
      <Durations {...{ lanes }} ids={ids.split(',')} />
      <Pareto entries={lanes.flat()} isOne={stations.length === 1} />
    </>
  );
}

interface LanesProps {
  readonly ids: readonly string[];
  readonly lanes: readonly (readonly Entry[])[];
  readonly range: { readonly fromMs: number; readonly toMs: number };
}

/** The lanes; what lies under the pointer is said beside them, and a click looks at its moment. */
function Lanes({ ids, lanes, range }: LanesProps) {
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
  const ticks = roundTicks(fromMs, toMs, isNarrow ? 3 : 6);
  return (
    <div className="gantt">
      <div className="gantt-names" aria-hidden="true">
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

/** The reason in words, or the state where there is none. */
function useReasonText() {
  const { say } = useWords();
  const session = useSession();
  return ({ station, reason, state }: Pick<Entry, 'station' | 'reason' | 'state'>): string => {
    const from = station || session.stationsWithState[0]?.id;
    const word = reason === undefined ? undefined : session.findSignal(reasonSignalOf(from))?.words?.[String(reason)];
    return say(word ?? STATES[state].word);
  };
}

function Durations({ ids, lanes }: Omit<LanesProps, 'range'>) {
  const w = useFamily(family);
  const { say, language } = useWords();
  const session = useSession();
  return (
    <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.durations')}>
      <table className="plain-table">
        <caption>{w('trends.durations')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('trends.station')}</th>
            {STATE_NAMES.map((state) => (
              <th key={state} scope="col" className="num">
                {say(STATES[state].word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id, k) => {
            const total = lanes[k]?.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) ?? 0;
            return (
              <tr key={id}>
                <th scope="row">
                  {id} {say(session.findStation(id)!.title)}
                </th>
                {STATE_NAMES.map((state) => {
                  const ms = (lanes[k] ?? []).reduce(
                    (sum, each) => sum + (each.state === state ? each.toMs - each.fromMs : 0),
                    0,
                  );
                  return (
                    <td key={state} className="num">
                      {ms === 0 ? (
                        '–'
                      ) : (
                        <>
                          {duration(Math.round(ms / 1000), language)} <small>{percent(ms / total, language)}</small>
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Pareto({ entries, isOne }: { readonly entries: readonly Entry[]; readonly isOne: boolean }) {
  const w = useFamily(family);
  const { n, language } = useWords();
  const reasonText = useReasonText();
  const [by, setBy] = useTrendSetting('pareto', 'station');
  const isByStation = isOne || by === 'station';
  const list = useMemo(() => losses(entries, isByStation), [entries, isByStation]);
  const name = (loss: Loss) =>
    reasonText({ ...loss, station: loss.station || entries.find(({ reason }) => reason === loss.reason)!.station });
  if (list.length === 0) return null;
  return (
    <>
      {!isOne && (
        <label className="inline-field">
          <span>{w('trends.paretoBy')}</span>
          <select className="input" value={by} onChange={(event) => setBy(event.target.value)}>
            <option value="station">{w('trends.paretoStation')}</option>
            <option value="reason">{w('trends.paretoReason')}</option>
          </select>
        </label>
      )}
      <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.pareto')}>
        <table className="plain-table pareto">
          <caption>{w('trends.pareto')}</caption>
          <thead>
            <tr>
              <th scope="col">{w('trends.reason')}</th>
              <th scope="col" className="num">
                {w('trends.times')}
              </th>
              <th scope="col" className="num">
                {w('trends.duration')}
              </th>
              <th scope="col">{w('trends.share')}</th>
              <th scope="col" className="num">
                {w('trends.cumulated')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, MOST).map((loss) => (
              <tr key={loss.key}>
                <th scope="row">
                  {loss.station && <span className="mono">{loss.station} </span>}
                  {name(loss)}
                </th>
                <td className="num">{n(loss.count)}</td>
                <td className="num">{duration(Math.round(loss.ms / 1000), language)}</td>
                <td>
                  <span className="pareto-bar">
                    <span className="pareto-space" aria-hidden="true">
                      <span style={{ width: `${(100 * loss.share) / list[0].share}%` }} />
                    </span>
                    <span>{percent(loss.share, language)}</span>
                  </span>
                </td>
                <td className="num">{percent(loss.cumulated, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {list.length > MOST && <p className="muted small">{w('trends.more', { n: n(list.length - MOST) })}</p>}
      </div>
    </>
  );
}
