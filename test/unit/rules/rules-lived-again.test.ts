import { expect, test } from 'vitest';
import { resumeCell } from '#simulator/cell/create-cell.ts';
import { walk } from '#simulator/cell/history.ts';
import { wouldHaveFired } from '#simulator/cell/rule-trial.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { lottery, modelOf } from '../simulator/support.ts';
import { brake, define, expectSame, hot, ofRules, ruled, said } from './rule-world.ts';

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
