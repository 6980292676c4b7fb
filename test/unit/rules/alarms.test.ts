import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import { happenings, walk } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { HOUR, hours, minutes, SECOND, seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { AlarmState } from '#simulator/rules/alarm.ts';
import { bytes, modelOf, pumpLine } from '../simulator/support.ts';

const text = { en: 'Something', sv: 'Något' };
const base = { signal: 'Rules.R1.Published', kind: 'high', limit: 10, class: 'process', consequence: text };
const modelWith = (alarms: object, more: object = {}): Model =>
  new Model({
    parts: 1,
    stations: {
      Alarms: { type: 'alarms', every: 1, alarms, ...more },
      Rules: { type: 'rules' },
    },
  });

/** A cell whose one signal is 0 for 5 s and then follows `values`, each for 10 s; its alarms look every second. */
function following(alarm: object, values: readonly number[]): Cell {
  const cell = createCell(modelWith({ A: { ...base, enabled: true, ...alarm } }), { seed: 1 });
  const value = values.reduceRight(
    (later, each, k) => `Rules.R1.Fired == ${k} ? ${each} : ${later}`,
    String(values.at(-1)),
  );
  const rule = { id: 'x', when: 'true', until: 'true', every: '5 s', do: 'publish', value };
  cell.command({ target: 'Rules.Define', value: rule });
  cell.runUntil(seconds(5 + 10 * values.length));
  return cell;
}
const story = (cell: Cell): string[] =>
  happenings(cell, 0, cell.now)
    .filter(({ event }) => event.startsWith('Alarms.'))
    .map(({ t, event }) => `${t / SECOND} ${event.slice(12)}`);
const stateOf = (cell: Cell): number => cell.read('Alarms.A.State');

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

const own = { alarm: 'Own', signal: 'Rules.R1.Published', kind: 'high', limit: 8, text: 'Too much' };
const giving = (cell: Cell) => (command: string, value: unknown) =>
  cell.command({ target: `Alarms.${command}`, value });

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
const alarmsOf = (cell: Cell) => (cell.capture('Alarms.All') as Document).content.alarms as object[];

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

test('an alarm is not longer on the shelf than it may be', () => {
  const cell = following({ maxShelf: '10 min' }, [5]);
  expect(() => giving(cell)('Shelve', { alarm: 'A', for: '11 min' })).toThrow(/At most 10 min/);
  giving(cell)('Shelve', { alarm: 'A', for: '10 min' });
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

const limits = [
  ['SpindleHot', 40],
  ['AirPressureLow', 7],
  ['LeakRejects', 3],
] as const;

const created = [
  { alarm: 'Off', signal: 'ST03.State.Current', kind: 'off-normal', limit: 6, latching: true, onDelay: '10 s' },
  { alarm: 'Bore', signal: 'ST03.Bore.Deviation', kind: 'deviation', setpoint: 0, limit: 5, deadband: 1 },
  { alarm: 'Steep', signal: 'ST03.Spindle.Temperature', kind: 'rate-of-change', limit: 0.2 },
];

function watched(): Cell {
  const cell = pumpLine(6n);
  for (const [k, [alarm, limit]] of limits.entries()) {
    cell.runUntil(minutes(30 + k));
    cell.command({ target: 'Alarms.Configure', value: { alarm, limit, enabled: true } });
  }
  for (const value of created) cell.command({ target: 'Alarms.Create', value });
  return cell;
}

test('with alarms at work slices, snapshots, forks and cells that are taken up again are the same', () => {
  const [whole, sliced] = [watched(), watched()];
  whole.runUntil(hours(4));
  const checkpoint = sliced.checkpoint();
  for (let t = sliced.now; t < hours(4); t += seconds(3.3)) sliced.runUntil(t);
  sliced.restore(sliced.snapshot());
  sliced.runUntil(hours(4));
  const fork = watched().fork();
  fork.runUntil(hours(4));
  const log = whole.log.toJSON();
  const again = [undefined, checkpoint].map((from) =>
    resumeCell(modelOf('pump-line'), { seed: 6n, log, checkpoint: from }),
  );
  for (const each of again) each.runUntil(hours(4));
  for (const other of [sliced, fork, ...again]) {
    expect(other.hash).toBe(whole.hash);
    expect(bytes(other.snapshot()).equals(bytes(whole.snapshot()))).toBe(true);
  }
  const said = story(whole);
  expect(said.length).toBeGreaterThan(6);
  for (const each of again) expect(story(each)).toEqual(said);
});

test('what was live is what the history gives, with alarms at work', () => {
  const cell = watched();
  const indices = cell.model.signals.flatMap(({ path, index }) => (path.startsWith('Alarms.') ? index : []));
  const fromUs = cell.now;
  const live = new Map<string, number>();
  while (cell.now < fromUs + HOUR) {
    cell.runUntil(Math.min(fromUs + HOUR, Math.max(cell.nextUs, cell.now + 1)));
    for (const k of indices) {
      const { tUs, value } = cell.sample(k);
      if (tUs > fromUs) live.set(`${k} ${tUs}`, value);
    }
  }
  const found = new Map<string, number>();
  walk(cell, indices, fromUs + 1, fromUs + HOUR, (k, { tUs, value }) => void found.set(`${k} ${tUs}`, value));
  expect([...found].sort()).toEqual([...live].sort());
  expect(new Set(live.values()).size).toBeGreaterThan(2);
});

test('alarms that are out of service cost no event', () => {
  const [calm, served] = [pumpLine(6n), watched()];
  const bare = pumpLine(6n);
  for (const each of [calm, served, bare]) each.runUntil(hours(2));
  const scans = served.events - calm.events;
  expect(scans).toBe((hours(2) - minutes(30)) / seconds(5));
  const { content } = calm.capture('Alarms.All') as Document;
  const alarms = content.alarms as { id: string; state: number; priority: string; onDelayS: number }[];
  expect(alarms).toHaveLength(6);
  expect(alarms[0]).toMatchObject({ id: 'SpindleHot', state: AlarmState.OutOfService, priority: 'high', onDelayS: 15 });
});
