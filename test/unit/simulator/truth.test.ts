import { describe, expect, test } from 'vitest';
import { capabilityOf } from '#simulator/cell/capability.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { history, walk } from '#simulator/cell/history.ts';
import { effectivenessOf } from '#simulator/cell/oee.ts';
import { type Truth, truth } from '#simulator/cell/truth.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { CHARACTERISTICS } from '#simulator/plant/parts/characteristics.ts';
import { modelOf, pumpLine } from './support.ts';

const line = pumpLine(31n);
line.runUntil(hours(12));
const [fromUs, middleUs, toUs] = [hours(1), hours(5.3), hours(11)];
const whole = truth(line, { fromUs, toUs });

test('two windows add up to the one that holds both', () => {
  const parts = [truth(line, { fromUs, toUs: middleUs }), truth(line, { fromUs: middleUs, toUs })];
  const sum = (of: (each: Truth) => number) => parts.reduce((total, each) => total + of(each), 0);
  for (const figure of ['started', 'finished', 'scrapped', 'energyKwh', 'costSek', 'co2Kg'] as const) {
    expect(
      sum(({ line: of }) => of[figure]),
      figure,
    ).toBeCloseTo(whole.line[figure], 9);
  }
  for (const [id, station] of Object.entries(whole.stations)) {
    for (const figure of ['pbtUs', 'aptUs', 'austUs', 'adetUs', 'adotUs', 'made', 'good', 'failures'] as const) {
      expect(
        sum(({ stations }) => stations[id][figure]),
        `${id} ${figure}`,
      ).toBe(station[figure]);
    }
  }
  for (const [cause, count] of Object.entries(whole.scrap)) expect(sum(({ scrap }) => scrap[cause] ?? 0)).toBe(count);
  expect(Object.values(whole.scrap).reduce((a, b) => a + b, 0)).toBe(whole.line.scrapped);
  expect(whole.line.scrapped).toBeGreaterThan(0);
});

test('the cell that is asked stays as it is', () => {
  const { hash, now } = line;
  truth(line, { fromUs, toUs });
  expect([line.hash, line.now]).toEqual([hash, now]);
});

test('what the stations reject for good is what leaves as scrap, and what they send back leaves after rework', () => {
  const stations = Object.values(whole.stations);
  const scrapped = stations.reduce((sum, { made, scrapRatio }) => sum + made * scrapRatio, 0);
  // One may be on its way from where it was rejected to where it is taken off.
  expect(Math.abs(scrapped - whole.line.scrapped)).toBeLessThan(1.5);
  expect(whole.stations.ST07.scrapRatio * whole.stations.ST08.scrapRatio).toBeGreaterThan(0);
  const { firstPassYield, quality, scrapRatio, reworkRatio } = whole.line;
  expect(firstPassYield).toBeLessThan(quality);
  expect(quality + scrapRatio).toBeCloseTo(1, 12);
  expect(firstPassYield + reworkRatio).toBeGreaterThanOrEqual(quality - 1e-12);
});

test('the peak is the highest quarter of an hour that the main meter shows', () => {
  const index = line.model.indexOf('ST12.Meter.Main.Energy');
  const [energy] = history(line, [index], { fromUs, toUs, everyUs: minutes(15) });
  const peak = Math.max(...energy.slice(1).map((kwh, k) => 4 * (kwh - energy[k])));
  // The meter shows whole watt hours.
  expect(Math.abs(whole.line.peakKw - peak)).toBeLessThan(0.005);
  expect(whole.line.peakKw).toBeGreaterThan(whole.line.meanKw);
});

describe('a feature of the drawing', () => {
  test.each(CHARACTERISTICS.filter(({ name }) => name in whole.features))(
    '$name is measured on every part, as the samples of its signal tell',
    ({ name, stationType, signal }) => {
      const found = whole.features[name];
      const station = [...line.model.plant.stations.values()].find(({ type }) => type.name === stationType)?.path;
      const values: number[] = [];
      let made = NaN;
      const index = line.model.indexOf(`${station}.${signal}`);
      const counter = line.model.indexOf(`${station}.Counter.Parts`);
      const last = new Map<number, number>();
      walk(line, [index, counter], fromUs, toUs, (which, { value }) => {
        last.set(which, value);
        const count = last.get(counter) ?? NaN;
        if (which !== counter) return;
        if (count > made) values.push(last.get(index) ?? NaN);
        made = count;
      });
      expect(found.n).toBe(whole.stations[station ?? ''].made);
      expect(Math.abs(found.n - values.length)).toBeLessThanOrEqual(1);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const { resolution } = line.model.signals[index];
      expect(Math.abs((found.mean ?? NaN) - mean)).toBeLessThan(resolution + 0.01 * (found.sigmaOverall ?? NaN));
    },
  );

  test('has Cp and Cpk by the mean range of five, and Pp and Ppk by all values', () => {
    const values = [10, 12, 11, 9, 13, 12, 10, 11, 12, 10];
    const found = capabilityOf({ unit: 'um', lower: 5, upper: 16 }, values);
    const within = (4 + 2) / 2 / 2.32593;
    expect(found).toMatchObject({ n: 10, outside: 0, mean: 11, cp: 11 / (6 * within), cpk: 5 / (3 * within) });
    expect(found.sigmaOverall).toBeCloseTo(Math.sqrt(14 / 9), 12);
    expect(found.ppk).toBeCloseTo(5 / (3 * Math.sqrt(14 / 9)), 12);
  });

  test('with one limit has Cpk alone, and without values nothing', () => {
    const one = capabilityOf({ unit: 'mL/min', lower: undefined, upper: 12 }, [10, 12, 11, 9, 13]);
    expect([one.cp, one.outside]).toEqual([undefined, 1]);
    expect(one.cpk).toBeCloseTo(1 / (3 * (4 / 2.32593)), 12);
    expect(capabilityOf({ unit: 'um', lower: 0, upper: 1 }, [])).toMatchObject({
      n: 0,
      mean: undefined,
      cpk: undefined,
    });
  });
});

test('OEE and its parts follow ISO 22400-2', () => {
  // 8 h less 30 min of breaks; 300 min of work, 20 of set-up, 50 of own delays, 80 waiting for others.
  const min = 60e6;
  const elements = { pbtUs: 450, aubtUs: 370, auptUs: 320, aptUs: 300, austUs: 20, adetUs: 50, adotUs: 80, downUs: 30 };
  const us = Object.fromEntries(Object.entries(elements).map(([name, value]) => [name, value * min]));
  const found = effectivenessOf(us as typeof elements, { made: 570, good: 551, scrapped: 14, plannedRunS: 30 });
  const expected = {
    ...{ availability: 2 / 3, effectiveness: 0.95, quality: 551 / 570, oee: (2 / 3) * 0.95 * (551 / 570) },
    ...{ nee: (320 / 450) * 0.95 * (551 / 570), utilisationEfficiency: 300 / 370, allocationEfficiency: 370 / 450 },
    ...{ technicalEfficiency: 300 / 350, setupRatio: 1 / 16, scrapRatio: 14 / 570 },
  };
  for (const [name, value] of Object.entries(expected)) {
    expect(found[name as keyof typeof found], name).toBeCloseTo(value, 12);
  }
});

test('a failure counts with its time to restore, a stop by command does not and is no planned time', () => {
  const scenario = [
    { at: hours(1.2), target: 'ST12.Fail', value: { forS: 300 } },
    { at: hours(1.7), target: 'ST12.Fail', value: { forS: 500 } },
    { at: hours(2.2), target: 'ST12.Stop' },
    { at: hours(2.4), target: 'ST12.Reset' },
    { at: hours(2.5), target: 'ST12.Start' },
  ];
  const [cell, calm] = [createCell(modelOf('pump-line'), { seed: 3, scenario }), pumpLine(3n)];
  for (const each of [cell, calm]) each.runUntil(hours(3));
  const window = { fromUs: hours(1), toUs: hours(3) };
  expect(truth(calm, window).stations.ST12.failures).toBe(0);
  const { failures, mtbfS, mttrS, downUs, pbtUs } = truth(cell, window).stations.ST12;
  expect([failures, mtbfS, mttrS, downUs]).toEqual([2, 1800, 400, seconds(800)]);
  // Off from Stop until Start: 18 min.
  expect(pbtUs).toBe(hours(2) - minutes(18));
});

test('breaks are no planned time of who takes them, however the calendar turns', () => {
  const at = (t: number) => line.past(t).read('Shifts.Planned.OffTime');
  const breaksH = at(hours(11)) - at(hours(1));
  expect(breaksH).toBeGreaterThan(0.4);
  const { pbtUs } = whole.stations.ST06;
  // Who is at work on a part finishes it first, or puts it down: in less than a cycle.
  expect(Math.abs(hours(10) - pbtUs - hours(breaksH))).toBeLessThan(minutes(4));
  expect(whole.stations.ST04.pbtUs).toBeGreaterThan(pbtUs);
});

test('a textbook queue has a truth too: the server works 80 % of the time, and L = X W', () => {
  const cell = createCell(modelOf('theory/mm1'), { seed: 5 });
  cell.runUntil(seconds(60_000));
  const { line: of, stations, features } = truth(cell, { fromUs: seconds(2000), toUs: seconds(60_000) });
  expect(stations.Server.availability).toBeCloseTo(0.8, 1);
  expect(of.wip).toBeCloseTo((of.throughputPerHour / 3600) * of.leadTimeS, 1);
  expect([features, of.costSek, of.scrapRatio]).toEqual([{}, 0, 0]);
});

test.each([
  [hours(2), hours(13)],
  [hours(3), hours(2)],
  [-1, hours(2)],
  [NaN, hours(2)],
])('a window from %d to %d us is refused', (from, to) => {
  expect(() => truth(line, { fromUs: from, toUs: to })).toThrow(/window between 0 and .*12:00:00/);
});
