import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Model } from '#simulator/cell/model.ts';
import type { ScenarioEntry } from '#simulator/cell/scenario.ts';
import { estimateForks } from '#simulator/cell/what-if-estimates.ts';
import { FIGURES } from '#simulator/cell/what-if-figures.ts';
import { runForks, type Variant, type WhatIf } from '#simulator/cell/what-if.ts';
import { Slab } from '#simulator/kernel/memory.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { bytes, modelOf, pumpLine } from './support.ts';

const asItIs: Variant = { name: 'As it is', changes: [] };
const fasterBelt: Variant = {
  name: 'Faster belt',
  changes: [{ target: 'ST02.Belt.Speed', value: 0.3, unit: 'm/s' }],
};
const ask = (variants: readonly Variant[], more: Partial<WhatIf> = {}): WhatIf => ({
  ...{ variants, hours: 2, commonNumbers: true, luck: [2026, 7] },
  ...more,
});

function at(t: number, cell = pumpLine(7n)): Cell {
  cell.runUntil(t);
  return cell;
}

test('common random numbers cut the variance of a difference at least ten times, and independent ones do not', () => {
  const cell = at(hours(3));
  const gains = [true, false].map((commonNumbers) => {
    const whatIf = ask([asItIs, fasterBelt], { hours: 5, commonNumbers });
    const [, { differences = {} }] = estimateForks(runForks(cell, whatIf, { first: 0, count: 24 }));
    return differences.throughputPerHour?.gain ?? 0;
  });
  expect(gains[0]).toBeGreaterThan(10);
  expect(gains[1]).toBeGreaterThan(0.4);
  expect(gains[1]).toBeLessThan(2.5);
});

test('a change that touches nothing differs in nothing, in any fork', () => {
  const idle: Variant = { name: 'Same speed', changes: [{ target: 'ST02.Belt.Speed', value: 0.25 }] };
  const [, { differences = {} }] = estimateForks(
    runForks(at(minutes(70)), ask([asItIs, idle]), { first: 0, count: 4 }),
  );
  for (const { name } of FIGURES) {
    expect(differences[name], name).toMatchObject({ isSame: true, mean: 0, low: 0, high: 0 });
    expect(differences[name], name).not.toHaveProperty('gain');
  }
});

test('the line that is asked about stays as it is and goes on as if nobody had asked', () => {
  const [cell, twin] = [at(minutes(90)), at(minutes(90))];
  const before = bytes(cell.snapshot());
  runForks(cell, ask([asItIs, fasterBelt]), { first: 0, count: 3 });
  expect(bytes(cell.snapshot()).equals(before)).toBe(true);
  expect(cell.log.length).toBe(0);
  for (const each of [cell, twin]) each.runUntil(hours(4));
  expect(cell.hash).toBe(twin.hash);
});

test('it makes no difference which forks are run together, or in which order', () => {
  const cell = at(minutes(80));
  const whatIf = ask([asItIs, fasterBelt]);
  const whole = runForks(cell, whatIf, { first: 0, count: 6 });
  const [late, early] = [
    runForks(at(minutes(80)), whatIf, { first: 4, count: 2 }),
    runForks(cell, whatIf, { first: 0, count: 4 }),
  ];
  expect(late.window).toEqual(whole.window);
  expect(early.figures.map((forks, variant) => [...forks, ...late.figures[variant]])).toEqual(whole.figures);
});

test('two lines that differ only in what is still to come get the same answer', () => {
  const line = (...scenario: ScenarioEntry[]) => at(hours(2), createCell(modelOf('pump-line'), { seed: 7n, scenario }));
  const answerOf = (cell: Cell) => runForks(cell, ask([asItIs, fasterBelt]), { first: 0, count: 3 });
  const plain = answerOf(line());

  const planned = line(
    { fault: 'belt-slip', station: 'ST02', at: '125 min', slip: 14, hidden: true },
    { at: minutes(130), target: 'ST07.Fail', value: { forS: 3000 } },
    { fault: 'tool-wear', station: 'ST03', after: '220 parts at ST03', factor: 20, hidden: true },
  );
  expect(answerOf(planned)).toEqual(plain);
  planned.runUntil(hours(4));
  expect(planned.hash).not.toBe(at(hours(4), line()).hash);

  const doomed = line();
  const snapshot = doomed.snapshot();
  const slab = new Slab(doomed.model.plant.kernel.layout, snapshot);
  const drawn = slab.layout.regions.filter(({ path }) => path.endsWith('.toFailureUs'));
  expect(drawn.length).toBeGreaterThan(9);
  for (const { at: place } of drawn) slab.f64[place] = seconds(40);
  doomed.restore(snapshot);
  expect(answerOf(doomed)).toEqual(plain);
});

test('nobody learns how long a fault or a stop that has begun will last', () => {
  const line = (forS: number) =>
    at(
      minutes(100),
      createCell(modelOf('pump-line'), {
        seed: 3n,
        scenario: [
          { at: minutes(95), target: 'ST07.Fail', value: { forS } },
          { fault: 'belt-slip', station: 'ST02', at: '90 min', for: `${forS / 60} min`, slip: 10, hidden: true },
        ],
      }),
    );
  const answers = [1200, 5400].map((forS) => runForks(line(forS), ask([asItIs]), { first: 0, count: 3 }));
  expect(answers[1]).toEqual(answers[0]);
});

test('what a change is refused with is what the command itself is refused with', () => {
  const cell = at(minutes(70));
  const wrong = [
    { target: 'ST02.Belt.Spede', value: 0.3 },
    { target: 'ST02.Belt.Speed', value: 7 },
    { target: 'ST02.Belt.Speed', value: 'fast' },
    { target: 'ST02.Belt.Speed', value: 30, unit: 'cm/s' },
    { target: 'ST03.Unhold' },
    { target: 'Rules.Define', value: { id: 'r', when: 'ST03.Meter.Powr > 5', do: 'alarm' } },
  ];
  for (const change of wrong) {
    const plain = refusalOf(() => void cell.fork().command(change));
    const mine = refusalOf(
      () => void runForks(cell, ask([asItIs, { name: 'B', changes: [change] }]), { first: 0, count: 1 }),
    );
    expect(mine.message).toBe(`B: ${plain.message}`);
    expect([mine.hint, mine.code]).toEqual([plain.hint, plain.code]);
  }
  const hidden = { target: 'ST03.wearFactor', value: 9 };
  const asked = refusalOf(() => void runForks(cell, ask([{ name: 'A', changes: [hidden] }]), { first: 0, count: 1 }));
  expect(asked.code).toBe('unknown_target');
  const twice = [0.3, 0.2].map((value) => ({ target: 'ST02.Belt.Speed', value }));
  const both = refusalOf(() => void runForks(cell, ask([{ name: 'A', changes: twice }]), { first: 0, count: 1 }));
  expect(both.message).toMatch(/ST02\.Belt\.Speed to 0\.3 and to 0\.2/);
});

test('a rule may be part of a variant, and acts in its forks', () => {
  const rule = { id: 'slow', when: 'ST03.Counter.Parts > 0', do: 'set', parameter: 'ST02.Belt.Speed', to: 0.1 };
  const cell = at(minutes(70));
  const ruled: Variant = { name: 'With a rule', changes: [{ target: 'Rules.Define', value: rule }] };
  const [, { differences = {} }] = estimateForks(runForks(cell, ask([asItIs, ruled]), { first: 0, count: 6 }));
  expect(differences.throughputPerHour?.high).toBeLessThan(0);
  expect(cell.parameter('ST02.Belt.Speed')).toBe(0.25);
});

test('a machine that has worked for a while fails in its forks by the law that is left to it', () => {
  const [shape, meanS, workedS, moreS] = [3, 3600, 2400, 900];
  const model = new Model({
    parts: 8,
    stations: {
      Supply: { type: 'source', to: 'M' },
      M: { type: 'machine', time: 7, timeToFailure: { weibull: [shape, meanS] }, repairTime: 9000, to: 'Exit' },
      Exit: { type: 'sink' },
    },
  });
  const lines = Array.from({ length: 20 }, (_, seed) => at(seconds(workedS), createCell(model, { seed })));
  const cell = lines.find((line) => line.read('M.State.Reason') === 1)!;
  const count = 3000;
  const { figures } = runForks(cell, ask([asItIs], { hours: moreS / 3600 }), { first: 0, count });
  const [forks] = figures;
  const failed = forks.filter((own) => own[1] < Math.floor(moreS / 7) - 1).length / count;
  const scaleS = meanS / 0.8929795115692493; // gamma(4/3)
  const survives = (s: number) => Math.exp(-((s / scaleS) ** shape));
  // The last cycle before a failure counts as failed only if two parts are missing.
  const expected = 1 - survives(workedS + moreS - 14) / survives(workedS);
  expect(Math.abs(failed - expected)).toBeLessThan(3 * Math.sqrt((expected * (1 - expected)) / count) + 0.01);
});

test('the interval covers the true mean 95 times in 100', () => {
  const model = new Model({
    parts: 8,
    stations: {
      Supply: { type: 'source', to: 'M' },
      M: { type: 'machine', time: { exponential: 10 }, to: 'Exit' },
      Exit: { type: 'sink' },
    },
  });
  const trials = 600;
  let covered = 0;
  for (let seed = 1; seed <= trials; seed++) {
    const cell = at(seconds(600), createCell(model, { seed }));
    const whatIf = ask([asItIs], { hours: 0.5, luck: [seed, 99] });
    const [{ means }] = estimateForks(runForks(cell, whatIf, { first: 0, count: 12 }));
    const { low = NaN, high = NaN } = means.throughputPerHour ?? {};
    if (low <= 360 && 360 <= high) covered += 1;
  }
  expect(Math.abs(covered / trials - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / trials));
});

test('a figure that no fork has is left out, and one that some have says how many', () => {
  const own = (left: number) => FIGURES.map(({ name }) => (name === 'leadTimeMin' ? left : 1));
  const [none] = estimateForks({ figures: [[own(NaN), own(NaN)]] });
  expect(none.means).not.toHaveProperty('leadTimeMin');
  const [some, other] = estimateForks({
    figures: [
      [own(NaN), own(4), own(6)],
      [own(3), own(NaN), own(9)],
    ],
  });
  expect(some.means.leadTimeMin).toMatchObject({ n: 2, mean: 5 });
  expect(other.differences?.leadTimeMin).toEqual({ n: 1, mean: 3, isSame: false });
});

function refusalOf(work: () => void): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
