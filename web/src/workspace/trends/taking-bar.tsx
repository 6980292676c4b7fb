import type { SignalView } from '#contract/cell-view.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import type { Taking } from './samples.ts';
import { useTrendSetting } from './trend-link.ts';

const EVERY_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 60, 300];

/** Which of the shown signals a view of one signal is of. */
export function useOneSignal(signals: readonly SignalView[]): readonly [SignalView, (path: string) => void] {
  const [path, setPath] = useTrendSetting('of', '');
  return [signals.find((signal) => signal.path === path) ?? signals[0], setPath];
}

interface SignalChoiceProps {
  readonly signals: readonly SignalView[];
  readonly signal: SignalView;
  readonly onSignal: (path: string) => void;
}

export function SignalChoice({ signals, signal, onSignal }: SignalChoiceProps) {
  const w = useFamily(family);
  const { say } = useWords();
  return (
    <label className="inline-field">
      <span>{w('trends.signal')}</span>
      <select className="input" value={signal.path} onChange={(event) => onSignal(event.target.value)}>
        {signals.map(({ path, station, text }) => (
          <option key={path} value={path}>
            {station} {say(text)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TakingChoiceProps {
  readonly signal: SignalView;
  readonly taking: Taking;
  readonly hasParts: boolean;
  readonly onTaking: (next: Taking) => void;
}

/** A value for each part that the station has done, or each so many seconds, not closer than it is scanned. */
export function TakingChoice({ signal, taking, hasParts, onTaking }: TakingChoiceProps) {
  const w = useFamily(family);
  const { n } = useWords();
  const fine = EVERY_S.filter((s) => s >= (signal.scanS || 1));
  const all = typeof taking === 'number' && !fine.includes(taking) ? [...fine, taking].sort((a, b) => a - b) : fine;
  return (
    <label className="inline-field">
      <span>{w('trends.taken')}</span>
      <select
        className="input"
        value={String(taking)}
        onChange={({ target: { value } }) => onTaking(value === 'parts' ? value : Number(value))}
      >
        {hasParts && <option value="parts">{w('trends.eachPart', { station: signal.station })}</option>}
        {all.map((s) => (
          <option key={s} value={s}>
            {w('trends.resolution', { s: n(s, s < 1 ? 1 : 0) })}
          </option>
        ))}
      </select>
    </label>
  );
}
