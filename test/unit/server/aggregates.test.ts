import { expect, test } from 'vitest';
import type { Aggregate, AggregateRules } from '#contract/processed.ts';
import { aggregate } from '#server/jobs/aggregate.ts';
import { addSample, beginTally } from '#server/jobs/tally.ts';
import type { Sample } from '#simulator/cell/sample.ts';

const SECOND = 1e6;
const RULES: AggregateRules = { treatUncertainAsBad: true, percentDataBad: 100, percentDataGood: 100 };

/** The raw data of Historian 1 in Annex A of OPC 10000-13: seconds after 12:00:00, value, quality. */
const HISTORIAN_1: readonly (readonly [seconds: number, value: number, quality?: 'bad' | 'uncertain'])[] = [
  [10, 10],
  [20, 20],
  [30, 30],
  [40, 40, 'bad'],
  [50, 50],
  [60, 60],
  [70, 70, 'uncertain'],
  [80, 80],
  [90, 90],
];
const statuses = { bad: 'BadNoCommunication', uncertain: 'UncertainLastUsableValue' } as const;
/** Of a bad sample, the value is the last that was usable. */
const samples: readonly Sample[] = HISTORIAN_1.map(([seconds, value, quality]) => ({
  tUs: seconds * SECOND,
  value: quality === 'bad' ? 30 : value,
  ...(quality && { status: statuses[quality] }),
}));

/** The aggregate of [from, to) seconds, as `value status source`. */
function over(name: Aggregate, fromS: number, toS: number, rules = RULES): string {
  const [fromUs, toUs] = [fromS * SECOND, toS * SECOND];
  const before = samples.filter(({ tUs }) => tUs < fromUs);
  const tally = beginTally(fromUs, before.at(-1)?.value, before.at(-1)?.status !== undefined);
  for (const sample of samples) if (sample.tUs >= fromUs && sample.tUs < toUs) addSample(tally, sample, rules);
  const found = aggregate(name, tally, { fromUs, toUs, isPartial: false }, rules);
  return [found.value ?? '-', found.status, found.source].join(' ');
}

test('Average is that of the good values; an interval without any has no data', () => {
  expect(over('Average', 0, 16)).toBe('10 Good calculated');
  expect(over('Average', 16, 32)).toBe('25 Good calculated');
  expect(over('Average', 32, 48)).toBe('- BadNoData calculated');
  expect(over('Average', 32, 64)).toBe('55 UncertainDataSubNormal calculated');
  expect(over('Average', 64, 80, { ...RULES, treatUncertainAsBad: false })).toBe('70 Good calculated');
  expect(over('Average', 64, 80)).toBe('- BadNoData calculated');
  expect(over('Average', 32, 64, { ...RULES, percentDataGood: 60 })).toBe('55 Good calculated');
  expect(over('Average', 32, 64, { ...RULES, percentDataGood: 90, percentDataBad: 30 })).toBe('55 Bad calculated');
});

test('Minimum and Maximum are raw at the very start of an interval, and subnormal beside values that are not good', () => {
  expect(over('Minimum', 16, 32)).toBe('20 Good calculated');
  expect(over('Minimum', 80, 96)).toBe('80 Good raw');
  expect(over('Maximum', 80, 96)).toBe('90 Good calculated');
  expect(over('Maximum', 48, 72)).toBe('60 UncertainDataSubNormal calculated');
  expect(over('Range', 16, 32)).toBe('10 Good calculated');
});

test('Count is the number of good values, none is 0 and good', () => {
  expect(over('Count', 16, 32)).toBe('2 Good calculated');
  expect(over('Count', 0, 10)).toBe('0 Good calculated');
  expect(over('Count', 48, 72)).toBe('2 UncertainDataSubNormal calculated');
  expect(over('Count', 40, 41)).toBe('0 Bad calculated');
});

test('TimeAverage weighs each value by how long it held', () => {
  // 10 holds until 20, 20 until 30, 30 until 32: (4 x 10 + 10 x 20 + 2 x 30) / 16.
  expect(over('TimeAverage', 16, 32)).toBe('18.75 Good calculated');
  // Nothing holds before 10.
  expect(over('TimeAverage', 0, 16)).toBe('10 Good calculated');
  // The bad value at 40 leaves 30 holding until 50: (18 x 30 + 10 x 50 + 4 x 60) / 32.
  expect(over('TimeAverage', 32, 64)).toBe('40 UncertainDataSubNormal calculated');
  expect(over('TimeAverage', 42, 46)).toBe('30 UncertainDataSubNormal calculated');
  expect(over('TimeAverage', 0, 5)).toBe('- BadNoData calculated');
});

test('Delta and the standard deviations are of the good values in the interval', () => {
  expect(over('Delta', 16, 32)).toBe('10 Good calculated');
  expect(over('Delta', 0, 16)).toBe('0 Good calculated');
  // 50 and 60, mean 55: 25 + 25.
  expect(over('StandardDeviationPopulation', 48, 64)).toBe('5 Good calculated');
  expect(over('StandardDeviationSample', 48, 64)).toBe(`${Math.sqrt(50)} Good calculated`);
  expect(over('StandardDeviationSample', 0, 16)).toBe('0 Good calculated');
});
