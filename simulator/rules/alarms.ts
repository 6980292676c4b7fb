import { timer } from '#simulator/kernel/calendar.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import { duration } from '#simulator/plant/parameters.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import { type AlarmList, alarmList } from './alarm-list.ts';
import { type Alarm, AlarmState } from './alarm.ts';

const fields = { list: alarmList(), every: duration({ fallback: 5, min: 1, max: 3600 }), scan: timer() };
type AlarmsSelf = Self<typeof fields>;

/** The next whole multiple of the period after t; nothing is set while all alarms are out of service. */
const plan = (s: AlarmsSelf, t: number): void =>
  s.scan.at(s.list.isWatching ? (Math.floor(t / s.every) + 1) * s.every : NEVER);

/**
 * The alarms of a line after ISA-18.2-2016 (IEC 62682): they look at the newest samples at whole multiples of their
 * period, with delays and a deadband. Alarm delays and shelving are plant time. It has no place on the floor.
 */
export const alarms = stationType('alarms', {
  fields,
  start: plan,
  on: {
    scan(s, t) {
      s.list.look(t);
      plan(s, t);
    },
  },
  commands: {
    Acknowledge: {
      obey: (s, t, value) => s.list.acknowledge(value, t),
      ...text('Acknowledge: an alarm, by name', 'Kvittera: ett larm, med namn'),
    },
    Shelve: {
      obey: (s, t, value) => s.list.shelve(value, t),
      ...text('Shelve: set an alarm aside for a while, {alarm, for}', 'Lägg åt sidan: ett larm en stund, {alarm, for}'),
    },
    Unshelve: {
      obey: (s, t, value) => s.list.unshelve(value, t),
      ...text('Unshelve: take an alarm back from the shelf, by name', 'Ta tillbaka: ett undanlagt larm, med namn'),
    },
    Configure: {
      obey(s, t, value) {
        s.list.configure(value);
        plan(s, t);
      },
      ...text(
        'Change an alarm: {alarm, limit?, deadband?, onDelay?, offDelay?, priority?, enabled?}',
        'Ändra ett larm: {alarm, limit?, deadband?, onDelay?, offDelay?, priority?, enabled?}',
      ),
    },
  },
  signals: (s) => [
    held('Active', '1', () => s.list.alarms.filter(({ isActive }) => isActive).length, {
      ...text('Alarms that are active', 'Aktiva larm'),
      range: [0, 20],
    }),
    held('Unacknowledged', '1', () => s.list.alarms.filter(({ isUnacknowledged }) => isUnacknowledged).length, {
      ...text('Alarms that nobody has acknowledged', 'Larm som ingen har kvitterat'),
      range: [0, 20],
    }),
    ...s.list.alarms.map(stateOf),
  ],
  captures: (s) => [
    {
      name: 'All',
      ...text('All alarms with their settings and states', 'Alla larm med inställningar och lägen'),
      take: () => ({ kind: 'document', content: { alarms: s.list.describe() } }),
    },
  ],
});

const WORDS = {
  [AlarmState.Normal]: { en: 'normal', sv: 'normalt' },
  [AlarmState.Unacknowledged]: { en: 'active, not acknowledged', sv: 'aktivt, okvitterat' },
  [AlarmState.Acknowledged]: { en: 'active, acknowledged', sv: 'aktivt, kvitterat' },
  [AlarmState.Returned]: { en: 'back to normal, not acknowledged', sv: 'åter normalt, okvitterat' },
  [AlarmState.Shelved]: { en: 'shelved', sv: 'undanlagt' },
  [AlarmState.Suppressed]: { en: 'suppressed', sv: 'undertryckt' },
  [AlarmState.OutOfService]: { en: 'out of service', sv: 'ur drift' },
};

const stateOf = (alarm: Alarm): Signal =>
  held(`${alarm.plan.id}.State`, '1', () => alarm.state, {
    ...text(`State of the alarm ${alarm.plan.id}`, `Läge för larmet ${alarm.plan.id}`),
    range: [1, 7],
    words: WORDS,
  });

/** The alarms of a plant, station by station. */
export const alarmListsOf = ({ stations }: Plant): AlarmList[] =>
  [...stations.values()].flatMap(({ type, self }) => (type === alarms ? (self as AlarmsSelf).list : []));
