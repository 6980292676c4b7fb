import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { minutes, seconds } from '#simulator/kernel/time.ts';
import { AlarmState } from '#simulator/rules/alarm.ts';
import { modelOf } from '../simulator/support.ts';
import { alarmsOf, following, giving, stateOf, story } from './alarm-world.ts';

test.each([
  [{}, [5, 11, 5], ['16 Raised', '26 Returned']],
  [{ deadband: 3 }, [5, 11, 8, 7, 5], ['16 Raised', '36 Returned']],
  [{ onDelay: '5 s', offDelay: '4 s' }, [5, 11, 5], ['21 Raised', '30 Returned']],
  [{ onDelay: '12 s' }, [5, 11, 5, 11, 11], ['48 Raised']],
  [{ kind: 'low', limit: 4 }, [5, 3, 5], ['1 Raised', '6 Returned', '16 Raised', '26 Returned']],
  [{ kind: 'deviation', setpoint: 5 }, [5, 16, -6, 5], ['16 Raised', '36 Returned']],
  [{ kind: 'off-normal', limit: 1 }, [1, 2, 1], ['1 Raised', '6 Returned', '16 Raised', '26 Returned']],
  [{ kind: 'rate-of-change', limit: 120 }, [5, 11, 45, 45, 45], ['26 Raised', '38 Returned']],
  [{ latching: true }, [5, 11, 5, 11, 5], ['16 Raised', '26 Returned', '36 Raised', '46 Returned']],
  [
    { suppressedIf: 'Rules.R1.Published > 20' },
    [11, 21, 11],
    ['6 Raised', '16 Suppressed', '26 Unsuppressed', '26 Raised'],
  ],
])('an alarm with %j sees %j: %j', (alarm, values, wanted) => {
  expect(story(following(alarm, values))).toEqual(wanted);
});

test('an alarm goes its way from state to state, and is refused what its state does not allow', () => {
  const cell = following({}, [11]);
  const give = (command: string, value: unknown = 'A') => cell.command({ target: `Alarms.${command}`, value });
  expect(stateOf(cell)).toBe(AlarmState.Unacknowledged);
  expect([cell.read('Alarms.Active'), cell.read('Alarms.Unacknowledged')]).toEqual([1, 1]);
  expect(() => give('Unshelve')).toThrow(/active and not acknowledged and cannot be unshelved/);
  give('Acknowledge');
  expect(stateOf(cell)).toBe(AlarmState.Acknowledged);
  expect(() => give('Acknowledge')).toThrow(/cannot be acknowledged/);
  give('Shelve', { alarm: 'A', for: '20 s' });
  expect(stateOf(cell)).toBe(AlarmState.Shelved);
  expect(() => give('Shelve')).toThrow(/is shelved and cannot be shelved/);
  cell.runUntil(seconds(29));
  expect(stateOf(cell)).toBe(AlarmState.Shelved);
  cell.runUntil(seconds(38));
  expect(stateOf(cell)).toBe(AlarmState.Unacknowledged);
  give('Configure', { alarm: 'A', limit: 12 });
  cell.runUntil(seconds(41));
  expect(stateOf(cell)).toBe(AlarmState.Returned);
  give('Acknowledge');
  expect(stateOf(cell)).toBe(AlarmState.Normal);
  give('Shelve', '{"alarm":"A","for":"1 h"}');
  give('Unshelve');
  give('Configure', { alarm: 'A', enabled: false });
  expect(stateOf(cell)).toBe(AlarmState.OutOfService);
  expect(() => give('Shelve')).toThrow(/out of service and cannot be shelved. Enable it first/);
  expect(story(cell).map((each) => each.split(' ')[1])).toEqual(
    ['Raised', 'Acknowledged', 'Shelved', 'Unshelved', 'Raised', 'Configured', 'Returned', 'Acknowledged'].concat([
      'Shelved',
      'Unshelved',
      'Disabled',
    ]),
  );
});

test('an alarm that latches stays until it is reset', () => {
  const cell = following({ latching: true }, [11, 5]);
  const give = giving(cell);
  expect([stateOf(cell), cell.read('Alarms.Active')]).toEqual([AlarmState.LatchedUnacknowledged, 1]);
  give('Acknowledge', 'A');
  expect(stateOf(cell)).toBe(AlarmState.LatchedAcknowledged);
  give('Reset', 'A');
  expect([stateOf(cell), cell.read('Alarms.Active')]).toEqual([AlarmState.Normal, 0]);
  expect(() => give('Reset', 'A')).toThrow(/A is normal and cannot be reset/);
});

test('an alarm is not longer on the shelf than it may be', () => {
  const cell = following({ maxShelf: '10 min' }, [5]);
  expect(() => giving(cell)('Shelve', { alarm: 'A', for: '11 min' })).toThrow(/At most 10 min/);
  giving(cell)('Shelve', { alarm: 'A', for: '10 min' });
});

/** What was told after an instant. */
const since = (cell: Cell, second: number): string[] => story(cell).filter((each) => parseFloat(each) > second);

test('an alarm that is shelved for once comes back when its signal has been beyond the limit and is back', () => {
  const cell = following({}, [5, 11, 11, 5, 5, 11]).past(seconds(8));
  giving(cell)('Shelve', { alarm: 'A', once: true });
  cell.runUntil(seconds(34));
  expect(stateOf(cell)).toBe(AlarmState.Shelved);
  cell.runUntil(seconds(65));
  expect(since(cell, 9)).toEqual(['36 Unshelved', '56 Raised']);
});

test('whoever acknowledges while the signal is on its way back does not make it begin anew', () => {
  const calm = following({ offDelay: '6 s' }, [11, 5, 5]);
  const cell = calm.past(seconds(19));
  giving(cell)('Acknowledge', 'A');
  cell.runUntil(calm.now);
  expect(since(calm, 19)).toEqual(['22 Returned']);
  expect(since(cell, 20)).toEqual(['22 Returned']);
});

test('a rate of change is per minute, however seldom alarms look', () => {
  const sixtyAMinute = Array.from({ length: 12 }, (_, k) => 10 * k);
  const said = (limit: number) => story(following({ kind: 'rate-of-change', limit }, sixtyAMinute, 5));
  expect([said(50).length, said(70).length]).toEqual([1, 0]);
});

test('a rate that nobody looked at for a while is taken from what is seen after that', () => {
  const cell = following({ kind: 'rate-of-change', limit: 120 }, [5, 5, 5, 500, 500]).past(seconds(30));
  giving(cell)('Configure', { alarm: 'A', enabled: false });
  cell.runUntil(seconds(38));
  giving(cell)('Configure', { alarm: 'A', enabled: true });
  cell.runUntil(seconds(55));
  expect(since(cell, 30).map((each) => each.split(' ')[1])).toEqual(['Disabled', 'Enabled']);
});

test('without communication an alarm stays as it is and says that it is unsure, and its delay begins anew', () => {
  // The line starts at 05:30.
  const fault = { fault: 'sensor-dropout', signal: 'ST03.Spindle.Temperature', at: 'Mon 05:50', for: '10 min' };
  const cell = createCell(modelOf('pump-line'), { seed: 7n, scenario: [{ ...fault, hidden: true }] });
  const give = giving(cell);
  const hot = { signal: 'ST03.Spindle.Temperature', kind: 'high', limit: 1 };
  give('Create', { ...hot, alarm: 'Hot' });
  give('Create', { ...hot, alarm: 'Late', onDelay: '25 min' });
  const seen = () => (alarmsOf(cell) as { state: number; quality: string }[]).slice(6).map((a) => [a.state, a.quality]);
  cell.runUntil(minutes(25));
  expect(seen()).toEqual([
    [AlarmState.Unacknowledged, 'Bad'],
    [AlarmState.Normal, 'Bad'],
  ]);
  cell.runUntil(minutes(54));
  expect(seen()).toEqual([
    [AlarmState.Unacknowledged, 'Good'],
    [AlarmState.Normal, 'Good'],
  ]);
  cell.runUntil(minutes(56));
  expect(seen()[1][0]).toBe(AlarmState.Unacknowledged);
  expect(story(cell).filter((each) => each.includes('Quality'))).toEqual([
    ...['1205 QualityBad', '1205 QualityBad', '1805 QualityGood', '1805 QualityGood'],
  ]);
});
