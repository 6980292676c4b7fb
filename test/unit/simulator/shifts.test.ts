import { describe, expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { HOUR, hours, MINUTE, minutes, seconds } from '#simulator/kernel/time.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { readShifts, ShiftCalendar } from '#simulator/plant/people/shift-calendar.ts';
import { lottery, modelOf } from './support.ts';

/** An operator whom nothing but the calendar keeps away. */
const steady = {
  'ST06.timeToFailure': 'never',
  'ST06.presentTime': 'never',
  'ST06.andonShare': 0,
  'ST06.Service.Hours': 0,
};
const office = [
  { name: 'day', from: '08:00', to: '16:30', days: 'Mon-Fri', breaks: ['12:00-12:30', '14:15-14:30'] },
  { name: 'night', from: '22:00', to: '05:00', days: ['Sun', 'Wed'], operators: 0, crew: 1 },
];

describe('the shifts of the pump line', () => {
  test('begin and end each break of the operator at the very instant of the calendar', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 3, set: steady });
    cell.runUntil(hours(24.5));
    const turns = happenings(cell, 0, cell.now)
      .filter(({ event }) => event === 'ST06.StateChanged')
      .flatMap(({ t, value }, k, all) => {
        const isEnd = all[k - 1]?.value === Reason.Break;
        return value === Reason.Break || isEnd ? [(t / MINUTE + 330) % 1440] : [];
      });
    const clock = (h: number, min: number) => 60 * h + min;
    expect(turns).toEqual([
      ...[clock(9, 0), clock(9, 12), clock(11, 30), clock(11, 48)],
      ...[clock(16, 30), clock(16, 42), clock(19, 0), clock(19, 18)],
      ...[clock(0, 30), clock(0, 42), clock(3, 0), clock(3, 18)],
    ]);
  });

  test('leave breaks out of planned busy time, exactly as the closed form says', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 4, set: steady });
    cell.runUntil(hours(51.6));
    const { offUs, inBreakUs } = cell.look(({ stations }, t) => ({
      offUs: new ShiftCalendar(readShifts(cell.model.definition.stations.Shifts.pattern), minutes(330)).plannedOffUs(t),
      inBreakUs: stations.get('ST06')?.timeBook?.timeInUs(Reason.Break, t),
    }));
    expect(inBreakUs).toBe(offUs);
    expect(cell.read('Shifts.Planned.OffTime')).toBeCloseTo((6 * 30 + 6) / 60, 9);
  });

  test('name the shift, its breaks and its end', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 5 });
    const at = (h: number) => {
      cell.runUntil(hours(h));
      return ['Shift.Number', 'Break.Active', 'Shift.Remaining', 'Operators.Planned'].map((name) =>
        cell.read(`Shifts.${name}`),
      );
    };
    expect(at(0)).toEqual([3, 0, 1800, 1]);
    expect(at(0.5)).toEqual([1, 0, 8 * 3600, 1]);
    expect(at(3.6)).toEqual([1, 1, 17_640, 0]);
    expect(at(8.5)).toEqual([2, 0, 8 * 3600, 1]);
  });

  test('send the operator home without a shift, and the next operator starts the next shift', () => {
    const { Shifts } = modelOf('pump-line').definition.stations;
    const pattern = [
      { name: 'early', from: '06:00', to: '14:00' },
      { name: 'late', from: '15:00', to: '22:00' },
    ];
    const { definition } = modelOf('pump-line');
    const model = new Model({ ...definition, stations: { ...definition.stations, Shifts: { ...Shifts, pattern } } });
    const cell = createCell(model, { seed: 6, set: steady });
    const at = (h: number) => {
      cell.runUntil(hours(h));
      return [cell.read('ST06.Operator.Id'), cell.read('ST06.State.Reason')];
    };
    expect(at(0.49)).toEqual([0, Reason.Break]);
    expect(at(0.6)[0]).toBe(1);
    expect(at(9.4)).toEqual([0, Reason.Break]);
    expect(at(9.6)[0]).toBe(2);
    cell.runUntil(hours(20));
    expect(cell.read('Crew.People.Present')).toBe(0);
  });
});

test('a turn of the calendar is an event of all who follow it, and what moves all the time does not jump there', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 8, set: steady });
  const { signals } = cell.model;
  for (const h of [0.5, 3.5, 3.7, 6, 6.3, 8.5]) {
    const t = hours(h);
    cell.runUntil(t - 1);
    const before = cell.look(() => signals.map((signal) => ({ value: signal.at(t), lastUs: signal.track.lastUs })));
    cell.runUntil(t);
    for (const { path, index, kind, track, restarts = false, resolution } of signals) {
      const change = Math.abs(cell.read(index) - before[index].value);
      if (change > 0) expect(track.lastUs, path).toBeGreaterThan(before[index].lastUs);
      if (kind === 'continuous' && !restarts) expect(change, path).toBeLessThanOrEqual(resolution * 1.001);
    }
    expect(cell.sample(cell.model.indexOf('Shifts.Shift.Number')).tUs).toBe(t);
  }
});

describe('a calendar', () => {
  test('counts its off time in closed form as a count of its seconds does, over weeks', () => {
    const calendar = new ShiftCalendar(readShifts(office), 3 * 24 * HOUR + 9 * HOUR);
    const random = lottery(3);
    const step = seconds(30);
    for (let k = 0; k < 6; k++) {
      const from = Math.floor(random() * 10 * 24 * 120) * step;
      let offUs = 0;
      for (let t = from; t < from + 10 * 24 * HOUR; t += step) if (!calendar.at(t).isManned) offUs += step;
      expect(calendar.plannedOffUs(from + 10 * 24 * HOUR) - calendar.plannedOffUs(from)).toBe(offUs);
    }
    expect(calendar.plannedOffUs(7 * 24 * HOUR)).toBe((7 * 24 - 5 * 7.75) * HOUR);
  });

  test('turns from one stretch to the next without a gap, over the end of the week', () => {
    const calendar = new ShiftCalendar(readShifts(office), 6 * 24 * HOUR + 20 * HOUR);
    let t = 0;
    const shifts: number[] = [];
    while (t < 4 * 24 * HOUR) {
      shifts.push(calendar.at(t).shift);
      const next = calendar.nextTurnUs(t);
      expect(next).toBeGreaterThan(t);
      expect(calendar.at(next - 1)).toBe(calendar.at(t));
      t = next;
    }
    // Sunday 20:00: nothing, the night until Monday 05:00 (Monday 00:00 is a seam), nothing, and the days with two breaks.
    expect(shifts.slice(0, 9)).toEqual([0, 2, 2, 0, 1, 1, 1, 1, 1]);
    expect(calendar.remainingUs(0)).toBe(2 * HOUR);
    expect(calendar.remainingUs(2 * HOUR)).toBe(7 * HOUR);
  });

  test.each([
    [[], 'There are no shifts'],
    [
      [
        { name: 'a', from: '06:00', to: '14:00' },
        { name: 'b', from: '13:00', to: '15:00' },
      ],
      'a and b overlap',
    ],
    [
      [
        { name: 'a', from: '22:00', to: '07:00' },
        { name: 'b', from: '06:00', to: '15:00' },
      ],
      'overlap',
    ],
    [[{ name: 'a', from: '06:00', to: '14:00', breaks: ['14:00-14:10'] }], 'does not lie within it'],
    [[{ name: 'a', from: '6', to: '14:00' }], 'has the time "6"'],
    [[{ name: 'a', from: '06:00', to: '14:00', days: 'Mon-Fre' }], 'has the days "Mon-Fre"'],
    [[{ name: 'a', from: '06:00', to: '14:00', operators: -1 }], 'cannot have -1 people'],
    [[{ name: 'a', from: '06:00', to: '14:00', rests: [] }], 'cannot have "rests"'],
    [[{ from: '06:00', to: '14:00' }], 'has no name'],
  ])('is refused if it makes no sense: %j', (pattern, message) => {
    const stations = { Shifts: { type: 'shifts', pattern } };
    expect(() => new Model({ parts: 1, stations })).toThrow(message);
  });
});
