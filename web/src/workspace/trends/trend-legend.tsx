import type { SignalView } from '#contract/cell-view.ts';
import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime, plantMillis, withUnit } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { Quality } from '../../live/quality.ts';
import { eachBeat } from '../../live/beat.ts';
import type { Tape } from '../../live/tape.ts';
import { type TimeWindow, isRange } from '../../live/use-tape.ts';
import { useSession } from '../../live/use-session.ts';
import { Cross } from '../../ui/icons.tsx';
import { useSelection } from '../selection.tsx';
import { unitText, valueText } from '../signal-value.tsx';
import { type Earlier, qualityAt, valueAt } from './chart-data.ts';
import type { Pointer } from './pointer.ts';
import { dashOf, markOf, paintOf } from './series-look.ts';

const TELL_MS = 1000;

interface TrendLegendProps {
  readonly tape: Tape;
  readonly version: number;
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
  readonly earlier?: Earlier | undefined;
  readonly pointer: Pointer;
  readonly onRemove: (path: string) => void;
}

/**
 * The shown signals with their values at the pointer, at the moment that is looked at, or now. Values are written into the
 * page past React: they move with every pixel of the pointer.
 */
export function TrendLegend({ tape, version, signals, window, earlier, pointer, onRemove }: TrendLegendProps) {
  const speech = useWords();
  const { say, language } = speech;
  const w = useFamily(family);
  const { clock } = useSession();
  const { momentMs } = useSelection();
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const write = (name: string, text: string) => {
      const place = host.current?.querySelector(`[data-tells="${name}"]`);
      if (place && place.textContent !== text) place.textContent = text;
    };
    const amount = (signal: SignalView, from: Tape, ms: number) => {
      const value = valueAt(from, signal.path, ms);
      const quality = qualityAt(from, signal.path, ms);
      const text = valueText(signal, value, speech);
      const doubt =
        quality === Quality.Bad ? w('trends.bad') : quality === Quality.Uncertain ? w('trends.uncertain') : '';
      return `${text === '–' ? text : withUnit(text, unitText(signal))}${doubt && ` (${doubt})`}`;
    };
    const tell = () => {
      const nowMs = clock.epochMs(clock.nowUs());
      const atMs = pointer.ms ?? momentMs ?? (isRange(window) ? window.toMs : undefined);
      const isPointed = pointer.ms !== undefined;
      const time = atMs === undefined ? '' : isPointed ? plantMillis(atMs, language) : plantDayTime(atMs, language);
      write('when', atMs === undefined ? w('trends.now') : w('trends.at', { time }));
      for (const signal of signals) {
        write(signal.path, amount(signal, tape, Math.min(atMs ?? nowMs, nowMs)));
        if (earlier) write(`${signal.path} before`, amount(signal, earlier.tape, (atMs ?? nowMs) - earlier.byMs));
      }
    };
    tell();
    const leave = pointer.subscribe(tell);
    const rest = isRange(window) ? undefined : eachBeat(tell, TELL_MS);
    return () => {
      leave();
      rest?.();
    };
  }, [tape, version, signals, window, earlier, pointer, momentMs, clock, speech, w, language]);

  return (
    <div ref={host} className="trend-values">
      <p className="small muted" data-tells="when" />
      <ul className="trend-legend">
        {signals.map((signal, k) => (
          <li key={signal.path} title={signal.path}>
            <svg width="30" height="12" viewBox="0 -6 30 12" aria-hidden="true">
              <path d="M0 0h30" stroke={`var(${paintOf(k)})`} strokeWidth="2" strokeDasharray={dashOf(k).join(' ')} />
              {signals.length > 1 && (
                <path d={markOf(k)} transform="translate(15 0)" fill={`var(${paintOf(k)})`} stroke="var(--surface)" />
              )}
            </svg>
            <span>
              <span className="mono muted">{signal.station}</span> {say(signal.text)}
            </span>
            <span className="trend-amount">
              <span className="mono" data-tells={signal.path} />
              {earlier && (
                <span className="muted small">
                  {w('trends.before')} <span className="mono" data-tells={`${signal.path} before`} />
                </span>
              )}
            </span>
            <Button
              className="btn ghost icon sm"
              aria-label={w('trends.remove', { signal: `${signal.station} ${say(signal.text)}` })}
              onPress={() => onRemove(signal.path)}
            >
              <Cross size={10} />
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
