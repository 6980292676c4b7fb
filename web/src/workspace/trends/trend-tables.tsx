import type { SignalView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { plantDayTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { Quality } from '../../live/quality.ts';
import type { Tape } from '../../live/tape.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, rangeOf } from '../../live/use-tape.ts';
import { unitText, valueText } from '../signal-value.tsx';
import { qualityAt, summaryOf, valueAt } from './chart-data.ts';

const ROWS = 20;

interface TrendTablesProps {
  readonly tape: Tape;
  readonly version: number;
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
}

/** The same in numbers: what each signal came to in the window, and its value at instants of it. Told when it is opened. */
export function TrendTables({ tape, version, signals, window }: TrendTablesProps) {
  const w = useFamily(family);
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="trend-tables" data-version={version} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w('trends.table')}</summary>
      {isOpen && <Tables {...{ tape, signals, window }} />}
    </details>
  );
}

function Tables({ tape, signals, window }: Omit<TrendTablesProps, 'version'>) {
  const speech = useWords();
  const { say, language } = speech;
  const w = useFamily(family);
  const { clock } = useSession();
  const range = rangeOf(window, clock.epochMs(clock.nowUs()));
  const named = (signal: SignalView) => `${signal.station} ${say(signal.text)}`;
  const unit = (signal: SignalView) => (unitText(signal) ? ` [${unitText(signal)}]` : '');
  const step = (range.toMs - range.fromMs) / ROWS;
  const rows = Array.from({ length: ROWS + 1 }, (_, k) => range.fromMs + k * step);
  return (
    <>
      <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.summary')}>
        <table className="plain-table">
          <caption>{w('trends.summary')}</caption>
          <thead>
            <tr>
              <th scope="col">{w('trends.signal')}</th>
              {(['lowest', 'mean', 'highest'] as const).map((name) => (
                <th key={name} scope="col" className="num">
                  {w(`trends.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {signals.map((signal) => {
              const found = summaryOf(tape.strips.get(signal.path), range);
              const isCode = signal.words !== undefined || signal.type === 'Boolean';
              return (
                <tr key={signal.path}>
                  <th scope="row">
                    {named(signal)}
                    {unit(signal)}
                  </th>
                  <td className="num">{valueText(signal, found?.low, speech)}</td>
                  <td className="num">{isCode ? '–' : valueText(signal, found?.mean, speech)}</td>
                  <td className="num">{valueText(signal, found?.high, speech)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.values')}>
        <table className="plain-table">
          <caption>{w('trends.values')}</caption>
          <thead>
            <tr>
              <th scope="col">{w('trends.time')}</th>
              {signals.map((signal) => (
                <th key={signal.path} scope="col" className="num">
                  {named(signal)}
                  {unit(signal)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((ms) => (
              <tr key={ms}>
                <th scope="row">{plantDayTime(ms, language)}</th>
                {signals.map((signal) => {
                  const quality = qualityAt(tape, signal.path, ms);
                  const doubt =
                    quality === Quality.Bad
                      ? w('trends.bad')
                      : quality === Quality.Uncertain
                        ? w('trends.uncertain')
                        : '';
                  const value = valueText(signal, valueAt(tape, signal.path, ms), speech);
                  return (
                    <td key={signal.path} className="num">
                      {doubt ? `${value} (${doubt})` : value}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
