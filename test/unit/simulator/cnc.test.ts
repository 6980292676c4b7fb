import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, MINUTE, minutes, seconds } from '#simulator/kernel/time.ts';
import { taylorLifeS } from '#simulator/plant/machining/tool-life.ts';
import { modelOf } from './support.ts';

const calm = { 'ST03.timeToFailure': 'never' };
const mill = (seed: bigint, set: Record<string, unknown> = {}): Cell =>
  createCell(modelOf('pump-line'), { seed, set: { ...calm, ...set } });

/** Runs on until `is` holds, looking every few seconds. */
function runUntil(cell: Cell, is: () => boolean, everyS = 2): void {
  const limit = cell.now + hours(12);
  while (!is()) {
    if (cell.now > limit) throw new Error('It never came true.');
    cell.runUntil(cell.now + seconds(everyS));
  }
}

/** Minutes in the cut until 0.3 mm of flank wear, of the first `count` tools. */
function livesMin(seed: bigint, cuttingSpeed: number, count: number): number[] {
  const cell = mill(seed, { 'ST03.Program.CuttingSpeed': cuttingSpeed });
  const lives: number[] = [];
  let last = { tool: 1, wear: 0, cutMin: 0 };
  while (lives.length < count) {
    cell.runUntil(cell.now + seconds(15));
    const now = {
      tool: cell.read('ST03.Tool.Number'),
      wear: cell.read('ST03.Tool.Wear'),
      cutMin: cell.read('ST03.Tool.CuttingTime'),
    };
    if (now.tool !== last.tool) {
      expect(last.wear).toBeGreaterThanOrEqual(0.3);
      lives.push((last.cutMin * 0.3) / last.wear);
    }
    last = now;
  }
  return lives;
}

test("Taylor's law gives 16 min at 150 m/min and 5.0625 min at 200 m/min", () => {
  expect(taylorLifeS(150) / 60).toBe(16);
  expect(taylorLifeS(200) / 60).toBe(5.0625);
});

test('n and C of Taylor come back from simulated lives within 3 standard errors, and well within 5 %', () => {
  const points = [150, 175, 200, 225, 250].flatMap((speed, k) =>
    livesMin(BigInt(100 + k), speed, 30).map((life) => ({ x: Math.log(life), y: Math.log(speed) })),
  );
  // ln T = (ln C - ln V) / n: the scatter is in T, so T is what is regressed on V.
  const { slope, intercept, slopeError, residual } = regression(points.map(({ x, y }) => ({ x: y, y: x })));
  expect(residual).toBeGreaterThan(0.1); // lives do scatter
  expect(residual).toBeLessThan(0.2);
  expect(slopeError).toBeLessThan(0.3);
  expect(Math.abs(slope - -4)).toBeLessThan(3 * slopeError);
  // ln T where the points are: the mean has the smallest error.
  const meanX = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const expected = 4 * (Math.log(300) - meanX);
  expect(Math.abs(intercept + slope * meanX - expected)).toBeLessThan((3 * residual) / Math.sqrt(points.length));
  expect(Math.exp(-intercept / slope)).toBeCloseTo(300, -1.5);
});

interface Point {
  readonly x: number;
  readonly y: number;
}

function regression(points: readonly Point[]) {
  const n = points.length;
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / n;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const sxx = n * mean(({ x }) => (x - mx) ** 2);
  const slope = (n * mean(({ x, y }) => (x - mx) * (y - my))) / sxx;
  const intercept = my - slope * mx;
  const residual = Math.sqrt((n * mean(({ x, y }) => (y - intercept - slope * x) ** 2)) / (n - 2));
  return { slope, intercept, slopeError: residual / Math.sqrt(sxx), residual };
}

test('each tool has a life of its own, the same in every replay', () => {
  expect(livesMin(1n, 200, 4)).toEqual(livesMin(1n, 200, 4));
  expect(new Set(livesMin(1n, 200, 4).map((life) => life.toFixed(2))).size).toBe(4);
  for (const life of livesOf({ 'ST03.lifeScatter': 0 })) expect(Math.abs(life - 5.0625)).toBeLessThan(0.4);
});

function livesOf(set: Record<string, unknown>): number[] {
  const cell = mill(1n, { 'ST03.Program.CuttingSpeed': 200, ...set });
  runUntil(cell, () => cell.read('ST03.Tool.CuttingTime') > 2);
  return [(cell.read('ST03.Tool.CuttingTime') * 0.3) / cell.read('ST03.Tool.Wear')];
}

test('a blunt tool takes more load and more energy per part', () => {
  const energyPerPart = (wearLimit: number) => {
    const cell = mill(3n, { 'ST03.Tool.WearLimit': wearLimit });
    cell.runUntil(hours(6));
    const before = [cell.read('ST03.Meter.Energy'), cell.read('ST03.Counter.Parts')];
    cell.runUntil(hours(7.5));
    return (cell.read('ST03.Meter.Energy') - before[0]) / (cell.read('ST03.Counter.Parts') - before[1]);
  };
  expect(energyPerPart(0.6)).toBeGreaterThan(1.03 * energyPerPart(0.1));
});

test('the bore grows with the heat of the spindle and shrinks again after a long stop', () => {
  const cell = mill(4n, { 'ST03.spread': 0, 'ST03.wearDrift': 0, 'ST03.growth': 0.4 });
  runUntil(cell, () => cell.read('ST03.Counter.Parts') === 1);
  const cold = cell.read('ST03.Bore.Deviation');
  cell.runUntil(hours(3));
  const warm = cell.read('ST03.Bore.Deviation');
  expect(warm - cold).toBeGreaterThan(4);
  runUntil(cell, () => cell.read('ST03.Door.Closed') === 0 && cell.read('ST03.State.Current') === 5);
  cell.command({ target: 'ST03.Hold' });
  cell.runUntil(cell.now + hours(1));
  cell.command({ target: 'ST03.Unhold' });
  const made = cell.read('ST03.Counter.Parts');
  runUntil(cell, () => cell.read('ST03.Counter.Parts') > made);
  expect(warm - cell.read('ST03.Bore.Deviation')).toBeGreaterThan(3);
  const heatK = cell.read('ST03.Spindle.Temperature') - 22;
  expect(cell.read('ST03.Bore.Deviation')).toBeCloseTo(0.4 * (heatK - 14), 0);
});

test('diameter and deviation of a bore are one measurement', () => {
  const cell = mill(5n);
  cell.runUntil(hours(1));
  expect(cell.read('ST03.Bore.Diameter')).toBeCloseTo(51.96 + cell.read('ST03.Bore.Deviation') / 1000, 9);
});

test('speed and feed are read when a part begins', () => {
  const cell = mill(6n);
  runUntil(cell, () => cell.read('ST03.Cycle.Progress') > 20 && cell.read('ST03.Spindle.Speed') > 2380);
  cell.command({ target: 'ST03.Program.CuttingSpeed', value: 200, unit: 'm/min' });
  cell.runUntil(cell.now + seconds(1));
  expect(cell.read('ST03.Spindle.Speed')).toBeCloseTo(2387.3, 0);
  runUntil(cell, () => cell.read('ST03.Cycle.Progress') < 10);
  runUntil(cell, () => cell.read('ST03.Cycle.Progress') > 20);
  expect(cell.read('ST03.Spindle.Speed')).toBeCloseTo(3183.1, 0);
});

test.each([
  [{ target: 'ST03.Program.CuttingSpeed', value: 20 }, /80 to 250 m\/min/],
  [{ target: 'ST03.Program.CuttingSpeed', value: 200, unit: 'm/s' }, /m\/min/],
  [{ target: 'ST03.Program.Feed', value: 'fast' }, /number from 50 to 120/],
])('%o is refused', (order, why) => {
  expect(() => mill(1n).command(order)).toThrow(why);
});

test('the program has the number of the variant, and the energy state follows the reason', () => {
  const cell = mill(7n);
  const seen = new Map<number, Set<number>>();
  const states = new Set<number>();
  for (let k = 0; k < 4000; k++) {
    cell.runUntil(cell.now + seconds(5));
    const program = cell.read('ST03.Program.Number');
    const state = cell.read('ST03.Energy.State');
    states.add(state);
    expect(state === 3).toBe(cell.read('ST03.State.Current') === 6);
    seen.set(program, (seen.get(program) ?? new Set()).add(state));
  }
  expect([...seen.keys()].sort()).toEqual([0, 1001, 1002, 1003]);
  expect([...states].sort()).toEqual([2, 3]);
  runUntil(cell, () => cell.read('ST03.State.Current') === 5);
  cell.command({ target: 'ST03.Stop' });
  cell.runUntil(cell.now + MINUTE);
  expect(cell.read('ST03.Energy.State')).toBe(0);
});

test('coolant is carried out and topped up, and its oil is accounted for', () => {
  const cell = mill(8n);
  const levels: number[] = [];
  let [lowest, highest] = [100, 0];
  for (let k = 0; k < 400; k++) {
    cell.runUntil(cell.now + minutes(5));
    levels.push(cell.read('ST03.Coolant.Level'));
    const concentration = cell.read('ST03.Coolant.Concentration');
    lowest = Math.min(lowest, concentration);
    highest = Math.max(highest, concentration);
  }
  expect(Math.min(...levels)).toBeGreaterThan(59.9);
  expect(Math.max(...levels)).toBeGreaterThan(89);
  expect(lowest).toBeGreaterThan(4);
  expect(highest).toBeLessThan(10);
  expect(highest - lowest).toBeGreaterThan(1);
});

test('a leak that nobody tops up starves the pump, and the dry tool wears faster', () => {
  const cell = mill(9n, { 'ST03.coolantLoss': 60, 'ST03.topUpAt': 0, 'ST03.lifeScatter': 0 });
  runUntil(cell, () => cell.read('ST03.Coolant.Level') < 2);
  runUntil(cell, () => cell.read('ST03.Cycle.Progress') > 20 && cell.read('ST03.Spindle.Speed') > 2380);
  expect(cell.read('ST03.Coolant.Flow')).toBeLessThan(2);
  expect(cell.read('ST03.Coolant.Pressure')).toBeLessThan(0.1);
  const tool = cell.read('ST03.Tool.Number');
  runUntil(cell, () => cell.read('ST03.Tool.Number') > tool);
  runUntil(cell, () => cell.read('ST03.Tool.CuttingTime') > 4);
  const lifeMin = (cell.read('ST03.Tool.CuttingTime') * 0.3) / cell.read('ST03.Tool.Wear');
  expect(lifeMin).toBeLessThan(9);
  expect(lifeMin).toBeGreaterThan(7.9);
});

test('the trace of a part names program, tool, wear and bore as the signals show them', () => {
  const cell = mill(10n);
  const traces: Record<string, number | string>[] = [];
  const station = cell.model.plant.getStation('ST03');
  cell.listener = ({ event, t }) => {
    if (event === 'ST03.PartDone') traces.push(station.trace?.(cell.model.plant.parts.free, t) ?? {});
  };
  runUntil(cell, () => cell.read('ST03.Counter.Parts') === 60);
  expect(traces.length).toBe(60);
  expect(traces[59]).toMatchObject({
    tool: cell.read('ST03.Tool.Number'),
    toolWear: cell.read('ST03.Tool.Wear'),
    boreDeviation: cell.read('ST03.Bore.Deviation'),
    boreDiameter: cell.read('ST03.Bore.Diameter'),
  });
});

test('a soft casting lot takes less load and spares the tool', () => {
  const life = (softLot: number) => {
    const cell = mill(11n, { 'ST01.softLot': softLot, 'ST03.lifeScatter': 0 });
    runUntil(cell, () => cell.read('ST03.Tool.CuttingTime') > 8, 10);
    const wearPerMin = cell.read('ST03.Tool.Wear') / cell.read('ST03.Tool.CuttingTime');
    runUntil(cell, () => Math.abs(cell.read('ST03.Cycle.Progress') - 20) < 1, 0.2);
    return { wearPerMin, load: cell.read('ST03.Spindle.Load') };
  };
  const [nominal, soft] = [life(0), life(1)];
  expect(soft.wearPerMin / nominal.wearPerMin).toBeCloseTo(0.85, 1);
  expect(soft.load / nominal.load).toBeLessThan(0.92);
});
