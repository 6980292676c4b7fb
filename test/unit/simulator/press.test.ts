import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import type { Curve } from '#simulator/plant/capture.ts';
import { MEASURED } from '#simulator/plant/pressing/leak-test.ts';
import { modelOf } from './support.ts';

const press = (seed: bigint, set: Record<string, unknown> = {}): Cell =>
  createCell(modelOf('pump-line'), { seed, set: { 'ST07.timeToFailure': 'never', ...set } });

function curveOf(cell: Cell, path: string): Curve {
  const taken = cell.capture(path);
  if (taken.kind !== 'curve') throw new Error(taken.kind);
  return taken;
}

/** Runs until the press has done one more part. */
function nextPart(cell: Cell): void {
  const made = cell.read('ST07.Counter.Parts');
  const limit = cell.now + hours(2);
  while (cell.read('ST07.Counter.Parts') === made && cell.now < limit) cell.runUntil(cell.now + seconds(1));
}

/** What a press monitor finds in a force curve. */
function featuresOf({ x, y }: Curve) {
  const at = (mm: number) => y.values[x.values.indexOf(mm)];
  let work = 0;
  for (let k = 1; k < x.values.length; k++) {
    work += ((x.values[k] - x.values[k - 1]) * (y.values[k] + y.values[k - 1])) / 2;
  }
  const steep = x.values.findIndex((mm, k) => mm > 80 && (y.values[k + 1] - y.values[k]) / (x.values[k + 1] - mm) > 5);
  return {
    peakForce: Math.max(...y.values),
    midForce: at(75),
    slope: (at(80) - at(66)) / 14,
    work,
    seat: x.values[steep],
  };
}

const shown = (cell: Cell) => ({
  peakForce: cell.read('ST07.Ram.PeakForce'),
  midForce: cell.read('ST07.Ram.MidForce'),
  slope: cell.read('ST07.Ram.Slope'),
  work: cell.read('ST07.Ram.Work'),
  seat: cell.read('ST07.Ram.Seat'),
});

test.each([0, 0.3, 1])('the features that are shown are those of the captured curve, askew by %d', (misalignment) => {
  const cell = press(1n, { 'ST07.misalignment': misalignment });
  cell.runUntil(minutes(30));
  for (let k = 0; k < 40; k++) {
    nextPart(cell);
    const found = featuresOf(curveOf(cell, 'ST07.Ram.ForceCurve'));
    for (const [name, value] of Object.entries(shown(cell))) {
      expect(found[name as keyof typeof found], name).toBeCloseTo(value, 9);
    }
  }
});

test('the curve stays that of the last part while the next one is pressed', () => {
  const cell = press(2n);
  cell.runUntil(minutes(30));
  nextPart(cell);
  const curve = curveOf(cell, 'ST07.Ram.ForceCurve');
  const features = shown(cell);
  while (cell.read('ST07.Ram.Force') < 5) cell.runUntil(cell.now + seconds(0.2));
  expect(curveOf(cell, 'ST07.Ram.ForceCurve')).toEqual(curve);
  expect(shown(cell)).toEqual(features);
});

test('the force that is shown while it presses lies on the curve that is captured afterwards', () => {
  const cell = press(3n);
  cell.runUntil(minutes(30));
  nextPart(cell);
  const points: [number, number][] = [];
  const made = cell.read('ST07.Counter.Parts');
  while (cell.read('ST07.Counter.Parts') === made) {
    cell.runUntil(cell.now + seconds(0.05));
    const progress = cell.read('ST07.Cycle.Progress');
    if (progress > 15 && progress < 34) points.push([cell.read('ST07.Ram.Position'), cell.read('ST07.Ram.Force')]);
  }
  const { x, y } = curveOf(cell, 'ST07.Ram.ForceCurve');
  expect(points.length).toBeGreaterThan(50);
  for (const [mm, force] of points) {
    const k = x.values.findIndex((value) => value > mm);
    const share = (mm - x.values[k - 1]) / (x.values[k] - x.values[k - 1]);
    expect(force).toBeCloseTo(y.values[k - 1] + share * (y.values[k] - y.values[k - 1]), 2);
  }
});

test('the leak rate is that of the pressure curve, by the gas law', () => {
  const volumeMl = 250;
  for (const fixtureLeak of [0, 2, 40]) {
    const cell = press(4n, { 'ST07.fixtureLeak': fixtureLeak, 'ST07.testVolume': volumeMl });
    cell.runUntil(minutes(30));
    for (let k = 0; k < 20; k++) {
      nextPart(cell);
      const { x, y } = curveOf(cell, 'ST07.Leak.PressureCurve');
      const [from, to] = MEASURED;
      const drop = y.values[from] - y.values[to];
      const rate = (60 * volumeMl * drop) / (101.325 * (x.values[to] - x.values[from]));
      expect(rate).toBeCloseTo(cell.read('ST07.Leak.Rate'), 6);
      expect(drop).toBeCloseTo(cell.read('ST07.Leak.PressureDrop'), 9);
      expect(rate).toBeGreaterThan(fixtureLeak);
    }
  }
});

test('nothing can be captured before the first part, and the refusal says so', () => {
  const cell = press(5n);
  expect(() => cell.capture('ST07.Ram.ForceCurve')).toThrow(/pressed nothing yet/);
  expect(() => cell.capture('ST07.Leak.PressureCurve')).toThrow(/first part/);
});

interface Run {
  readonly parts: number;
  readonly pressRejects: number;
  readonly leakRejects: number;
  readonly scrapped: number;
  readonly forces: readonly number[];
  readonly bores: readonly number[];
}

function run(seed: bigint, set: Record<string, unknown>, hoursLong = 6): Run {
  const cell = press(seed, set);
  const forces: number[] = [];
  const bores: number[] = [];
  let pressed = 0;
  const bore = cell.model.plant.parts.feature('bore');
  const { loop, cycle } = cell.model.plant.getStation('ST07').self as {
    loop: { partOn(carrier: number): number };
    cycle: { part: number };
  };
  const inHand: { bore: number } = { bore: 0 };
  cell.listener = ({ event }) => {
    if (event === 'ST07.PartDone') inHand.bore = bore.of(loop.partOn(cycle.part));
  };
  for (let t = 0; t < hours(hoursLong); t += seconds(5)) {
    cell.runUntil(t);
    const parts = cell.read('ST07.Counter.Parts');
    if (parts === pressed) continue;
    pressed = parts;
    forces.push(cell.read('ST07.Ram.MidForce'));
    bores.push(inHand.bore);
  }
  return {
    parts: pressed,
    pressRejects: cell.read('ST07.Counter.PressRejects'),
    leakRejects: cell.read('ST07.Counter.LeakRejects'),
    scrapped: cell.look(({ parts }) => parts.scrapped),
    forces,
    bores,
  };
}

test('a wide bore takes less force', () => {
  const { forces, bores } = run(6n, {});
  expect(correlation(forces, bores)).toBeLessThan(-0.8);
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, k) => (value - ma) * (b[k] - mb)));
  return covariance / Math.sqrt(mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2)));
}

test('a sound press rejects hardly anything, an askew one by its windows, a leaking fixture by the leak test', () => {
  const sound = run(7n, {});
  const askew = run(7n, { 'ST07.misalignment': 0.8 });
  const leaking = run(7n, { 'ST07.fixtureLeak': 2 });
  expect(sound.pressRejects / sound.parts).toBeLessThan(0.01);
  expect(sound.leakRejects / sound.parts).toBeLessThan(0.02);
  expect(askew.pressRejects / askew.parts).toBeGreaterThan(0.9);
  expect(askew.leakRejects).toBeLessThan(0.1 * askew.parts);
  expect(leaking.pressRejects).toBe(sound.pressRejects);
  expect(leaking.leakRejects / leaking.parts).toBeGreaterThan(0.2);
  expect(leaking.scrapped).toBeGreaterThan(sound.scrapped + 50);
});

test('a window is a limit of its feature: moved, it rejects what lies outside and names it', () => {
  const cell = press(8n);
  cell.runUntil(hours(1));
  cell.command({ target: 'ST07.Window.WorkLow', value: 105, unit: 'J' });
  let missed = 0;
  for (let k = 0; k < 40; k++) {
    nextPart(cell);
    const isLow = cell.read('ST07.Ram.Work') < 105;
    if (isLow) missed += 1;
    expect(cell.read('ST07.Ram.Result')).toBe(isLow ? 3 : 0);
  }
  expect(missed).toBeGreaterThan(5);
  expect(missed).toBeLessThan(40);
});

test.each([
  [{ target: 'ST07.Window.PeakForceLow', value: -1 }, /0 to 40 kN/],
  [{ target: 'ST07.Window.PeakForceLow', value: 9, unit: 'N' }, /"kN"/],
  [{ target: 'ST07.Window.SeatLow', value: 'deep' }, /number/],
  [{ target: 'ST07.Leak.Limit', value: 100 }, /0.5 to 20/],
])('%o is refused', (order, why) => {
  expect(() => press(1n).command(order)).toThrow(why);
});

test('the trace of a part tells what the signals show', () => {
  const cell = press(9n);
  const station = cell.model.plant.getStation('ST07');
  const traces: Record<string, number | string>[] = [];
  cell.listener = ({ event, t }) => {
    if (event === 'ST07.PartDone') traces.push(station.trace?.(1, t) ?? {});
  };
  cell.runUntil(hours(1));
  nextPart(cell);
  expect(traces.at(-1)).toMatchObject({ ...shown(cell), leakRate: cell.read('ST07.Leak.Rate') });
});

test('the bearing lot is the one that the store gave out with the part, and its diameter moves the force', () => {
  const cell = press(10n, { 'ST07.lotSpread': 20, 'ST03.spread': 0, 'ST03.timeToFailure': 'never' });
  const ofLot = new Map<number, number[]>();
  for (let t = 0; t < hours(13); t += seconds(20)) {
    cell.runUntil(t);
    const lot = cell.read('ST07.Bearing.Lot');
    ofLot.set(lot, [...(ofLot.get(lot) ?? []), cell.read('ST07.Ram.MidForce')]);
  }
  expect([...ofLot.keys()]).toEqual([0, 1, 2, 3]);
  const mean = (lot: number) => (ofLot.get(lot) ?? []).reduce((sum, force, _, all) => sum + force / all.length, 0);
  expect(Math.max(mean(1), mean(2), mean(3)) - Math.min(mean(1), mean(2), mean(3))).toBeGreaterThan(0.5);
});
