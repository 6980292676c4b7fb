import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { insist, modelOf } from './support.ts';

const model = modelOf('pump-line');
const line = (set: Record<string, number> = {}): Cell => createCell(model, { seed: 8n, set });
const EXECUTE = 6;
const HELD = 11;
const STOPPED = 2;
const NO_MATERIAL = 8;

function until(cell: Cell, isSo: () => boolean): void {
  const limit = cell.now + hours(8);
  while (!isSo()) {
    if (cell.now > limit) throw new Error('It did not come to that.');
    cell.runUntil(Math.min(cell.nextUs, cell.now + seconds(10)));
  }
}

const state = (cell: Cell): number => cell.read('ST10.State.Current');

test('a carton weighs what is in it, and every pump knows its carton', () => {
  const cell = line();
  const { parts, variant, trace } = cell.look(({ parts, stations }) => {
    const station = stations.get('ST10')!;
    return { parts, variant: parts.feature('variant'), trace: station.trace! };
  });
  const weight = model.signals[model.indexOf('ST10.Carton.Weight')];
  let content: number[] = [];
  const cartons: number[] = [];
  const off: string[] = [];
  cell.listener = ({ event, value, t }) => {
    if (event === 'ST10.CartonDone') cartons.push(value);
    if (event !== 'ST10.PartDone') return;
    content.push(variantAt(variant.of(parts.find(value))).massKg);
    const { carton } = trace(parts.find(value), t);
    if (carton !== Math.max(cartons.length, content.length < 6 ? cartons.length + 1 : 0)) off.push(`carton ${carton}`);
    if (content.length < 6) return;
    const expected = 0.42 + content.reduce((sum, kg) => sum + kg, 0);
    if (Math.abs(weight.at(t) - expected) > 0.08) off.push(`${weight.at(t)} kg, not ${expected}`);
    content = [];
  };
  cell.runUntil(hours(4));
  expect(off).toEqual([]);
  expect(cartons.length).toBeGreaterThan(30);
  expect(cartons).toEqual(cartons.map((_, k) => k + 1));
});

test('film and labels are used with every carton, and what runs out is filled up by hand', () => {
  const cell = line({
    'ST10.filmRoll': 15,
    'ST10.labelRoll': 10_000,
    'ST10.badLabelShare': 0.2,
    'ST10.blankStock': 1000,
  });
  cell.runUntil(minutes(30));
  const made = cell.read('ST10.Cartons.Made');
  expect(made).toBeGreaterThan(3);
  expect(made).toBeLessThan(10);
  expect(cell.read('ST10.Film.Left')).toBe(15 - 1.5 * made);
  until(cell, () => cell.read('ST10.State.Reason') === NO_MATERIAL);
  expect(cell.read('ST10.Film.Left')).toBeLessThan(1.5);
  expect(cell.read('ST10.Carton.Fill')).toBe(0);
  until(cell, () => state(cell) === EXECUTE);
  expect(cell.read('ST10.Film.Left')).toBe(15);
  cell.runUntil(hours(8));
  const [cartons, bad] = ['Cartons.Made', 'Admin.ProdDefectiveCount'].map((name) => cell.read(`ST10.${name}`));
  expect(cell.read('ST10.Labels.Left')).toBe(10_000 - cartons - bad);
  expect(bad / cartons).toBeGreaterThan(0.1);
  expect(bad / cartons).toBeLessThan(0.3);
});

test('Refill says what it cannot do, and otherwise lets the machine go on', () => {
  const cell = line({ 'ST10.filmRoll': 15 });
  cell.runUntil(minutes(40));
  until(cell, () => state(cell) === EXECUTE);
  for (const [value, message] of [
    ['film', 'ST10 cannot change film in state Execute: the guard is locked. Hold the machine first'],
    ['glue', 'ST10 cannot fill up "glue". Give cartons, film, labels.'],
    [undefined, 'cannot fill up nothing'],
  ] as const) {
    expect(() => cell.command({ target: 'ST10.Refill', value })).toThrow(message);
  }
  cell.command({ target: 'ST10.Refill', value: 'cartons' });
  expect(cell.read('ST10.Blanks.Left')).toBe(60);
  expect(() => cell.command({ target: 'ST10.Refill', value: 'cartons' })).toThrow('ST10 is full of cartons.');
  until(cell, () => cell.read('ST10.State.Reason') === NO_MATERIAL);
  cell.command({ target: 'ST10.Refill', value: 'film' });
  expect(cell.read('ST10.Film.Left')).toBe(15);
  expect(cell.read('ST10.State.Reason')).not.toBe(NO_MATERIAL);
});

test('the unit mode changes where the standard lets it, and production starts in Produce only', () => {
  const cell = line();
  cell.runUntil(minutes(40));
  until(cell, () => state(cell) === EXECUTE);
  const setMode = (value: unknown) => cell.command({ target: 'ST10.SetMode', value });
  expect(() => setMode(2)).toThrow('ST10 cannot change mode in state Execute');
  cell.command({ target: 'ST10.Hold' });
  until(cell, () => state(cell) === HELD);
  expect(() => setMode('Maintenance')).toThrow('Stop it first: the mode changes in Stopped, Idle or Aborted.');
  expect(() => cell.command({ target: 'ST10.ResetCounts' })).toThrow(
    'ST10 resets its counts in mode Maintenance only.',
  );
  cell.command({ target: 'ST10.Stop' });
  until(cell, () => state(cell) === STOPPED);
  setMode('Maintenance');
  expect(cell.read('ST10.Status.UnitModeCurrent')).toBe(2);
  expect(() => setMode(4)).toThrow(Refusal);
  expect(cell.read('ST10.Admin.ProdProcessedCount')).toBe(cell.read('ST10.Cartons.Made'));
  const made = cell.read('ST10.Cartons.Made');
  cell.command({ target: 'ST10.ResetCounts' });
  expect(cell.read('ST10.Admin.ProdProcessedCount')).toBe(0);
  insist(cell, { target: 'ST10.Reset' });
  cell.runUntil(cell.now + seconds(10));
  expect(() => cell.command({ target: 'ST10.Start' })).toThrow('mode Maintenance. Set mode 1 (Produce) first');
  setMode(1);
  cell.command({ target: 'ST10.Start' });
  cell.runUntil(cell.now + hours(1));
  expect(cell.read('ST10.Admin.ProdProcessedCount')).toBe(cell.read('ST10.Cartons.Made') - made);
  expect(cell.read('ST10.Admin.ProdProcessedCount')).toBeGreaterThan(3);
});

test('PackTags say the same as the other signals of the station, and the speed is what was wanted', () => {
  const cell = line();
  const speeds: number[] = [];
  cell.runUntil(minutes(40));
  cell.command({ target: 'ST10.Command.MachSpeed', value: 2, unit: '/min' });
  expect(() => cell.command({ target: 'ST10.Command.MachSpeed', value: 9 })).toThrow('Give a number from 1 to 4 /min');
  cell.runUntil(cell.now + minutes(2));
  while (cell.now < hours(2)) {
    cell.runUntil(cell.nextUs);
    expect(cell.read('ST10.Status.StateCurrent')).toBe(state(cell));
    expect(cell.read('ST10.Status.UnitModeCurrent')).toBe(cell.read('ST10.State.Mode'));
    const speed = cell.read('ST10.Status.CurMachSpeed');
    if (state(cell) === EXECUTE) speeds.push(speed);
    else expect(speed).toBe(0);
  }
  const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
  expect(mean).toBeGreaterThan(1.8);
  expect(mean).toBeLessThan(2.1);
});
