import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useFollowedSignals, useFollowedStates, useSession, useStationState } from '../../live/use-session.ts';
import { createPlayback } from '../../scene/playback.ts';
import { STATES } from '../../scene/states.ts';
import { spotAt } from '../../scene/track.ts';
import { factsOf } from '../../schematic/station-facts.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { useSelection } from '../selection.tsx';
import { SignalValue } from '../signal-value.tsx';

/** All that the pictures show, in words: stations with their state and what is seen on them, then what moves. */
export function StationList() {
  const { t } = useWords();
  const session = useSession();
  const stations = useMemo(
    () =>
      session.cell.stations
        .filter(({ at }) => at !== undefined)
        .map((station) => ({ station, facts: factsOf(station.type, session.signalsOf(station.id)) })),
    [session],
  );
  useFollowedStates();
  useFollowedSignals(useMemo(() => stations.flatMap(({ facts }) => facts.map(({ path }) => path)), [stations]));
  return (
    <div className="station-list" tabIndex={0} role="region" aria-label={t('schematic.list')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('schematic.station')}</th>
            <th scope="col">{t('schematic.state')}</th>
            <th scope="col">{t('schematic.seen')}</th>
          </tr>
        </thead>
        <tbody>
          {stations.map(({ station, facts }) => (
            <Row key={station.id} station={station} facts={facts} />
          ))}
        </tbody>
      </table>
      <Movers />
    </div>
  );
}

interface RowProps {
  readonly station: ReturnType<typeof useSession>['cell']['stations'][number];
  readonly facts: ReturnType<ReturnType<typeof useSession>['signalsOf']>;
}

function Row({ station: { id, title }, facts }: RowProps) {
  const { say } = useWords();
  const { station, selectStation } = useSelection();
  const state = useStationState(id);
  return (
    <tr data-selected={station === id}>
      <th scope="row">
        <button type="button" className="signal-name" aria-pressed={station === id} onClick={() => selectStation(id)}>
          <span className="mono">{id}</span> {say(title)}
        </button>
      </th>
      <td className="station-state">
        <StateIcon state={state} /> {state ? say(STATES[state].word) : '–'}
      </td>
      <td>
        <ul className="station-facts">
          {facts.map((signal) => (
            <li key={signal.path}>
              <span className="muted">{say(signal.text)}</span>{' '}
              <b>
                <SignalValue signal={signal} hasUnit />
              </b>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

const LOOK_MS = 2000;

interface Mover {
  readonly id: string;
  readonly path: string;
  readonly s: number;
  readonly load: string | undefined;
}

/** Carriers and vehicles, where they are and what they carry, looked at every two seconds. */
function Movers() {
  const { t, n } = useWords();
  const session = useSession();
  const [movers, setMovers] = useState<readonly Mover[]>([]);
  useEffect(() => {
    const playback = createPlayback();
    const look = () => {
      const at = playback.timeUs(session.clock.serverMs()) ?? 0;
      setMovers(
        [...playback.tracks].flatMap(([id, track]): Mover[] => {
          const spot = spotAt(track, at);
          return spot ? [{ id, ...spot }] : [];
        }),
      );
    };
    const tellClock = () => playback.setClock(session.clock.state);
    tellClock();
    const leave = [
      session.clock.subscribe(tellClock),
      session.motion.hear((segments) => playback.setMotion(segments, session.clock.serverMs())),
      session.followMotion(),
    ];
    const timer = setInterval(look, LOOK_MS);
    const first = setTimeout(look, 300);
    return () => {
      clearInterval(timer);
      clearTimeout(first);
      for (const stop of leave) stop();
    };
  }, [session]);
  if (movers.length === 0) return null;
  return (
    <table>
      <caption>{t('schematic.movers')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('schematic.mover')}</th>
          <th scope="col">{t('schematic.way')}</th>
          <th scope="col" className="num">
            {t('schematic.at')}
          </th>
          <th scope="col">{t('schematic.load')}</th>
        </tr>
      </thead>
      <tbody>
        {[...movers]
          .sort((a, b) => a.id.localeCompare(b.id, undefined, { numeric: true }))
          .map(({ id, path, s, load }) => (
            <tr key={id}>
              <th scope="row" className="mono">
                {id}
              </th>
              <td className="mono">{path}</td>
              <td className="num">{n(s, 1)} m</td>
              <td className="mono">{load ?? '–'}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
