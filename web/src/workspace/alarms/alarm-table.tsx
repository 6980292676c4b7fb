import { Button } from 'react-aria-components';
import { decimalsOf, duration, plantDayTime, printedUnit, withUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useFollowedSignals, useSession } from '../../live/use-session.ts';
import { Fragment, useEffect, useMemo, useRef } from 'react';
import { SignalValue } from '../signal-value.tsx';
import { GROUPS, PriorityMark } from './alarm-marks.tsx';
import type { AlarmView } from './use-alarms.ts';

/** What may be done with an alarm at once. */
export type AlarmDeed = 'Acknowledge' | 'Unshelve' | 'Reset' | 'Remove';

interface AlarmTableProps {
  readonly alarms: readonly AlarmView[];
  readonly openId: string | undefined;
  readonly onDo: (deed: AlarmDeed, id: string) => void;
  readonly onShelve: (id: string) => void;
  readonly onOpen: (alarm: AlarmView) => void;
}

const RANK = { urgent: 0, high: 1, medium: 2, low: 3 } as const;

/** The alarm summary (ISA-18.2, 11.4): what needs someone first, then by priority. */
export function AlarmTable({ alarms, onDo, ...deeds }: AlarmTableProps) {
  const { t, n } = useWords();
  const done = useRef<string>(undefined);
  // What was done puts the alarm in another group, and the button that did it is gone.
  useEffect(() => {
    if (done.current === undefined || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`[data-alarm="${CSS.escape(done.current)}"] .btn`)?.focus();
  }, [alarms]);
  const paths = alarms.map(({ signal }) => signal).join(' ');
  useFollowedSignals(useMemo(() => [...new Set(paths.split(' '))].filter((path) => path !== ''), [paths]));
  const groups = GROUPS.map((group) => ({
    ...group,
    members: alarms
      .filter(({ state }) => (group.states as readonly number[]).includes(state))
      .sort((a, b) => RANK[a.priority] - RANK[b.priority] || a.number - b.number),
  }));
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ word, look, members }) => (
      <section key={word} className={`alarm-group ${look}`} aria-label={t(word)}>
        <h3>
          <span className={`chip ${look}`}>{t(word)}</span> <span className="muted">{n(members.length)}</span>
        </h3>
        <ul>
          {members.map((alarm) => (
            <AlarmRow
              key={alarm.number}
              alarm={alarm}
              onDo={(deed, id) => {
                done.current = id;
                onDo(deed, id);
              }}
              {...deeds}
            />
          ))}
        </ul>
      </section>
    ));
}

function AlarmRow({
  alarm,
  openId,
  onDo,
  onShelve,
  onOpen,
}: { readonly alarm: AlarmView } & Omit<AlarmTableProps, 'alarms'>) {
  const { t, n, say, language } = useWords();
  const session = useSession();
  const signal = session.findSignal(alarm.signal);
  const { id, state } = alarm;
  const isActive = [2, 3, 8, 9].includes(state);
  const isLatched = state === 8 || state === 9;
  const limit = signal ? n(alarm.limit, decimalsOf(signal.resolution)) : n(alarm.limit, 2);
  const unit = signal ? printedUnit(signal.unit) : '';
  // Each stays in one line, with the dot behind it.
  const facts = [
    t('alarms.limitIs', {
      kind: t(`alarms.kind.${alarm.kind}` as 'alarms.kind.high'),
      limit: withUnit(limit, unit),
    }),
    ...(alarm.shelvedUntilS === undefined
      ? []
      : [t('alarms.until', { time: plantDayTime(session.clock.epochMs(alarm.shelvedUntilS * 1e6), language) })]),
    ...(alarm.onDelayS > 0 ? [t('alarms.after', { time: duration(alarm.onDelayS, language) })] : []),
  ];
  return (
    <li className={id === openId ? 'alarm-row open' : 'alarm-row'} data-alarm={id}>
      <div className="alarm-what">
        <div className="row tight">
          <PriorityMark priority={alarm.priority} isLoud={isActive || state === 4} />
          <b>{id}</b>
          {isLatched && <span className="chip">{t('alarms.latched')}</span>}
          {alarm.quality === 'Bad' && <span className="chip warn">{t('alarms.bad')}</span>}
          {alarm.created && <span className="chip">{t('alarms.own')}</span>}
        </div>
        {say(alarm.consequence) !== id && <p className="small alarm-text">{say(alarm.consequence)}</p>}
        <p className="muted small break">
          <span className="mono">{alarm.signal}</span>{' '}
          <span className="nowrap">{signal && <SignalValue signal={signal} hasUnit />} ·</span>{' '}
          {facts.map((fact, k) => (
            <Fragment key={fact}>
              <span className="nowrap">{k < facts.length - 1 ? `${fact} ·` : fact}</span>{' '}
            </Fragment>
          ))}
        </p>
      </div>
      <div className="alarm-deeds">
        {(state === 2 || state === 4 || state === 8) && (
          <Deed label={t('alarms.acknowledge')} id={id} isPrimary onPress={() => onDo('Acknowledge', id)} />
        )}
        {isLatched && <Deed label={t('alarms.reset')} id={id} onPress={() => onDo('Reset', id)} />}
        {state === 5 ? (
          <Deed label={t('alarms.unshelve')} id={id} onPress={() => onDo('Unshelve', id)} />
        ) : (
          state !== 7 && <Deed label={t('alarms.shelve')} id={id} onPress={() => onShelve(id)} />
        )}
        <Deed label={t('alarms.configure')} id={id} onPress={() => onOpen(alarm)} />
        {alarm.created && <Deed label={t('alarms.remove')} id={id} onPress={() => onDo('Remove', id)} />}
      </div>
    </li>
  );
}

interface DeedProps {
  readonly label: string;
  readonly id: string;
  readonly isPrimary?: boolean;
  readonly onPress: () => void;
}

function Deed({ label, id, isPrimary = false, onPress }: DeedProps) {
  return (
    <Button className={isPrimary ? 'btn sm primary' : 'btn sm'} aria-label={`${label}: ${id}`} onPress={onPress}>
      {label}
    </Button>
  );
}
