import type { SignalView } from '#contract/cell-view.ts';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Tape } from '../../live/tape.ts';
import { usePlantNow } from '../../live/use-session.ts';
import { Cross } from '../../ui/icons.tsx';
import { unitText, valueText } from '../signal-value.tsx';
import { valueAt } from './chart-data.ts';
import { SERIES_PAINTS } from './chart.tsx';

interface TrendLegendProps {
  readonly tape: Tape;
  readonly version: number;
  readonly signals: readonly SignalView[];
  /** Values are those at this instant; without it those of now. */
  readonly atMs: number | undefined;
  readonly onRemove: (path: string) => void;
}

const DASH = ['', '6 3', '2 3', '9 3 2 3'];

/** The shown signals with their values under the pointer, or now. */
export function TrendLegend({ tape, version, signals, atMs, onRemove }: TrendLegendProps) {
  const speech = useWords();
  const { t, say } = speech;
  const nowMs = usePlantNow(1000);
  return (
    <>
      <p className="small muted">
        {atMs === undefined ? t('trends.now') : t('trends.at', { time: plantDayTime(atMs, speech.language) })}
      </p>
      <ul className="trend-legend" data-version={version}>
        {signals.map((signal, k) => {
          const value = valueText(signal, valueAt(tape, signal.path, atMs ?? nowMs), speech);
          return (
            <li key={signal.path} title={signal.path}>
              <svg width="22" height="8" aria-hidden="true">
                <path
                  d="M0 4h22"
                  stroke={`var(${SERIES_PAINTS[k % SERIES_PAINTS.length]})`}
                  strokeWidth="2.2"
                  strokeDasharray={DASH[k % DASH.length]}
                />
              </svg>
              <span>
                <span className="mono muted">{signal.station}</span> {say(signal.text)}
              </span>
              <span className="mono">
                {value} {value === '–' ? '' : unitText(signal)}
              </span>
              <Button
                className="btn ghost icon sm"
                aria-label={t('trends.remove', { signal: say(signal.text) })}
                onPress={() => onRemove(signal.path)}
              >
                <Cross size={10} />
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
