import type { SignalView } from '#contract/cell-view.ts';
import { useId, useMemo, useState } from 'react';
import { printedUnit } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { useSession } from '../../live/use-session.ts';
import { unitText } from '../signal-value.tsx';
import { useSelection } from '../selection.tsx';
import './signal-picker.css';
import { MAX_SIGNALS } from './trend-link.ts';

interface SignalPickerProps {
  readonly chosen: readonly string[];
  readonly onToggle: (path: string) => void;
}

/** All signals by station, found by name, path, station or unit; several words narrow it down. */
export function SignalPicker({ chosen, onToggle }: SignalPickerProps) {
  const { say } = useWords();
  const w = useFamily(family);
  const session = useSession();
  const id = useId();
  const { station: selected } = useSelection();
  const [text, setText] = useState('');
  const [unit, setUnit] = useState('');
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const isFull = chosen.length >= MAX_SIGNALS;
  const isSearching = wanted.length > 0 || unit !== '';
  const units = useMemo(
    () =>
      [...new Set(session.cell.signals.map((signal) => signal.unit))].filter((each) => printedUnit(each) !== '').sort(),
    [session],
  );
  const groups = [...new Set(session.cell.signals.map(({ station }) => station))]
    .map((station) => ({ station, title: titleOf(station) }))
    .map((group) => ({
      ...group,
      signals: session.signalsOf(group.station).filter((signal) => fits(signal, group.title)),
    }))
    .filter(({ signals }) => signals.length > 0);
  const found = groups.reduce((sum, { signals }) => sum + signals.length, 0);

  /** Some signals belong to the line as a whole, or to what has no place of its own. */
  function titleOf(id: string): string {
    const station = session.findStation(id);
    if (station) return say(station.title);
    return id === 'Line' ? w('trends.line') : '';
  }

  function fits(signal: SignalView, title: string): boolean {
    if (unit !== '' && signal.unit !== unit) return false;
    const name = `${signal.path} ${say(signal.text)} ${title} ${unitText(signal)}`.toLowerCase();
    return wanted.every((word) => name.includes(word));
  }

  return (
    <div className="picker" role="group" aria-label={w('trends.pick')}>
      <div className="field">
        <label htmlFor={id}>{w('trends.search')}</label>
        <input
          id={id}
          className="input"
          type="search"
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <select
        className="input"
        aria-label={w('trends.unit')}
        value={unit}
        onChange={(event) => setUnit(event.target.value)}
      >
        <option value="">{w('trends.anyUnit')}</option>
        {units.map((each) => (
          <option key={each} value={each}>
            {printedUnit(each)}
          </option>
        ))}
      </select>
      <p className="echo small" role="status">
        {isFull
          ? w('trends.full', { max: MAX_SIGNALS })
          : found === 0
            ? w('trends.nothing', { text: `${text} ${printedUnit(unit)}`.trim() })
            : isSearching
              ? w('trends.found', { n: found })
              : ''}
      </p>
      <div className="picker-list" tabIndex={0} role="group" aria-label={w('trends.list')}>
        {groups.map(({ station, title, signals }) => (
          <details
            key={`${station}${isSearching ? `${text}${unit}` : ''}`}
            open={isSearching || station === selected || signals.some(({ path }) => chosen.includes(path))}
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
