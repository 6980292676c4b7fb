import { useMemo } from 'react';
import { duration, percent } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { type Entry, type Loss, losses } from './ledger.ts';
import { useTrendSetting } from './trend-link.ts';
import { useReasonText } from './use-reason-text.ts';

const MOST = 15;

/** The reasons for which stations did not work, the one that cost most first (Pareto). */
export function LossPareto({ entries, isOne }: { readonly entries: readonly Entry[]; readonly isOne: boolean }) {
  const w = useFamily(family);
  const { n, language } = useWords();
  const reasonText = useReasonText();
  const [by, setBy] = useTrendSetting('pareto', 'station');
  const isByStation = isOne || by === 'station';
  const list = useMemo(() => losses(entries, isByStation), [entries, isByStation]);
  const name = (loss: Loss) =>
    reasonText({ ...loss, station: loss.station || entries.find(({ reason }) => reason === loss.reason)!.station });
  if (list.length === 0) return null;
  return (
    <>
      {!isOne && (
        <label className="inline-field">
          <span>{w('trends.paretoBy')}</span>
          <select className="input" value={by} onChange={(event) => setBy(event.target.value)}>
            <option value="station">{w('trends.paretoStation')}</option>
            <option value="reason">{w('trends.paretoReason')}</option>
          </select>
        </label>
      )}
      <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.pareto')}>
        <table className="plain-table stacked pareto">
          <caption>{w('trends.pareto')}</caption>
          <thead>
            <tr>
              <th scope="col">{w('trends.reason')}</th>
              <th scope="col" className="num">
                {w('trends.times')}
              </th>
              <th scope="col" className="num">
                {w('trends.duration')}
              </th>
              <th scope="col">{w('trends.share')}</th>
              <th scope="col" className="num">
                {w('trends.cumulated')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, MOST).map((loss) => (
              <tr key={loss.key}>
                <th scope="row">
                  {loss.station && <span className="mono">{loss.station} </span>}
                  {name(loss)}
                </th>
                <td className="num" data-head={w('trends.times')}>
                  {n(loss.count)}
                </td>
                <td className="num" data-head={w('trends.duration')}>
                  {duration(Math.round(loss.ms / 1000), language)}
                </td>
                <td data-head={w('trends.share')}>
                  <span className="pareto-bar">
                    <span className="pareto-space" aria-hidden="true">
                      <span style={{ width: `${(100 * loss.share) / list[0].share}%` }} />
                    </span>
                    <span>{percent(loss.share, language)}</span>
                  </span>
                </td>
                <td className="num" data-head={w('trends.cumulated')}>
                  {percent(loss.cumulated, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {list.length > MOST && <p className="muted small">{w('trends.more', { n: n(list.length - MOST) })}</p>}
      </div>
    </>
  );
}
