import { timer } from '#simulator/kernel/calendar.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import { jsonObject, words } from '#simulator/plant/command-argument.ts';
import { duration } from '#simulator/plant/parameters.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import { type AlarmList, alarmList } from './alarm-list.ts';
import { describeAlarms } from './alarm-description.ts';
import { MOST_ALARMS } from './alarm-plan.ts';
import { type Alarm, AlarmState } from './alarm.ts';

const fields = { list: alarmList(), every: duration({ fallback: 5, min: 1, max: 3600 }), scan: timer() };
type AlarmsSelf = Self<typeof fields>;

const alarm = words('Alarm', 'The name of the alarm', 'Larmets namn', 'SpindleHot');

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
      s.list.look(t, s.every);
      plan(s, t);
    },
  },
  commands: {
    Acknowledge: {
      wants: alarm,
      obey: (s, t, value) => s.list.acknowledge(value, t),
      ...text('Acknowledge: an alarm, by name', 'Kvittera: ett larm, med namn'),
    },
    Shelve: {
      wants: jsonObject(
        'Alarm',
        'The alarm and for how long',
        'Larmet och hur länge',
        '{"alarm":"SpindleHot","for":"30 min"}',
      ),
      obey: (s, t, value) => s.list.shelve(value, t),
      ...text('Shelve: set an alarm aside for a while, {alarm, for}', 'Lägg åt sidan: ett larm en stund, {alarm, for}'),
    },
    Unshelve: {
      wants: alarm,
      obey: (s, t, value) => s.list.unshelve(value, t),
      ...text('Unshelve: take an alarm back from the shelf, by name', 'Ta tillbaka: ett undanlagt larm, med namn'),
    },
    Confirm: {
      wants: alarm,
      obey: (s, t, value) => s.list.confirm(value, t),
      ...text('Confirm: an alarm is dealt with, by name', 'Bekräfta: ett larm är åtgärdat, med namn'),
    },
    Comment: {
      wants: jsonObject(
        'Comment',
        'The alarm and what there is to say of it',
        'Larmet och vad som är att säga om det',
        '{"alarm":"SpindleHot","comment":"Bearing ordered"}',
      ),
      obey: (s, t, value) => s.list.comment(value, t),
      ...text('Comment on an alarm: {alarm, comment}', 'Kommentera ett larm: {alarm, comment}'),
    },
    Configure: {
      wants: jsonObject(
        'Change',
        'The alarm and what changes',
        'Larmet och det som ändras',
        '{"alarm":"SpindleHot","limit":45,"enabled":true}',
      ),
      obey(s, t, value) {
        s.list.configure(value, t);
        plan(s, t);
      },
      ...text(
        'Configure: change an alarm, {alarm, limit?, deadband?, onDelay?, offDelay?, priority?, latching?, maxShelf?, enabled?}',
        'Ställ in: ändra ett larm, {alarm, limit?, deadband?, onDelay?, offDelay?, priority?, latching?, maxShelf?, enabled?}',
      ),
    },
    Create: {
      wants: jsonObject(
        'Alarm',
        'The alarm',
        'Larmet',
        '{"alarm":"TooHot","signal":"ST03.Spindle.Temperature","kind":"high","limit":45,"priority":"high"}',
      ),
      obey(s, t, value) {
        s.list.create(value, t);
        plan(s, t);
      },
      ...text(
        'Create: an alarm of your own, {alarm, signal, kind, limit, ...}',
        'Skapa: ett eget larm, {alarm, signal, kind, limit, ...}',
      ),
    },
    Remove: {
      wants: alarm,
      obey(s, t, value) {
        s.list.remove(value, t);
        plan(s, t);
      },
      ...text('Remove: an alarm that was created, by name', 'Ta bort: ett larm som skapats, med namn'),
    },
    Reset: {
      wants: alarm,
      obey: (s, t, value) => s.list.letGo(value, t),
      ...text('Reset: an alarm that latches, by name', 'Återställ: ett larm som hålls kvar, med namn'),
    },
  },
  signals: (s) => [
    held('Active', '1', () => s.list.alarms.filter(({ isActive }) => isActive).length, {
      ...text('Alarms that are active', 'Aktiva larm'),
      range: [0, MOST_ALARMS],
    }),
    held('Unacknowledged', '1', () => s.list.alarms.filter(({ isUnacknowledged }) => isUnacknowledged).length, {
      ...text('Alarms that nobody has acknowledged', 'Larm som ingen har kvitterat'),
      range: [0, MOST_ALARMS],
    }),
    ...s.list.alarms.map((each, k) => stateOf(each, k + 1)),
  ],
  captures: (s) => [
    {
      name: 'All',
      ...text('All alarms with their settings and states', 'Alla larm med inställningar och lägen'),
      take: () => ({ kind: 'document', content: { alarms: describeAlarms(s.list.alarms) } }),
    },
  ],
});

const WORDS = {
  [AlarmState.None]: { en: 'no alarm', sv: 'inget larm' },
  [AlarmState.Normal]: { en: 'normal', sv: 'normalt' },
  [AlarmState.Unacknowledged]: { en: 'active, not acknowledged', sv: 'aktivt, okvitterat' },
  [AlarmState.Acknowledged]: { en: 'active, acknowledged', sv: 'aktivt, kvitterat' },
  [AlarmState.Returned]: { en: 'back to normal, not acknowledged', sv: 'åter normalt, okvitterat' },
  [AlarmState.Shelved]: { en: 'shelved', sv: 'undanlagt' },
  [AlarmState.Suppressed]: { en: 'suppressed', sv: 'undertryckt' },
  [AlarmState.OutOfService]: { en: 'out of service', sv: 'ur drift' },
  [AlarmState.LatchedUnacknowledged]: { en: 'latched, not acknowledged', sv: 'kvarhållet, okvitterat' },
  [AlarmState.LatchedAcknowledged]: { en: 'latched, acknowledged', sv: 'kvarhållet, kvitterat' },
};

/** One that is created while the cell runs shows at its place: `Alarms.A7.State`. */
function stateOf(alarm: Alarm, number: number): Signal {
  const name = alarm.isOfDefinition ? alarm.plan.id : `A${number}`;
  return held(`${name}.State`, '1', () => alarm.state, {
    ...text(`State of the alarm ${name}`, `Läge för larmet ${name}`),
    range: [0, 9],
    words: WORDS,
  });
}

/** The alarms of a plant, station by station. */
export const alarmListsOf = ({ stations }: Plant): AlarmList[] =>
  [...stations.values()].flatMap(({ type, self }) => (type === alarms ? (self as AlarmsSelf).list : []));
