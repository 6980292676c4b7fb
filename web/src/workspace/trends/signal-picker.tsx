import type { SignalView } from '#contract/cell-view.ts';
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
  const groups = [...new Set(session.cell.signals.map(({ station }) => station))]
    .map((station) => ({ station, title: titleOf(station) }))
    .map((group) => ({
      ...group,
      signals: session.signalsOf(group.station).filter((signal) => fits(signal, group.title)),
    }))
    .filter(({ signals }) => signals.length > 0);

  /** Some signals belong to the line as a whole, or to what has no place of its own. */
  function titleOf(id: string): string {
    const station = session.findStation(id);
    if (station) return say(station.title);
    return id === 'Line' ? t('trends.line') : '';
  }

  function fits(signal: SignalView, title: string): boolean {
    return !wanted || `${signal.path} ${say(signal.text)} ${title}`.toLowerCase().includes(wanted);
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
        {groups.map(({ station, title, signals }) => (
          <details
            key={`${station}${wanted}`}
            open={wanted !== '' || station === selected || signals.some(({ path }) => chosen.includes(path))}
          >
            <summary>
              <span className="mono">{station}</span> {title}
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
