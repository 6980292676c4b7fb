import { describe, expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import type { Facts } from '#contract/facts.ts';
import { cellFacts } from '#server/labs/judge/cell-facts.ts';
import { evaluate } from '#server/labs/judge/expression/evaluate.ts';
import { labScope, type LabNames } from '#server/labs/judge/expression/lab-scope.ts';
import { NotYet } from '#server/labs/judge/expression/value.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const { model } = new Definitions(cellsFolder).patched('pump-line');
const cell = createCell(model, { seed: 7n });
cell.runUntil(2 * HOUR);
const basis = { nowMs: 0, nowUs: cell.now, anchorMs: 0, evidence: [], answers: {} };
const drawn = { n: 4, who: 'ST03', row: { station: 'ST07' } };
const facts: Facts = cellFacts(cell, { ...basis, drawn }, () => model, new Map(), new Map());
const names: LabNames = {
  windows: {
    hour: { from: 3600, to: 7200 },
    later: { from: 7200, to: 10_800 },
    batch: { from: 'hour.from', parts: '5 * n', at: 'ST03' },
  },
  derive: { twice: '2.0 * n', base: 'truth.power("line", hour)' },
};
const of = (text: string) => evaluate(text, labScope(facts, names));

test.each([
  ['1 + 2 * 3.5', 8],
  ['n == 4 && !(n > 5)', true],
  ['who == ST03 || who == "ST04"', true],
  ['row.station', 'ST07'],
  ['twice / n', 2],
  ['[1, 2, 3].filter(x, x > 1).size()', 2],
  ['[4, 5, 6].without(2)[1]', 6],
  ['"a" in ["a", "b"] ? 1 : 2', 1],
  ['{"ST03": 15.0}[who]', 15],
  ['round(2.0 / 3.0, 2)', 0.67],
  ['hour.to - hour.from', 3600],
  ['spc.outside([[1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [9, 9]])', [8]],
])('%s is %j', (text, wanted) => {
  expect(of(text)).toEqual(wanted);
});

describe('over a real line', () => {
  test('energy is power times time, by counters, by truth and by the integral of the power', () => {
    expect(Number(of('delta(Line.Energy, hour)'))).toBeCloseTo(Number(of('truth.energy("line", hour)')), 1);
    expect(Number(of('base'))).toBeCloseTo(Number(of('truth.energy("line", hour)')), 6);
    expect(Number(of('integral(Line.Power, hour) / 3600.0')) / Number(of('base'))).toBeCloseTo(1, 2);
  });

  test('parts are counted alike by events, by the counter and in a window of parts', () => {
    expect(of('parts(ST03, hour)')).toBe(of('delta(ST03.Counter.Parts, hour)'));
    expect(of('parts(ST03, batch)')).toBe(20);
    expect(of('each(ST03.Bore.Diameter, batch).size()')).toBe(20);
    expect(of('truth.serials(ST03, batch.from, batch.to).size()')).toBe(20);
  });

  test('a condition has a share of the time, a first time and a number of times', () => {
    const share = Number(of('share(ST03.State.Current == 6, hour)'));
    expect(share).toBeGreaterThan(0.3);
    expect(share + Number(of('share(ST03.State.Current != 6, hour)'))).toBeCloseTo(1, 9);
    expect(Number(of('firstTrue(ST03.State.Current == 6, hour)'))).toBeGreaterThanOrEqual(3600);
    expect(Number(of('count(ST03.State.Current == 6, hour)'))).toBeGreaterThan(5);
    expect(of('firstTrue(ST03.Spindle.Temperature > 500, hour)')).toBeNaN();
  });

  test('a drawn station is named in a path, and mistakes of sensors do not reach the truth', () => {
    expect(of('value(who + ".Counter.Parts", 7200)')).toBe(of('value(ST03.Counter.Parts, 7200)'));
    const faulty = createCell(model, {
      seed: 7n,
      scenario: [{ fault: 'meter-ratio', station: 'ST03', at: 0, factor: 3, hidden: true }],
    });
    faulty.runUntil(2 * HOUR);
    const seen = cellFacts(faulty, { ...basis, drawn }, () => model, new Map(), new Map());
    const there = (text: string) => Number(evaluate(text, labScope(seen, names)));
    expect(there('delta(ST03.Meter.Energy, hour)') / there('truth.energy(ST03, hour)')).toBeCloseTo(3, 1);
    expect(there('truth.energy(ST03, hour)')).toBeCloseTo(Number(of('truth.energy(ST03, hour)')), 6);
  });

  test('what has not come yet is neither right nor wrong', () => {
    expect(() => of('mean(Line.Power, later)')).toThrow(NotYet);
    expect(() => of('value(Line.Power, 9999)')).toThrow(NotYet);
  });

  test('expressions that would never end, or reach out of the line, are refused', () => {
    expect(() => of('x'.repeat(3000))).toThrow(/letters/);
    expect(() => of('"a".matches("(a+)+$")')).toThrow(/no function/);
    expect(() => of('process.exit(1)')).toThrow(/no function/);
    expect(() => of('"x".constructor.constructor')).toThrow();
    expect(() => of('"x".constructor(1)')).toThrow(/no function/);
  });
});

test('the fork of a line has other luck and the same configuration', () => {
  const own = createCell(model, { seed: 7n });
  own.runUntil(SECOND);
  own.command({ target: 'ST03.Program.Feed', value: 80 });
  own.command({ target: 'Rules.Define', value: { id: 'warm', when: 'ST03.Spindle.Temperature > 25', do: 'alarm' } });
  const mine = cellFacts(
    own,
    { ...basis, nowUs: own.now, drawn: { '#rule warm': 1 } },
    () => model,
    new Map(),
    new Map(),
  );
  const order = { set: {}, scenario: [], run: { parts: 10, station: 'ST03' } };
  const forks = ['0000000000000001', '0000000000000002'].map((seed) => mine.fork({ seed, ...order }));
  expect(forks.map((fork) => fork.config('ST03.Program.Feed'))).toEqual([80, 80]);
  const all = (fork: Facts) =>
    evaluate('rule.alarms("warm", {"from": 0, "to": now})', labScope(fork, { windows: {}, derive: {} }));
  expect(forks.map(all)).toEqual([1, 1]);
  expect(forks[0].nowUs).not.toBe(forks[1].nowUs);
});
