import type { SignalView, StationView } from '#contract/cell-view.ts';
import { useId, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { unitText } from '../signal-value.tsx';
import { useSelection } from '../selection.tsx';
import { MAX_SIGNALS } from './trend-signals.ts';

interface SignalPickerProps {
  readonly chosen: readonly string[];
  readonly onToggle: (path: string) => void;
}

/** All signals by station, with a search. */
export function SignalPicker({ chosen, onToggle }: SignalPickerProps) {
  const { t, say } = useWords();
  const session = useSession();
  const id = useId();
  const { station: selected } = useSelection();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const isFull = chosen.length >= MAX_SIGNALS;
  const groups = session.cell.stations
    .map((station) => ({ station, signals: session.signalsOf(station.id).filter((signal) => fits(signal, station)) }))
    .filter(({ signals }) => signals.length > 0);

  function fits(signal: SignalView, station: StationView): boolean {
    return !wanted || `${signal.path} ${say(signal.text)} ${say(station.title)}`.toLowerCase().includes(wanted);
  }

  return (
    <div className="picker">
      <div className="field">
        <label htmlFor={id}>{t('trends.search')}</label>
        <input
          id={id}
          className="input"
          type="search"
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <p className="echo" role="status">
        {isFull ? t('trends.full') : groups.length === 0 ? t('trends.nothing', { text }) : ''}
      </p>
      <div className="picker-list" tabIndex={0} role="group" aria-label={t('trends.pick')}>
        {groups.map(({ station, signals }) => (
          <details
            key={`${station.id}${wanted}`}
            open={wanted !== '' || station.id === selected || signals.some(({ path }) => chosen.includes(path))}
          >
            <summary>
              <span className="mono">{station.id}</span> {say(station.title)}
            </summary>
            {signals.map((signal) => (
              <label key={signal.path} className="check-row" title={signal.path}>
                <input
                  type="checkbox"
                  checked={chosen.includes(signal.path)}
                  disabled={isFull && !chosen.includes(signal.path)}
                  onChange={() => onToggle(signal.path)}
                />
                <span>
                  {say(signal.text)}
                  {unitText(signal) && <span className="muted"> [{unitText(signal)}]</span>}
                </span>
              </label>
            ))}
          </details>
        ))}
      </div>
    </div>
  );
}
