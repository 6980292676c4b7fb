import { useCallback, useSyncExternalStore } from 'react';
import type { Key } from '../../i18n/catalogue.ts';
import { useWords } from '../../i18n/use-words.ts';
import { stateSignalOf, stationState } from '../../live/station-state.ts';
import { useFollowedStation, useSession } from '../../live/use-session.ts';
import { SignalValue } from '../signal-value.tsx';

const SHOWN = [
  ['Line.Oee', 'scene.oee'],
  ['Line.Throughput', 'scene.throughput'],
  ['Line.Power', 'scene.power'],
] as const satisfies readonly (readonly [string, Key])[];

/** Key figures of the whole line. */
export function LineFigures() {
  const { t, n } = useWords();
  const session = useSession();
  useFollowedStation('Line');
  const faults = useFaults();
  return (
    <dl className="line-figures" aria-label={t('scene.kpis')}>
      {SHOWN.map(([path, label]) => {
        const signal = session.findSignal(path);
        return (
          signal && (
            <div key={path}>
              <dt>{t(label)}</dt>
              <dd>
                <SignalValue signal={signal} hasUnit={label !== 'scene.throughput'} />
              </dd>
            </div>
          )
        );
      })}
      <div className={faults > 0 ? 'has-faults' : ''}>
        <dt>{t('scene.alarms')}</dt>
        <dd>{n(faults)}</dd>
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
  return useSyncExternalStore(watch, () => session.stationsWithState.filter(({ id }) => isInFault(id)).length);

  function isInFault(id: string): boolean {
    const reading = session.signals.get(stateSignalOf(id));
    return reading !== undefined && stationState(reading.value) === 'fault';
  }
}
