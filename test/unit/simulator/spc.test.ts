import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import {
  factors,
  imr,
  knownLimits,
  type Limits,
  mean,
  outside,
  rangeOf,
  subgroupsOf,
  xbarR,
} from '#simulator/cell/spc.ts';
import { hours, seconds } from '#simulator/kernel/time.ts';
import { estimate } from '#server/replications.ts';
import { modelOf } from './support.ts';

const isTheory = import.meta.env.MODE === 'theory';
const SIGMA = 3.2;
/** Shewhart charts: shift of the mean in standard deviations of what is charted, and average run length. */
const TABLE = [
  [0, 370.398],
  [1, 43.895],
  [2, 6.303],
] as const;

/** Every bore of a theory cell whose mean is shifted, from the gauge as it measures. */
function bores(count: number, shift: number, seed: bigint, take: (bore: number) => void): void {
  const model = modelOf('theory/bore-in-control');
  const measured = model.signals[model.indexOf('Gauge.Measured')];
  const cell = createCell(model, { seed, set: { 'Mill.offset': shift } });
  cell.listener = ({ event, t }) => {
    if (event === 'Line.PartLeft') take(measured.at(t));
  };
  cell.runUntil(seconds(3 * count + 2));
}

/** Hands on the mean of every n values. */
function meansOf(n: number, take: (mean: number) => void): (value: number) => void {
  let sum = 0;
  let count = 0;
  return (value) => {
    sum += value;
    count += 1;
    if (count < n) return;
    take(sum / n);
    sum = count = 0;
  };
}

/** Counts points from one that is out of control to the next. */
function runLengths(limits: Limits): { readonly runs: number[]; readonly take: (point: number) => void } {
  const runs: number[] = [];
  let length = 0;
  const take = (point: number): void => {
    length += 1;
    if (point >= limits.lower && point <= limits.upper) return;
    runs.push(length);
    length = 0;
  };
  return { runs, take };
}

function expectArl(what: string, runs: readonly number[], reference: number, uncertainty = 0): void {
  const { mean: arl, standardError } = estimate(runs);
  const error = Math.hypot(standardError, uncertainty * reference);
  const z = (arl - reference) / error;
  const told = `${what}: ARL ${arl.toFixed(3)} of ${reference}, z ${z.toFixed(2)}`;
  if (isTheory) console.log(`${told}, standard error ${((100 * error) / reference).toFixed(2)} %`);
  expect(Math.abs(z), told).toBeLessThan(3);
  // Narrow enough that limits at 2.9 or 3.1 sigma would be found out.
  expect(error / reference, `${what}: too wide for the test to fail`).toBeLessThan(isTheory ? 0.03 : 0.12);
}

test.each(TABLE)(
  'individual bores, shifted by %d sigma, signal after %d parts',
  (shift, reference) => {
    const chart = runLengths(knownLimits(0, SIGMA));
    bores((isTheory ? 15_000 : 400) * reference, shift * SIGMA, 11n, chart.take);
    expectArl(`n 1, shift ${shift}`, chart.runs, reference);
  },
  300_000,
);

test.each(TABLE)(
  'means of 5 bores, shifted by %d of their sigma, signal after %d subgroups',
  (shift, reference) => {
    const n = 5;
    const phase1: number[] = [];
    const subgroups = isTheory ? 40_000 : 8000;
    bores(n * subgroups, 0, 12n, (bore) => phase1.push(bore));
    const { location, sigma } = xbarR(subgroupsOf(phase1, n));
    const chart = runLengths(location);
    bores(n * (isTheory ? 3000 : 150) * reference, (shift * sigma) / Math.sqrt(n), 13n, meansOf(n, chart.take));
    // What the estimated limits leave open: the ARL against sigma is steepest without a shift (9.9 % for 1 %).
    const { d2, d3 } = factors(n);
    expectArl(`n 5, shift ${shift}`, chart.runs, reference, (9.9 * d3) / d2 / Math.sqrt(subgroups));
  },
  300_000,
);

test('bores of the mill on the pump line, without drift, are as rarely out of control as the table says', () => {
  const run = (shift: number, h: number): number[] => {
    const model = modelOf('pump-line');
    const deviation = model.signals[model.indexOf('ST03.Bore.Deviation')];
    const set = { 'ST03.growth': 0, 'ST03.wearDrift': 0, 'ST03.offset': shift * SIGMA };
    const cell: Cell = createCell(model, { seed: 21n, set });
    const found: number[] = [];
    cell.listener = ({ event, t }) => {
      if (event === 'ST03.PartDone') found.push(deviation.at(t));
    };
    cell.runUntil(hours(h));
    return found;
  };
  const phase1 = run(0, isTheory ? 2000 : 300);
  const { location, sigma } = imr(phase1);
  expect(Math.abs(sigma / SIGMA - 1)).toBeLessThan(0.03);
  const parts = phase1.length;
  const found = outside(phase1, location).length;
  const expected = parts / TABLE[0][1];
  expect(Math.abs(found - expected)).toBeLessThan(3 * Math.sqrt(expected) + 0.02 * 9.9 * expected);
  for (const [shift, reference] of TABLE.slice(1)) {
    const chart = runLengths(knownLimits(0, SIGMA));
    run(shift, isTheory ? 600 : 120).forEach(chart.take);
    const { mean: arl, standardError } = estimate(chart.runs);
    expect(Math.abs(arl - reference), `shift ${shift}: ${arl}`).toBeLessThan(3 * standardError);
  }
}, 300_000);

test('factors are those of the tables', () => {
  const table = [
    [2, 1.12838, 1.88, 0, 3.2666],
    [4, 2.05875, 0.7286, 0, 2.2821],
    [5, 2.32593, 0.5768, 0, 2.1145],
    [10, 3.07751, 0.3083, 0.223, 1.777],
  ];
  for (const [n, d2, a2, lower, upper] of table) {
    const found = factors(n);
    [found.d2 - d2, found.a2 - a2, found.lower - lower, found.upper - upper].forEach((difference) =>
      expect(Math.abs(difference), `n ${n}`).toBeLessThan(1.5e-4),
    );
  }
});

test('a chart has the limits that one works out by hand, and finds what lies outside', () => {
  const { location, spread, sigma } = xbarR([
    [1, 3],
    [2, 6],
    [3, 3],
  ]);
  expect(spread.centre).toBe(2);
  expect(location.centre).toBe(3);
  expect(sigma).toBeCloseTo(2 / 1.12838, 12);
  expect(location.upper).toBeCloseTo(3 + 1.88 * 2, 3);
  expect(spread.upper).toBeCloseTo(3.2665 * 2, 3);
  expect(outside([3, 7, -1, location.upper], location)).toEqual([1, 2]);
  expect(imr([1, 2, 4]).sigma).toBeCloseTo(1.5 / 1.12838, 12);
  expect([mean([1, 2, 6]), rangeOf([4, 1, 9])]).toEqual([3, 8]);
  expect(subgroupsOf([1, 2, 3, 4, 5], 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a chart of subgroups that it has no factors for is refused', () => {
  expect(() => xbarR([[1]])).toThrow('no factors for subgroups of 1. Give 2 to 10');
  expect(() => xbarR([])).toThrow('no factors for subgroups of 0');
  expect(() =>
    xbarR([
      [1, 2],
      [1, 2, 3],
    ]),
  ).toThrow('Not all subgroups have 2 values');
  expect(() => imr([1])).toThrow('Give two or more');
});
