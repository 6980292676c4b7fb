import { timer } from '#simulator/kernel/calendar.ts';
import { type ObjectField, u8 } from '#simulator/kernel/fields.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { findName } from '#simulator/plant/names.ts';
import { held, signal, type Text } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { plantField, type Station } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import { readShifts, ShiftCalendar } from './shift-calendar.ts';

/** Who works by the shifts, and what they do when the calendar turns. */
interface Follower {
  readonly station: Station;
  readonly turn: (t: number) => void;
}

const fields = {
  calendar: plantField(({ settings, plant }) => new ShiftCalendar(readShifts(settings.get('pattern')), plant.startUs)),
  followers: plantField((): Follower[] => []),
  /** From 1 in the order of the definition; 0 is none. */
  shift: u8(),
  isBreak: u8(),
  turns: timer(),
};
type Shifts = Self<typeof fields>;

/** Shifts and breaks on plant time. Those who follow turn at the very instants of the calendar. */
export const shifts = stationType('shifts', {
  fields,
  start: (s, t) => show(s, t),
  on: {
    turns(s, t) {
      show(s, t);
      for (const { station, turn } of s.followers) {
        station.touch.mark(t);
        turn(t);
      }
    },
  },
  signals: (s) => {
    const { calendar } = s;
    const words: Record<number, Text> = { 0: { en: 'No shift', sv: 'Inget skift' } };
    calendar.shifts.forEach((shift, k) => (words[k + 1] = shift.text));
    return [
      held('Shift.Number', '1', () => s.shift, {
        ...text('Shift that is at work; 0 is none', 'Skift som arbetar; 0 är inget'),
        range: [0, calendar.shifts.length],
        words,
      }),
      signal('Shift.Remaining', 's', (t) => calendar.remainingUs(t) / SECOND, {
        ...text(
          'Time to the end of the shift, or to the beginning of the next if there is none',
          'Tid till skiftets slut, eller till nästa skifts början om inget pågår',
        ),
        range: [0, 7 * 86_400],
        resolution: 1,
        restarts: true,
      }),
      held('Break.Active', '1', () => s.isBreak, {
        ...text('The shift has a break', 'Skiftet har rast'),
        type: 'Boolean',
        range: [0, 1],
      }),
      held('Operators.Planned', '1', () => (s.shift === 0 || s.isBreak ? 0 : calendar.shifts[s.shift - 1].operators), {
        ...text(
          'Operators of each manual station by the calendar',
          'Operatörer per manuell station enligt skiftschemat',
        ),
        range: [0, 32],
      }),
      signal('Planned.OffTime', 'h', (t) => calendar.plannedOffUs(t) / HOUR, {
        ...text(
          'Breaks and unmanned time since the start; not part of planned busy time (PBT, ISO 22400-2)',
          'Raster och obemannad tid sedan start; ingår inte i planerad upptagen tid (PBT, ISO 22400-2)',
        ),
        range: [0, 1e6],
        scanS: 10,
        resolution: 0.001,
      }),
    ];
  },
});

function show(s: Shifts, t: number): void {
  const { shift, isBreak } = s.calendar.at(t);
  s.shift = shift;
  s.isBreak = isBreak ? 1 : 0;
  s.turns.at(s.calendar.nextTurnUs(t));
}

/** The shifts that a station names in its definition; without them, it is always at work. */
export class ShiftLink {
  target: Shifts | undefined;

  get calendar(): ShiftCalendar | undefined {
    return this.target?.calendar;
  }

  /** Manual work is planned now. */
  isManned(t: number): boolean {
    return this.target === undefined || this.target.calendar.at(t).isManned;
  }

  /** From 1; without shifts it is always the first. */
  number(t: number): number {
    return this.target === undefined ? 1 : this.target.calendar.at(t).shift;
  }
}

/** @param turn called at each turn of the calendar, after the shifts show it. */
export const shiftLink = (turn: (self: never, t: number) => void): ObjectField<ShiftLink> =>
  plantField(({ plant, settings, name, station }) => {
    const link = new ShiftLink();
    const wanted = findName(settings, name);
    if (wanted === undefined) return link;
    plant.whenComplete(() => {
      const target: Shifts = plant.getStation(wanted, 'shifts').self;
      target.followers.push({ station, turn: (t) => turn(station.self, t) });
      link.target = target;
    });
    return link;
  });
