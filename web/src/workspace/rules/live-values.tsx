import type { RuleTrial } from '#contract/rules.ts';
import { useMemo } from 'react';
import { printedUnit, withUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useFollowedSignals, useSession } from '../../live/use-session.ts';
import { SignalValue } from '../signal-value.tsx';
import { RuleStateMark } from './rule-state-mark.tsx';

/** A window whose value has the unit of the signal in it. */
const LIKE_ITS_SIGNAL = /^(?:mean|min|max|std|delta|last|ewma|spc\.range)\(([\w.]+),/;

/** What the rule sees: its signals as they move, its windows as the server last computed them. */
export function LiveValues({ trial }: { readonly trial: RuleTrial | undefined }) {
  const { t, n } = useWords();
  const session = useSession();
  const paths = (trial?.seen.signals ?? []).map(({ path }) => path).join(' ');
  useFollowedSignals(useMemo(() => (paths === '' ? [] : paths.split(' ')), [paths]));
  if (!trial) return null;
  const { signals, windows, status } = trial.seen;
  const unitOf = (window: string) =>
    printedUnit(session.findSignal(LIKE_ITS_SIGNAL.exec(window)?.[1] ?? '')?.unit ?? '1');
  return (
    <div className="rule-seen">
      <p className="row tight small">
        {t(windows.length > 0 ? 'rules.nowFull' : 'rules.now')} <RuleStateMark status={status} />
      </p>
      <div className="table-scroll">
        <table>
          <caption className="sr">{t('rules.seen')}</caption>
          <thead>
            <tr>
              <th>{t('rules.what')}</th>
              <th className="num">{t('rules.valueNow')}</th>
            </tr>
          </thead>
          <tbody>
            {signals.map(({ path }) => {
              const signal = session.findSignal(path);
              return (
                <tr key={path}>
                  <td className="mono break">{path}</td>
                  <td className="num">{signal ? <SignalValue signal={signal} hasUnit /> : '–'}</td>
                </tr>
              );
            })}
            {windows.map(({ text, value }, k) => (
              <tr key={`${k} ${text}`}>
                <td className="mono break">{text}</td>
                <td className="num">{value === null ? t('rules.unknown') : withUnit(n(value, 3), unitOf(text))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
