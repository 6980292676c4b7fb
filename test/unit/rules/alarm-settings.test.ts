import { expect, test } from 'vitest';
import { seconds } from '#simulator/kernel/time.ts';
import { AlarmState } from '#simulator/rules/alarm.ts';
import { alarmsOf, base, following, giving, modelWith, own, story } from './alarm-world.ts';

test('a participant creates an alarm, changes it and removes it again; each is a command in the log', () => {
  const cell = following({ limit: 50 }, [5, 11]);
  const give = giving(cell);
  const { number } = ((): { number: number } => {
    give('Create', { ...own, deadband: 1, priority: 'high' });
    return (alarmsOf(cell)[1] ?? {}) as { number: number };
  })();
  expect([number, cell.read('Alarms.A2.State')]).toEqual([2, AlarmState.Normal]);
  cell.runUntil(cell.now + seconds(2));
  expect(cell.read('Alarms.A2.State')).toBe(AlarmState.Unacknowledged);
  give('Acknowledge', 'Own');
  give('Configure', { alarm: 'Own', limit: 20 });
  cell.runUntil(cell.now + seconds(2));
  expect(alarmsOf(cell)[1]).toMatchObject({
    ...{ id: 'Own', state: AlarmState.Normal, limit: 20, deadband: 1, priority: 'high', created: true, raised: 1 },
    ...{ quality: 'Good', latching: false, maxShelfS: 8 * 3600, consequence: { en: 'Too much', sv: 'Too much' } },
  });
  give('Remove', 'Own');
  expect([alarmsOf(cell).length, cell.read('Alarms.A2.State')]).toEqual([1, AlarmState.None]);
  expect(story(cell).map((each) => each.split(' ')[1])).toEqual(
    ['Created', 'Raised', 'Acknowledged', 'Configured', 'Returned', 'Removed'].filter((each) => each !== ''),
  );
  expect(cell.log.toJSON().map(({ target }) => target)).toEqual([
    ...['Rules.Define', 'Alarms.Create', 'Alarms.Acknowledge', 'Alarms.Configure', 'Alarms.Remove'],
  ]);
});
test('there is room for twenty alarms, and those of the line stay', () => {
  const cell = following({}, [5]);
  const give = giving(cell);
  for (let k = 2; k <= 20; k++) give('Create', { ...own, alarm: `Own${k}` });
  expect(() => give('Create', own)).toThrow(/There are 20 alarms already/);
  expect(() => give('Remove', 'A')).toThrow(/one of the line and stays. Switch it off/);
  give('Remove', 'Own7');
  give('Create', { ...own, alarm: 'Own7b' });
  expect((alarmsOf(cell)[6] as { id: string }).id).toBe('Own7b');
});

test.each([
  ['Acknowledge', 'B', 'unknown_target', 'There is no alarm "B"'],
  ['Acknowledge', undefined, 'wrong_type', 'is no object'],
  ['Shelve', { alarm: 'A', for: '9 h' }, 'out_of_range', 'At most 8 h'],
  ['Shelve', { alarm: 'A', for: '10min' }, 'out_of_range', 'a number, a space'],
  ['Configure', 'A', 'wrong_type', 'is no object'],
  ['Configure', { alarm: 'A', limt: 3 }, 'unknown_target', 'Did you mean "limit"?'],
  ['Configure', { alarm: 'A', limit: '3' }, 'wrong_type', 'in the unit of its signal'],
  ['Configure', { alarm: 'A', deadband: -1 }, 'out_of_range', 'from 0'],
  ['Configure', { alarm: 'A', onDelay: '2 h' }, 'out_of_range', 'At most 1 h'],
  ['Configure', { alarm: 'A', priority: 'highest' }, 'out_of_range', 'low, medium, high, urgent'],
  ['Configure', { alarm: 'A', enabled: 1 }, 'wrong_type', 'true or false'],
])('%s of %j is refused and changes nothing: %s', (command, value, code, message) => {
  const cell = following({}, [5]);
  const { hash } = cell;
  expect(() => cell.command({ target: `Alarms.${command}`, ...(value !== undefined && { value }) })).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
  expect(cell.hash).toBe(hash);
});

test.each([
  ['Create', { ...own, alarm: undefined }, 'has no name'],
  ['Create', { ...own, alarm: 'A' }, 'There is an alarm A already'],
  ['Create', { ...own, alarm: 'own' }, 'no name of an alarm'],
  ['Create', { ...own, kind: 'higher' }, 'Give one of high, high-high'],
  ['Create', { ...own, signal: 'Rules.R1.Publishd' }, 'Did you mean "Rules.R1.Published"?'],
  ['Create', { ...own, text: 'x'.repeat(201) }, 'no text of an alarm'],
  ['Create', { ...own, limit: 1e16 }, 'is from -9000000000000000 to 9000000000000000: it would never be raised'],
  ['Create', { ...own, kind: 'low', limit: 10 }, 'The high limit of A (10) is not above the low limit of Own (10)'],
  [
    'Create',
    { ...own, kind: 'high-high', limit: 9 },
    'The high-high limit of Own (9) is not above the high limit of A (10)',
  ],
  [
    'Create',
    { ...own, kind: 'rate-of-change', deadband: 9 },
    'a deadband of 9 and a limit of 8, so it would never return',
  ],
  ['Create', { ...own, kind: 'deviation', setpoint: 3, limit: -1 }, 'a distance is never below 0'],
  [
    'Create',
    { ...own, signal: 'Rules.R1.Fired', limit: 5, deadband: 6 },
    'Rules.R1.Fired is from 0 to 4000000000: it would never return',
  ],
  ['Configure', { alarm: 'A', latching: 'yes' }, 'whether A latches'],
  ['Configure', { alarm: 'A', maxShelf: '9 h' }, 'At most 8 h'],
  ['Configure', { alarm: 'A', signal: 'Rules.R1.Fired' }, 'has no "signal" here'],
  ['Remove', 'B', 'There is no alarm "B"'],
])('%s of %j is refused and changes nothing, naming both sides', (command, value, message) => {
  const cell = following({}, [5]);
  const { hash } = cell;
  expect(() => giving(cell)(command, value)).toThrow(message);
  expect(cell.hash).toBe(hash);
});

test.each([
  [{ A: { ...base, signal: 'Rules.R1.Publishd' } }, 'Did you mean "Rules.R1.Published"?'],
  [{ A: { ...base, kind: 'higher' } }, 'Give one of high, high-high'],
  [{ A: { ...base, kind: 'deviation' } }, 'wrong setpoint'],
  [{ A: { ...base, setpoint: 3 } }, 'wrong setpoint'],
  [{ A: { ...base, consequence: undefined } }, 'no whole alarm'],
  [{ a: base }, 'no name of an alarm'],
  [{ A: { ...base, suppressedIf: 'Rules.R1.Published' } }, 'wants a condition'],
  [{ A: { ...base, suppressedIf: 'mean(Rules.R1.Published, "10 s") > 1' } }, 'has a window'],
  [{ A: { ...base, dedband: 3 } }, 'Did you mean "deadband"?'],
  [Object.fromEntries(Array.from({ length: 21 }, (_, k) => [`A${k}`, base])), 'Give 20 at most'],
])('a definition with %j is refused', (alarms, message) => {
  expect(() => modelWith(alarms)).toThrow(message);
});
