import { expect, test } from 'vitest';
import type { Cell, CommandOrder } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, SECOND } from '#simulator/kernel/time.ts';
import { changeoverUs, workS } from '#simulator/plant/parts/recipes.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { modelOf, pumpLine } from './support.ts';

const timeIn = (cell: Cell, station: string, reason: number) =>
  cell.look(({ stations }, t) => stations.get(station)?.timeBook?.timeInUs(reason, t) ?? 0);

test('a changeover takes longer if the next variant needs another fixture, and none if it is the same', () => {
  const variants = [0, 1, 2];
  const setUpS = variants.map((from) => variants.map((to) => changeoverUs(from, to) / SECOND));
  expect(setUpS).toEqual([
    [0, 10, 30],
    [10, 0, 30],
    [30, 30, 0],
  ]);
});

test('the work of an order grows with its parts and with the milling time of its variant', () => {
  expect(workS(0, 24)).toBe(2 * workS(0, 12));
  expect(workS(1, 10) / workS(0, 10)).toBeCloseTo(1.06, 12);
});

test('the recipes say what each station is set to, and how long each changeover takes', () => {
  const taken = pumpLine().capture('Orders.Recipes');
  expect(taken.kind === 'document' ? taken.content.recipes : []).toMatchObject([
    { variant: 'P1', ST03: { program: 1001, fixture: 'A', setUpFromS: { P1: 0, P2: 10, P3: 30 } } },
    { variant: 'P2', ST03: { program: 1002, fixture: 'A', setUpFromS: { P1: 10, P2: 0, P3: 30 } } },
    { variant: 'P3', ST03: { program: 1003, fixture: 'B', setUpFromS: { P1: 30, P2: 30, P3: 0 } } },
  ]);
});

test('the recipe of a variant sets how fast the mill takes its parts, and leaves the others as they are', () => {
  const usual = cyclesByVariant([]);
  const slow = cyclesByVariant([
    { target: 'ST03.Recipe.P2.Feed', value: 80 },
    { target: 'ST03.Recipe.P3.CuttingSpeed', value: 70 },
  ]);
  expect(slow.get(1)!.meanS / usual.get(1)!.meanS).toBeCloseTo(1 / 0.8, 1);
  for (const variant of [0, 2]) expect(slow.get(variant)!.meanS / usual.get(variant)!.meanS).toBeCloseTo(1, 1);
  // Less speed, less wear per part (Taylor).
  expect(slow.get(2)!.wearMm).toBeLessThan(0.5 * usual.get(2)!.wearMm);
  expect(slow.get(0)!.wearMm / usual.get(0)!.wearMm).toBeCloseTo(1, 1);
});

test('a recipe is refused what the mill cannot do', () => {
  const cell = pumpLine();
  expect(() => cell.command({ target: 'ST03.Recipe.P1.Feed', value: 130 })).toThrow('a number from 50 to 120 %');
  expect(() => cell.command({ target: 'ST03.Recipe.P1.Feed', value: 100, unit: 'mm' })).toThrow('Give it in "%".');
});

/** Mean milling time and wear per part in a day, by variant. */
function cyclesByVariant(changes: readonly CommandOrder[]): Map<number, { meanS: number; wearMm: number }> {
  const cell = createCell(modelOf('pump-line'), { seed: 4n, set: { 'ST03.timeToFailure': 'never' } });
  for (const change of changes) cell.command(change);
  const sums = new Map<number, { parts: number; us: number; wearMm: number }>();
  let worn = 0;
  cell.listener = ({ event }) => {
    if (event !== 'ST03.PartDone') return;
    const { cycle, tool, loop, variant } = cell.model.plant.stations.get('ST03')!.self as unknown as Mill;
    const sum = sums.get(variant.of(loop.partOn(cycle.part))) ?? { parts: 0, us: 0, wearMm: 0 };
    sums.set(variant.of(loop.partOn(cycle.part)), sum);
    sum.parts += 1;
    sum.us += cycle.processUs;
    sum.wearMm += Math.max(0, tool.wearMm - worn);
    worn = tool.wearMm;
  };
  cell.runUntil(hours(24));
  return new Map(
    [...sums].map(([k, { parts, us, wearMm }]) => [k, { meanS: us / parts / SECOND, wearMm: wearMm / parts }]),
  );
}

interface Mill {
  readonly cycle: { readonly part: number; readonly processUs: number };
  readonly tool: { readonly wearMm: number };
  readonly loop: { partOn(carrier: number): number };
  readonly variant: { of(part: number): number };
}

test('the mill is set up between orders of different variants, not for each part, and its ledger holds that time', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 2n, set: { 'ST03.timeToFailure': 'never' } });
  const variants: number[] = [0];
  let changeovers = 0;
  cell.listener = ({ event }) => {
    if (event === 'ST03.ChangeoverDone') changeovers += 1;
    if (event === 'Orders.OrderStarted') variants.push(started(cell));
  };
  cell.runUntil(hours(40));
  const expected = variants.map((to, k) => (k === 0 ? 0 : changeoverUs(variants[k - 1], to)));
  const changes = expected.filter((us) => us > 0).length;
  // The last orders may be on their way to the mill.
  expect(Math.abs(changes - changeovers)).toBeLessThanOrEqual(2);
  expect(cell.read('ST03.Counter.Changeovers') - changeovers).toBeLessThanOrEqual(1);
  const spent = timeIn(cell, 'ST03', Reason.Changeover);
  expect(Math.abs(spent - expected.reduce((sum, us) => sum + us, 0))).toBeLessThanOrEqual(60 * SECOND);
  expect(cell.look(({ parts }) => parts.serials) / changes).toBeGreaterThan(12);
});

/** Variant of the order whose first part is being started: known from the book. */
function started(cell: Cell): number {
  const { self } = cell.model.plant.stations.get('Orders') as unknown as { self: { book: { variant: number } } };
  return self.book.variant;
}

test('orders of the same variant one after the other need less set-up', () => {
  const setUpOf = (rule: string) => {
    const cell = createCell(modelOf('pump-line'), { seed: 2n, set: { 'Orders.Dispatching.Rule': rule } });
    cell.runUntil(hours(40));
    return timeIn(cell, 'ST03', Reason.Changeover);
  };
  expect(setUpOf('same-variant')).toBeLessThan(0.7 * setUpOf('fifo'));
});

test('a mill that is being set up cannot be held, counts as set-up, and goes on by itself', () => {
  const cell = pumpLine(2n);
  while (cell.read('ST03.State.Reason') !== Reason.Changeover) cell.runUntil(cell.nextUs);
  expect(() => cell.command({ target: 'ST03.Hold' })).toThrow(/cannot hold in state Held \(changeover/);
  expect(() => cell.command({ target: 'ST03.Unhold' })).toThrow(/goes on by itself/);
  cell.runUntil(cell.now + minutes(1));
  expect(cell.read('ST03.State.Reason')).not.toBe(Reason.Changeover);
  const category = cell.look(({ stations }) => stations.get('ST03')?.timeBook?.states[Reason.Changeover].category);
  expect(category).toBe('setup');
});
