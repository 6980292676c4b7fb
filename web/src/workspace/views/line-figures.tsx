import type { SignalView } from '#contract/cell-view.ts';
import { useCallback, useSyncExternalStore } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useFollowedStation, useSession } from '../../live/use-session.ts';
import { stateSignalOf, stationState } from '../../live/station-state.ts';
import { SignalValue } from '../signal-value.tsx';

const SHOWN = ['Line.Parts.Finished', 'Line.Parts.InPlant', 'Line.Power'];

/** Key figures of the whole line, over the picture. */
export function LineFigures() {
  const { t, say, n } = useWords();
  const session = useSession();
  useFollowedStation('Line');
  const faults = useFaults();
  const signals = SHOWN.map((path) => session.findSignal(path)).filter((signal): signal is SignalView => !!signal);
  return (
    <dl className="line-figures" aria-label={t('scene.kpis')}>
      {signals.map((signal) => (
        <div key={signal.path}>
          <dd>
            <SignalValue signal={signal} withUnit />
          </dd>
          <dt>{say(signal.text)}</dt>
        </div>
      ))}
      <div className={faults > 0 ? 'has-faults' : ''}>
        <dd>{n(faults)}</dd>
        <dt>{t('scene.alarms')}</dt>
      </div>
    </dl>
  );
}

function useFaults(): number {
  const session = useSession();
  const watch = useCallback(
    (listener: () => void) => {
      const leave = session.stationsWithState.map(({ id }) => session.signals.watch(stateSignalOf(id), listener));
      return () => leave.forEach((stop) => stop());
    },
    [session],
  );
  return useSyncExternalStore(
    watch,
    () =>
      session.stationsWithState.filter(
        ({ id }) => stationState(session.signals.get(stateSignalOf(id))?.value) === 'fault',
      ).length,
  );
}
