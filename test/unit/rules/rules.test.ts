import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import { happenings, walk } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { wouldHaveFired } from '#simulator/cell/rule-trial.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { RuleStatus } from '#simulator/rules/rule-state.ts';
import { bytes, insist, lottery, modelOf, pumpLine } from '../simulator/support.ts';

const define = (rule: object) => ({ target: 'Rules.Define', value: rule });
const hot = {
  id: 'hot',
  when: 'mean(ST03.Meter.Power, "1 min") > 5',
  until: 'ST03.Meter.Power < 2',
  for: '4 s',
  do: 'alarm',
};
/** Stops the mill when it has worked hard for a while. */
const brake = {
  id: 'brake',
  when: 'Line.Parts.Finished >= 110 && share(ST03.Meter.Power > 5, "5 min") > 0.5',
  every: '10 s',
  do: 'hold',
  station: 'ST03',
};
const slow = { id: 'slow', when: 'Line.Parts.Finished >= 40', do: 'set', parameter: 'ST02.Belt.Speed', to: 0.2 };
const told = { id: 'told', when: 'Line.Parts.Finished % 10 == 0', every: '5 s', do: 'publish', value: 'Line.Energy' };
const ALL = [hot, brake, slow, told];

function ruled(seed = 5n): Cell {
  const cell = pumpLine(seed);
  for (const [k, rule] of ALL.entries()) {
    cell.runUntil(minutes(20 + k));
    cell.command(define(rule));
  }
  return cell;
}

const ofRules = (cell: Cell, fromUs = 0): Happening[] =>
  happenings(cell, fromUs, cell.now).filter(({ event }) => event.startsWith('Rules.'));
const said = (events: readonly Happening[], event: string) => events.filter((each) => each.event === `Rules.${event}`);

function expectSame(a: Cell, b: Cell): void {
  expect(a.hash).toBe(b.hash);
  expect(bytes(a.snapshot()).equals(bytes(b.snapshot()))).toBe(true);
}

test('rules see, act, and say so in events, never in the log of commands', () => {
  const cell = ruled();
  cell.runUntil(hours(4));
  const events = ofRules(cell);
  expect(said(events, 'RuleFired').map(({ value }) => value)).toEqual(expect.arrayContaining([1, 2, 3, 4]));
  expect(said(events, 'RuleCleared').length).toBeGreaterThan(3);
  expect(said(events, 'RuleActed').map(({ value }) => value)).toEqual(expect.arrayContaining([2, 3]));
  expect(cell.parameter('ST02.Belt.Speed')).toBe(0.2);
  expect(cell.read('Rules.R4.Published')).toBeGreaterThan(0);
  expect(cell.log.toJSON().map(({ target }) => target)).toEqual(Array(4).fill('Rules.Define'));
  const held = happenings(cell, 0, cell.now).filter(({ event }) => event === 'ST03.StateChanged');
  expect(held.length).toBeGreaterThan(0);
});

test('a run in one go, in slices, with random reads, from a snapshot and as a fork are the same bytes', () => {
  const [whole, sliced, disturbed] = [ruled(), ruled(), ruled()];
  const random = lottery(3);
  const end = hours(3);
  whole.runUntil(end);
  for (let t = sliced.now; t <= end; t += seconds(0.7)) sliced.runUntil(t);
  sliced.runUntil(end);
  const other = ruled(9n);
  for (let t = disturbed.now; t < end;) {
    t = Math.min(end, t + 1 + Math.floor(random() * seconds(40)));
    disturbed.runUntil(t);
    other.runUntil(Math.floor(t / 2));
    disturbed.sample(Math.floor(random() * disturbed.model.signals.length));
    if (random() < 0.02) disturbed.past(Math.floor(random() * t)).readAll();
    if (random() < 0.02) disturbed.restore(disturbed.snapshot());
  }
  const forked = ruled().fork();
  forked.runUntil(end);
  for (const each of [sliced, disturbed, forked]) expectSame(each, whole);
  expectSame(whole.past(hours(2)), sliced.past(hours(2)));
});

test('a cell that is taken up again knows its rules, from the log or from a checkpoint, and does nothing twice', () => {
  const cell = ruled();
  const checkpoints = [cell.checkpoint()];
  cell.runUntil(hours(1.5));
  checkpoints.push(cell.checkpoint());
  cell.command({ target: 'Rules.Remove', value: 'told' });
  cell.command(define({ ...hot, when: 'ST03.Meter.Power > 3' }));
  checkpoints.push(cell.checkpoint());
  cell.runUntil(hours(4));
  const log = JSON.parse(JSON.stringify(cell.log.toJSON())) as ReturnType<typeof cell.log.toJSON>;
  for (const checkpoint of [undefined, ...checkpoints]) {
    const again = resumeCell(modelOf('pump-line'), { seed: 5n, log, checkpoint });
    again.runUntil(hours(4));
    expectSame(again, cell);
    expect(ofRules(again)).toEqual(ofRules(cell));
  }
});

test('a scenario may define rules too: they act, and nobody is shown that they are there', () => {
  const scenario = [...ALL.entries()].map(([k, value]) => ({ at: minutes(20 + k) + 1, target: 'Rules.Define', value }));
  const planned = createCell(modelOf('pump-line'), { seed: 5n, scenario });
  const logged = ruled();
  for (const each of [planned, logged]) each.runUntil(hours(2));
  const ofPlant = (cell: Cell) => happenings(cell, 0, cell.now).filter(({ event }) => !event.startsWith('Rules.'));
  expect(ofPlant(planned)).toEqual(ofPlant(logged));
  expect(said(ofRules(logged), 'RuleActed').length).toBeGreaterThan(1);
  expect(ofRules(planned)).toEqual([]);
  expect(planned.capture('Rules.All')).toMatchObject({ content: { rules: [] } });
  expect(planned.model.signals.flatMap(({ path }) => (path.startsWith('Rules.') ? planned.read(path) : []))).toEqual(
    Array(30).fill(0),
  );
  planned.command(define({ ...hot, when: 'true' }));
  expect(() => planned.command({ target: 'Rules.Remove', value: 'brake' })).toThrow(
    /There is no rule "brake". There are hot./,
  );
  planned.runUntil(planned.now + seconds(10));
  expect([planned.read('Rules.R5.Status'), said(ofRules(planned), 'RuleFired').map(({ value }) => value)]).toEqual([
    RuleStatus.Fired,
    [5],
  ]);
  const fork = planned.fork({ foresee: false });
  for (const each of [planned, fork]) each.runUntil(hours(3));
  expectSame(fork, planned);
});

const bore = {
  ...{ id: 'bore', each: '5 parts at ST03', do: 'alarm', until: 'true' },
  when: 'mean(ST03.Bore.Deviation, "5 parts") > -1000 && last(ST03.Bore.Deviation, "20 parts") > -1000',
};

test('a rule that waits for parts answers when its station has finished another so many, and at no other time', () => {
  const cell = pumpLine(5n);
  cell.runUntil(minutes(40));
  cell.command(define(bore));
  cell.runUntil(hours(3));
  const done = happenings(cell, 0, cell.now).filter(({ event }) => event === 'ST03.PartDone');
  const from = done.filter(({ t }) => t <= minutes(40)).length;
  const turns = done.flatMap(({ t }, k) => ((k + 1) % 5 === 0 && k + 1 >= from + 21 ? nextSecond(t) : []));
  const said = ofRules(cell).map(({ t, event }) => [t, event]);
  expect(turns.length).toBeGreaterThan(20);
  expect(said).toEqual(turns.map((t, k) => [t, k % 2 === 0 ? 'Rules.RuleFired' : 'Rules.RuleCleared']));
});
const nextSecond = (t: number): number => Math.ceil(t / seconds(1)) * seconds(1);

test('with rules of parts slices, snapshots, forks, replay and a trial on the past are the same', () => {
  const rules = [
    bore,
    { id: 'chart', when: 'spc.outside(ST03.Bore.Deviation, "10 parts")', do: 'alarm' },
    { id: 'mixed', each: '3 parts at ST05', when: 'mean(ST03.Meter.Power, "1 min") > 3', until: 'true', do: 'alarm' },
  ];
  const make = (): Cell => {
    const cell = pumpLine(5n);
    cell.runUntil(minutes(20));
    for (const rule of rules) cell.command(define(rule));
    return cell;
  };
  const [whole, sliced, fork] = [make(), make(), make().fork()];
  whole.runUntil(hours(5));
  for (let t = sliced.now; t < hours(5); t += seconds(7.3)) sliced.runUntil(t);
  sliced.restore(sliced.snapshot());
  for (const each of [sliced, fork]) each.runUntil(hours(5));
  const again = resumeCell(modelOf('pump-line'), { seed: 5n, log: whole.log.toJSON() });
  again.runUntil(hours(5));
  for (const each of [sliced, fork, again]) expectSame(each, whole);
  const window = { fromUs: hours(3), toUs: hours(5) };
  for (const [k, rule] of rules.entries()) {
    const lived = said(ofRules(whole, window.fromUs), 'RuleFired').filter(({ value }) => value === k + 1);
    const tried = wouldHaveFired(whole, { ...rule, id: 'tried' }, window).filter(
      ({ firedUs }) => firedUs > window.fromUs,
    );
    expect(tried.length).toBeGreaterThan(0);
    if (k !== 0) expect(tried.map(({ firedUs }) => firedUs)).toEqual(lived.map(({ t }) => t));
  }
});

test('what was live is what the history gives, with rules at work', () => {
  const cell = ruled();
  const indices = cell.model.signals.flatMap(({ path, index }) => (/^(Rules|ST03|Line)\./.test(path) ? index : []));
  const fromUs = cell.now;
  const live = new Map<string, number>();
  const end = fromUs + minutes(30);
  while (cell.now < end) {
    cell.runUntil(Math.min(end, Math.max(cell.nextUs, cell.now + 1)));
    for (const k of indices) {
      const { tUs, value } = cell.sample(k);
      if (tUs > fromUs) live.set(`${k} ${tUs}`, value);
    }
  }
  const found = new Map<string, number>();
  walk(cell, indices, fromUs + 1, end, (k, { tUs, value }) => void found.set(`${k} ${tUs}`, value));
  expect([...live].filter(([key, value]) => found.get(key) !== value)).toEqual([]);
  expect(live.size).toBeGreaterThan(10_000);
});

test('without a rule nothing is set to happen, and a rule that only looks changes nothing in the plant', () => {
  const [calm, watched, seldom] = [pumpLine(5n), pumpLine(5n), pumpLine(5n)];
  watched.command(define(hot));
  seldom.command(define({ ...hot, every: '10 s', for: '10 s' }));
  for (const each of [calm, watched, seldom]) each.runUntil(hours(2));
  expect(seldom.events - calm.events).toBe(720);
  const ofPlant = (cell: Cell) => happenings(cell, 0, cell.now).filter(({ event }) => !event.startsWith('Rules.'));
  expect(ofPlant(watched)).toEqual(ofPlant(calm));
  expect(watched.events - calm.events).toBe(7200);
  watched.command({ target: 'Rules.Remove', value: 'hot' });
  const { events } = watched;
  const dueless = watched.fork();
  dueless.runUntil(hours(2) + seconds(5));
  calm.runUntil(hours(2) + seconds(5));
  expect(dueless.events - events).toBe(calm.events - (events - 7200));
});

/** A line on which next to nothing happens. */
const press = new Model({
  parts: 2,
  stations: { Press: { type: 'machine', time: 10 }, Rules: { type: 'rules' } },
});

test('a rule fires once when it has been true for long enough, and again only after it has cleared', () => {
  const cell = createCell(press, { seed: 1 });
  cell.command(define({ id: 'tick', when: 'Rules.R2.Fired % 2 == 1', for: '3 s', do: 'alarm' }));
  cell.command(
    define({
      id: 'beat',
      when: 'Line.Events % 2 >= 0 && Rules.R2.Status != 4',
      until: 'true',
      every: '5 s',
      do: 'alarm',
    }),
  );
  // Twice as long in all, and never so long without a break.
  cell.command(define({ id: 'long', when: 'Rules.R2.Fired % 2 == 1', for: '12 s', do: 'alarm' }));
  cell.runUntil(seconds(60));
  const events = ofRules(cell).map(({ t, event, value }) => `${t / seconds(1)} ${event.slice(6)} ${value}`);
  expect(events.filter((each) => each.endsWith(' 2')).slice(0, 4)).toEqual([
    '5 RuleFired 2',
    '10 RuleCleared 2',
    '15 RuleFired 2',
    '20 RuleCleared 2',
  ]);
  expect(events.filter((each) => each.endsWith(' 1')).slice(0, 3)).toEqual([
    '9 RuleFired 1',
    '16 RuleCleared 1',
    '29 RuleFired 1',
  ]);
  expect(events.filter((each) => each.endsWith(' 3'))).toEqual([]);
});

test('a rule is unknown until its window is full, and neither fires nor clears', () => {
  const cell = createCell(press, { seed: 1 });
  cell.command(define({ id: 'w', when: 'min(Line.Events, "10 s") >= 0', do: 'alarm' }));
  cell.command(define({ id: 'n', when: 'Line.Events >= 0 && 1 / (Line.Events - Line.Events) > 0', do: 'alarm' }));
  cell.runUntil(seconds(9));
  expect([cell.read('Rules.R1.Status'), cell.read('Rules.R2.Status')]).toEqual([
    RuleStatus.Unknown,
    RuleStatus.Unknown,
  ]);
  cell.runUntil(seconds(60));
  expect([cell.read('Rules.R1.Status'), cell.read('Rules.R2.Status')]).toEqual([RuleStatus.Fired, RuleStatus.Unknown]);
  expect(ofRules(cell).map(({ t, value }) => [t, value])).toEqual([[seconds(10), 1]]);
});

test('an action that the plant refuses is an event too', () => {
  const cell = pumpLine(5n);
  cell.runUntil(hours(1));
  insist(cell, { target: 'ST03.Stop' });
  cell.runUntil(hours(1.1));
  cell.command(define({ id: 'late', when: 'true', do: 'hold', station: 'ST03' }));
  cell.runUntil(hours(1.2));
  expect(ofRules(cell).map(({ event }) => event)).toEqual(['Rules.RuleFired', 'Rules.RuleActionRefused']);
});

test('a rule is tried on the past as if the cell had had it, and changes nothing', () => {
  const cell = ruled();
  cell.runUntil(hours(3));
  const [before, { hash }] = [ofRules(cell), cell];
  const window = { fromUs: hours(0.5), toUs: hours(2.5) };
  const fired = said(before, 'RuleFired').filter(
    ({ t, value }) => value === 1 && t > window.fromUs && t <= window.toUs,
  );
  const cleared = said(before, 'RuleCleared').filter(
    ({ t, value }) => value === 1 && t > window.fromUs && t <= window.toUs,
  );
  const firings = wouldHaveFired(cell, { ...hot, id: 'other' }, window);
  expect(fired.length).toBeGreaterThan(3);
  expect(firings.map(({ firedUs }) => firedUs).filter((t) => t > window.fromUs)).toEqual(fired.map(({ t }) => t));
  expect(firings.flatMap(({ clearedUs }) => clearedUs ?? [])).toEqual(cleared.map(({ t }) => t));
  const held = wouldHaveFired(cell, { ...brake, id: 'stronger', when: 'ST03.Meter.Power > 5' }, window);
  expect(held.length).toBeGreaterThan(0);
  const steady = { id: 'steady', when: 'mean(Line.Power, "10 min") > 0', do: 'alarm' };
  const [underWay, ...more] = wouldHaveFired(cell, steady, { fromUs: hours(1), toUs: hours(1) + minutes(5) });
  expect([underWay.firedUs <= hours(1), underWay.clearedUs, more]).toEqual([true, undefined, []]);
  expect([ofRules(cell), cell.hash]).toEqual([before, hash]);
  expect(() => wouldHaveFired(cell, hot, { fromUs: 0, toUs: hours(4) })).toThrow(/no time/);
});

test.each([
  [{ ...hot, id: 'a b' }, 'wrong_type', 'no name of a rule'],
  [{ ...hot, every: '0.5 s' }, 'out_of_range', 'whole seconds'],
  [{ ...hot, every: '10' }, 'wrong_type', 'a number, a space'],
  [{ ...hot, every: '10 s' }, 'out_of_range', 'whole multiple'],
  [{ ...hot, whn: 'true' }, 'unknown_target', 'Did you mean "when"?'],
  [{ ...hot, for: undefined, every: '1 s', each: '5 parts at ST03' }, 'out_of_range', 'both say when'],
  [{ ...hot, each: '5 parts' }, 'wrong_type', 'names no station'],
  [{ ...hot, each: '5' }, 'wrong_type', 'is no "each"'],
  [{ ...hot, each: '0 parts at ST03' }, 'wrong_type', 'is no "each"'],
  [{ ...hot, each: '5 parts at ST33' }, 'unknown_target', 'Did you mean "ST03"?'],
  [{ ...hot, each: '5 parts at Rules' }, 'unknown_target', 'finishes no parts'],
  [
    { ...hot, for: '10 s', every: '10 s', when: 'mean(ST03.Bore.Deviation, "5 parts") > 0' },
    'wrong_type',
    'looks every second',
  ],
  [{ ...hot, do: 'explode' }, 'out_of_range', 'alarm, hold, set, publish'],
  [{ ...hot, do: 'hold' }, 'wrong_type', '"station" is missing'],
  [{ ...hot, station: 'ST03' }, 'wrong_type', 'no meaning'],
  [{ ...brake, station: 'ST30' }, 'unknown_target', 'Did you mean "ST03"?'],
  [{ ...brake, station: 'Rules' }, 'unknown_target', 'can be held'],
  [{ ...slow, parameter: 'ST02.Belt.Sped' }, 'unknown_target', 'Did you mean "ST02.Belt.Speed"?'],
  [{ ...slow, parameter: 'ST03.time' }, 'unknown_target', 'no parameter'],
  [{ ...slow, to: 1e6 }, 'out_of_range', 'm/s'],
  [{ ...slow, to: '1' }, 'out_of_range', 'a number from'],
  [{ ...told, value: 'ST03.Meter.Power > 1' }, 'wrong_type', 'wants a number'],
  [{ ...hot, when: undefined }, 'wrong_type', 'no expression for "when"'],
  ['{"id":', 'wrong_type', 'is no object'],
  [[hot], 'wrong_type', 'is no object'],
  [undefined, 'wrong_type', 'is no object'],
])('%j is refused and changes nothing: %s', (value, code, message) => {
  const cell = pumpLine(5n);
  const { hash } = cell;
  expect(() => cell.command({ target: 'Rules.Define', ...(value !== undefined && { value }) })).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
  expect([cell.hash, cell.log.length, cell.read('Rules.R1.Status')]).toEqual([hash, 0, 0]);
});

test('a cell has room for ten rules and ten windows, and says which to remove', () => {
  const cell = pumpLine(5n);
  const simple = (id: string) => define({ id, when: 'mean(ST03.Meter.Power, "10 s") > 1', do: 'alarm' });
  for (let k = 1; k <= 10; k++) cell.command(simple(`r${k}`));
  expect(() => cell.command(simple('r11'))).toThrow(/10 rules already.*r1, r2/);
  cell.command(simple('r4'));
  expect(() => cell.command({ target: 'Rules.Remove', value: 'r99' })).toThrow(/no rule "r99".*r1, r2/);
  cell.command({ target: 'Rules.Remove', value: 'r2' });
  const two = { ...hot, when: 'mean(ST03.Meter.Power, "10 s") > min(ST03.Meter.Power, "10 s")' };
  expect(() => cell.command(define(two))).toThrow(/2 windows, and 1 of 10 are free/);
  cell.command({ target: 'Rules.Remove', value: 'r3' });
  cell.command(define(two));
  cell.command(define({ ...hot, when: 'true' }));
  cell.command(define({ ...two, id: 'r3' }));
  const { content } = cell.capture('Rules.All') as Document;
  const listed = content.rules as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(['r1', 'hot', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10']);
});

test('a definition has one station for rules, or none', () => {
  const stations = { A: { type: 'rules' }, B: { type: 'rules' } };
  expect(() => new Model({ parts: 1, stations })).toThrow('A holds the rules of the cell already');
  const bare = createCell(new Model({ parts: 1, stations: { Crew: { type: 'crew' } } }), { seed: 1 });
  bare.runUntil(hours(1));
  expect(() => wouldHaveFired(bare, hot, { fromUs: 0, toUs: hours(1) })).toThrow(/has no rules.*type "rules"/);
});
