import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { resumeCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { wouldHaveFired } from '#simulator/cell/rule-trial.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from '../simulator/support.ts';
import { define, expectSame, ofRules, said } from './rule-world.ts';

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
