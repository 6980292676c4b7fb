import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { modelOf } from './support.ts';

const printers = (seed: bigint, set: Record<string, unknown> = {}): Cell =>
  createCell(modelOf('pump-line'), { seed, set: { 'ST05.timeToFailure': 'never', ...set } });
const covers = (cell: Cell) => {
  const [stock, printed, used, scrapped] = ['Stock', 'Printed', 'Used', 'Scrapped'].map((name) =>
    cell.read(`ST05.Covers.${name}`),
  );
  return { stock, printed, used, scrapped };
};

test.each([
  [0, {}],
  [20, {}],
  [20, { 'ST05.nozzleClog1': 0.5, 'ST05.layerShift2': 1 }],
  [7, { 'ST05.coversPerBuild': 1, 'ST05.Covers.Most': 100 }],
  [200, { 'ST05.coversPerBuild': 20 }],
])('covers printed, with the first %d, are those used, in stock and thrown away, with %o', (first, set) => {
  const cell = printers(1n, { 'ST05.covers': first, ...set });
  for (let t = 0; t <= hours(30); t += minutes(7)) {
    cell.runUntil(t);
    const { stock, printed, used, scrapped } = covers(cell);
    expect(first + printed).toBe(used + stock + scrapped);
  }
  expect(covers(cell).printed).toBeGreaterThan(50);
  expect(covers(cell).used).toBeGreaterThan(50);
});

test('only parts of the variant with a printed cover get one, and each gets one', () => {
  const cell = printers(2n);
  const { variant, loop, cycle } = cell.model.plant.getStation('ST05').self as {
    variant: { of(part: number): number };
    loop: { partOn(carrier: number): number };
    cycle: { part: number };
  };
  const variants: number[] = [];
  cell.listener = ({ event }) => {
    if (event === 'ST05.PartDone') variants.push(variant.of(loop.partOn(cycle.part)));
  };
  cell.runUntil(hours(8));
  expect(new Set(variants)).toEqual(new Set([2]));
  expect(variants.length).toBeGreaterThan(50);
  expect(Math.abs(covers(cell).used - variants.length)).toBeLessThanOrEqual(1);
});

test('the trace of a part names a finished job, oldest first, with the filament lot that was on that printer', () => {
  const cell = printers(3n);
  const station = cell.model.plant.getStation('ST05');
  const { shelf, coversPerBuild } = station.self as { shelf: { job: number; lot: number }; coversPerBuild: number };
  const lots = new Map([[0, 0]]);
  const jobs: number[] = [];
  const traced: unknown[] = [];
  cell.listener = ({ event, t }) => {
    if (event !== 'ST05.PartDone') return;
    const trace = station.trace?.(1, t) ?? {};
    jobs.push(Number(trace.job));
    traced.push(trace.filamentLot);
    expect([trace.job, trace.filamentLot]).toEqual([shelf.job, shelf.lot]);
  };
  const finished: number[] = [];
  const layers = [0, 0, 0];
  while (cell.now < hours(10)) {
    cell.runUntil(Math.min(cell.nextUs, cell.now + seconds(5)));
    for (const k of [1, 2, 3]) {
      const [job, layer] = [cell.read(`ST05.Printer${k}.Job`), cell.read(`ST05.Printer${k}.Layer`)];
      if (layer < 180 && layer > 0) lots.set(job, cell.read(`ST05.Printer${k}.FilamentLot`));
      if (layer === 180 && layers[k - 1] < 180) finished.push(job);
      layers[k - 1] = layer;
    }
  }
  const order = [0, ...finished];
  const ranks = jobs.map((job) => order.indexOf(job));
  expect(Math.min(...ranks)).toBe(0);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(ranks[ranks.length - 1]).toBeGreaterThan(8);
  expect(traced).toEqual(jobs.map((job) => lots.get(job)));
  for (const job of new Set(jobs.slice(20, -coversPerBuild))) {
    expect(jobs.filter((each) => each === job).length).toBe(coversPerBuild);
  }
});

test('a job heats nozzle, bed and chamber, grows layer by layer and takes filament', () => {
  const cell = printers(4n);
  while (cell.read('ST05.Printer1.Layer') !== 90) cell.runUntil(cell.now + seconds(2));
  const left = cell.read('ST05.Printer1.Filament');
  expect(cell.read('ST05.Printer1.NozzleTemperature')).toBeCloseTo(245, -1);
  expect(cell.read('ST05.Printer1.BedTemperature')).toBeGreaterThan(95);
  expect(cell.read('ST05.Printer1.ChamberTemperature')).toBeGreaterThan(50);
  while (cell.read('ST05.Printer1.Layer') !== 180) cell.runUntil(cell.now + seconds(2));
  expect(left - cell.read('ST05.Printer1.Filament')).toBeCloseTo(19.5, 0);
  expect(cell.read('ST05.Printer1.ExtruderCurrent')).toBe(0);
  expect(cell.read('ST05.Job.Layers') * cell.read('ST05.Job.LayerHeight')).toBeCloseTo(18);
});

test('a spool that does not last for another job is changed, and only then', () => {
  const cell = printers(5n);
  let changes = 0;
  let before = cell.read('ST05.Printer1.Filament');
  for (let t = 0; t < hours(40); t += seconds(20)) {
    cell.runUntil(t);
    const now = cell.read('ST05.Printer1.Filament');
    if (now > before) {
      changes += 1;
      expect(before).toBeLessThan(78.1);
      expect(now).toBe(1000);
    }
    before = now;
  }
  expect(changes).toBeGreaterThan(1);
  expect(cell.read('ST05.Printer1.FilamentLot')).toBeGreaterThan(1);
});

test('a clogged nozzle shows in current and flow, and covers are thrown away; a sound one is not touched', () => {
  const cell = printers(6n, { 'ST05.nozzleClog2': 0.4 });
  const means = [0, 0, 0].map(() => ({ current: 0, flow: 0, n: 0 }));
  for (let t = minutes(30); t < hours(8); t += seconds(30)) {
    cell.runUntil(t);
    means.forEach((mean, k) => {
      if (cell.read(`ST05.Printer${k + 1}.ExtruderCurrent`) === 0) return;
      mean.current += cell.read(`ST05.Printer${k + 1}.ExtruderCurrent`);
      mean.flow += cell.read(`ST05.Printer${k + 1}.Flow`);
      mean.n += 1;
    });
  }
  const [first, second, third] = means.map(({ current, flow, n }) => ({ current: current / n, flow: flow / n }));
  expect(second.current / first.current).toBeCloseTo(1.36, 1);
  expect(second.flow).toBeCloseTo(76, 0);
  expect(first.flow).toBeCloseTo(third.flow, 0);
  expect(covers(cell).scrapped).toBeGreaterThan(5);
  const sound = printers(6n);
  sound.runUntil(hours(8));
  expect(covers(sound).scrapped).toBe(0);
});

test('without covers the handler waits for material, and goes on with the next finished job', () => {
  const cell = printers(7n, { 'ST05.covers': 0, 'ST05.layerShift1': 1, 'ST05.layerShift2': 1, 'ST05.layerShift3': 1 });
  cell.runUntil(hours(3));
  expect(cell.read('ST05.State.Reason')).toBe(8);
  expect(covers(cell)).toMatchObject({ stock: 0, used: 0 });
  expect(covers(cell).scrapped).toBe(covers(cell).printed);
});

test('a full shelf pauses the printers', () => {
  const cell = printers(8n);
  cell.command({ target: 'ST05.Hold' });
  cell.runUntil(hours(6));
  const { stock, used, printed } = covers(cell);
  expect(used).toBe(0);
  expect(stock).toBe(20 + printed);
  expect(stock).toBeGreaterThanOrEqual(24);
  expect(stock).toBeLessThan(24 + 18);
});
