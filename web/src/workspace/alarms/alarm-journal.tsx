import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { localeOf } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { useSelection } from '../selection.tsx';
import { judgeMean, loadOf } from './alarm-load.ts';
import type { AlarmView } from './use-alarms.ts';
import type { Journal } from './use-journal.ts';

const SHOWN = 200;
const LOOKS = { good: 'ok', much: 'warn', tooMuch: 'fault' } as const;

/** How many alarms came, and what happened to each, newest first. A press on a time shows that moment everywhere. */
export function AlarmJournal({
  journal,
  alarms,
}: {
  readonly journal: Journal;
  readonly alarms: readonly AlarmView[];
}) {
  const { t, n, language } = useWords();
  const { clock } = useSession();
  const { lookAt } = useSelection();
  const { entries, fromUs, toUs } = journal;
  const load = loadOf(
    entries.filter(({ event }) => event === 'Alarms.AlarmRaised').map(({ tUs }) => tUs),
    fromUs,
    toUs,
  );
  const verdict = judgeMean(load.mean);
  const wall = new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'medium' });
  // Of what was there before nobody here knows when it was heard.
  const isHeard = entries.some(({ heardMs }) => heardMs !== undefined);
  const names = new Map(alarms.map(({ number, id }) => [number, id]));
  return (
    <section aria-labelledby="alarm-journal">
      <h2 id="alarm-journal">{t('alarms.journal')}</h2>
      <dl className="alarm-load">
        <Figure label={t('alarms.lastTen')} value={n(load.lastTen)} />
        <Figure label={t('alarms.mean')} value={n(load.mean, 1)} />
        <Figure label={t('alarms.peak')} value={n(load.peak)} />
        <Figure label={t('alarms.flood')} value={`${n(load.floodShare * 100)} %`} />
      </dl>
      <p className="small">
        <span className={`chip ${LOOKS[verdict]}`}>{t(`alarms.${verdict}`)}</span>{' '}
        <span className="muted">{t('alarms.benchmark')}</span>
      </p>
      {entries.length === 0 ? (
        <p className="muted small">{t('alarms.nothing')}</p>
      ) : (
        <div className="table-scroll">
          <table>
            <caption className="sr">{t('alarms.journal')}</caption>
            <thead>
              <tr>
                <th>{t('alarms.plantTime')}</th>
                {isHeard && <th>{t('alarms.wallTime')}</th>}
                <th>{t('alarms.alarm')}</th>
                <th>{t('alarms.happened')}</th>
              </tr>
            </thead>
            <tbody>
              {entries
                .slice(-SHOWN)
                .reverse()
                .map(({ tUs, event, value, heardMs }, k) => (
                  <tr key={`${tUs} ${event} ${value} ${k}`}>
                    <td>
                      <Button className="btn sm ghost mono" onPress={() => lookAt(Math.round(clock.epochMs(tUs)))}>
                        {plantDayTime(clock.epochMs(tUs), language)}
                      </Button>
                    </td>
                    {isHeard && <td className="mono">{heardMs === undefined ? '–' : wall.format(heardMs)}</td>}
                    <td>{names.get(value) ?? t('alarms.number', { n: n(value) })}</td>
                    <td>{wordOf(event)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );

  function wordOf(event: string): string {
    const name = event.slice('Alarms.Alarm'.length);
    return NAMED.includes(name as Named) ? t(`alarms.did.${name as Named}`) : name;
  }
}

const NAMED = [
  ...['Raised', 'Returned', 'Acknowledged', 'Shelved', 'Unshelved', 'Confirmed', 'Commented', 'Suppressed'],
  ...['Unsuppressed', 'Enabled', 'Disabled', 'Configured', 'Reset', 'Created', 'Removed', 'QualityBad', 'QualityGood'],
] as Named[];
type Named =
  | 'Raised'
  | 'Returned'
  | 'Acknowledged'
  | 'Shelved'
  | 'Unshelved'
  | 'Confirmed'
  | 'Commented'
  | 'Suppressed'
  | 'Unsuppressed'
  | 'Enabled'
  | 'Disabled'
  | 'Configured'
  | 'Reset'
  | 'Created'
  | 'Removed'
  | 'QualityBad'
  | 'QualityGood';

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dd>{value}</dd>
      <dt>{label}</dt>
    </div>
  );
}
