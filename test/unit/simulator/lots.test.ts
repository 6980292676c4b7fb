import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { ARTICLES, economicOrderQuantity } from '#simulator/plant/store/articles.ts';
import { CASTINGS_PER_LOT, type CastingLots, lotOf, RECOVERED } from '#simulator/plant/store/lots.ts';
import type { Traced } from '#simulator/plant/station.ts';
import { modelOf, pumpLine } from './support.ts';

/** The lots of the store, which belong to the cell that is open. */
const lotsOf = (cell: Cell): CastingLots =>
  cell.look(({ stations }) => (stations.get('ST01') as unknown as { self: { lots: CastingLots } }).self.lots);

/** What the store traces of each part, by serial. */
function traced(cell: Cell, untilUs: number): Map<number, Traced> {
  const { plant } = cell.model;
  const found = new Map<number, Traced>();
  cell.listener = ({ t, event, value }) => {
    if (event !== 'ST01.PartDone') return;
    for (let part = 1; part <= plant.parts.places; part++) {
      if (plant.parts.serial(part) === value) found.set(value, plant.stations.get('ST01')?.trace?.(part, t) ?? {});
    }
  };
  cell.runUntil(untilUs);
  cell.listener = undefined;
  return found;
}

test('lots are counted from 1, and hold as many as they should', () => {
  expect([0, 1, 96, 97, 192, 193].map((consumed) => lotOf(consumed, 96))).toEqual([1, 1, 1, 2, 2, 3]);
});

test('every part can be traced to its order, its casting lot and supplier, and the lots of bearing and seal', () => {
  const cell = pumpLine(3n);
  const found = traced(cell, hours(24));
  expect(found.size).toBe(cell.look(({ parts }) => parts.serials));
  let cast = 0;
  for (const [serial, facts] of found) {
    const { castingLot, supplier, bearingLot, sealLot, order } = facts;
    if (castingLot === RECOVERED) expect(supplier).toBe('Nordpump');
    else {
      cast += 1;
      expect(castingLot).toBe(Math.ceil(cast / CASTINGS_PER_LOT));
      expect(['Norrgjut', 'Sydgjut']).toContain(supplier);
    }
    expect(bearingLot).toBe(Math.ceil(serial / 400));
    expect(sealLot).toBe(Math.ceil(serial / 500));
    expect(order).toBeGreaterThan(0);
  }
  expect(cast).toBeLessThan(found.size);
  const suppliers = new Map([...found.values()].map(({ castingLot, supplier }) => [castingLot, supplier]));
  for (const { castingLot, supplier } of found.values()) expect(supplier).toBe(suppliers.get(castingLot));
});

test('parts keep their lot when more than 255 lots have gone', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 3n, set: { 'ST03.timeToFailure': 'never' } });
  cell.runUntil(hours(310));
  const found = traced(cell, hours(311));
  const { open } = lotsOf(cell);
  expect(open).toBeGreaterThan(256);
  const castingLots = new Set([...found.values()].map(({ castingLot }) => Number(castingLot)));
  castingLots.delete(RECOVERED);
  for (const lot of castingLots) expect(open - lot >= 0 && open - lot <= 2).toBe(true);
});

test('what was there and what came is what is there and what was used', () => {
  const cell = pumpLine(6n);
  let brought = 0;
  let castings = cell.read('ST01.Stock.Castings');
  const first = { castings, bearings: cell.read('ST01.Stock.Bearings'), seals: cell.read('ST01.Stock.Seals') };
  while (cell.now < hours(30)) {
    cell.runUntil(Math.min(cell.nextUs, hours(30)));
    const present = cell.read('ST01.Stock.Castings');
    if (present > castings) brought += present - castings;
    castings = present;
  }
  const taken = cell.capture('ST01.Stock.Accounts');
  const accounts = (taken.kind === 'document' ? taken.content : {}) as Record<string, Record<string, number>>;
  const lifted = accounts.bearings.used;
  expect(accounts.seals.used).toBe(lifted);
  const onFork = lifted - cell.look(({ parts }) => parts.serials);
  expect(onFork === 0 || onFork === 1).toBe(true);
  expect(first.castings + brought).toBe(castings + accounts.castings.used);
  for (const article of ['bearings', 'seals'] as const) {
    const { received, stock, used, onOrder, purchases } = accounts[article];
    expect(first[article] + received).toBe(stock + used);
    const quantity = article === 'bearings' ? 400 : 500;
    expect(received + onOrder).toBe(purchases * quantity);
    expect(purchases).toBeGreaterThan(3);
  }
  // Castings and recovered housings together are the parts that were begun.
  expect(accounts.castings.used + accounts.housings.recovered - accounts.housings.stock).toBe(lifted);
});

test('the mean stock is the integral of the stock, and the best quantity is that of Harris', () => {
  const cell = pumpLine(6n);
  let area = 0;
  while (cell.now < hours(10)) {
    const [t, stock] = [cell.now, cell.read('ST01.Stock.Bearings')];
    cell.runUntil(Math.min(cell.nextUs, hours(10)));
    area += stock * (cell.now - t);
  }
  const taken = cell.capture('ST01.Stock.Accounts');
  const { bearings } = (taken.kind === 'document' ? taken.content : {}) as Record<string, Record<string, number>>;
  expect(bearings.meanStock).toBeCloseTo(area / hours(10), 6);
  expect(bearings.holdingCost).toBeCloseTo(bearings.meanStock * 10 * ARTICLES.bearings.holdingSekPerHour, 6);
  expect(economicOrderQuantity(10_000, { perLot: 1, orderSek: 50, holdingSekPerHour: 2 })).toBeCloseTo(707.1068, 4);
});

test('a store that runs out of bearings waits for material, and goes on when they come', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 6n, set: { 'ST01.Bearings.ReorderPoint': 0 } });
  const reasons: number[] = [];
  cell.listener = ({ event }) => event === 'ST01.PurchaseArrived' && reasons.push(cell.model.plant.kernel.clock.nowUs);
  let waited = false;
  for (let t = 0; t < hours(8); t += minutes(1)) {
    cell.runUntil(t);
    if (cell.read('ST01.State.Reason') === 8) waited ||= cell.read('ST01.Stock.Bearings') === 0;
  }
  expect(waited).toBe(true);
  expect(reasons.length).toBeGreaterThan(0);
  expect(cell.read('ST01.Stock.Bearings')).toBeGreaterThan(0);
});

test('what a lot hides follows from the seed alone, differs between lots, and a scenario makes one lot soft', () => {
  const [cell, same, soft] = [
    pumpLine(3n),
    pumpLine(3n),
    createCell(modelOf('pump-line'), { seed: 3n, set: { 'ST01.softLot': 4 } }),
  ];
  const hardness = (each: Cell) => {
    const lots = lotsOf(each);
    return each.look(() => Array.from({ length: 400 }, (_, k) => lots.lotHardness(k + 1)));
  };
  const [of, again, softened] = [cell, same, soft].map(hardness);
  same.runUntil(hours(20));
  expect(again).toEqual(of);
  expect(hardness(same)).toEqual(of);
  expect(new Set(of).size).toBe(400);
  const mean = of.reduce((sum, h) => sum + h, 0) / of.length;
  const sigma = Math.sqrt(of.reduce((sum, h) => sum + (h - mean) ** 2, 0) / of.length);
  expect(Math.abs(mean - 1)).toBeLessThan(3 * (0.025 / 20));
  expect(sigma).toBeGreaterThan(0.022);
  expect(sigma).toBeLessThan(0.028);
  softened.forEach((h, k) => expect(h).toBeCloseTo(k + 1 === 4 ? of[k] - 0.15 : of[k], 12));
  expect(hardness(pumpLine(4n))).not.toEqual(of);
});
