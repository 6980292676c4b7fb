import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { RuleStatus } from '#simulator/rules/rule-state.ts';
import { insist, modelOf, pumpLine } from '../simulator/support.ts';
import { ALL, define, expectSame, hot, ofRules, ruled, said } from './rule-world.ts';

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
