import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, seconds, SECOND } from '#simulator/kernel/time.ts';
import { leakLps } from '#simulator/plant/utilities/air-network.ts';
import { isPeak, priceSekPerKwh } from '#simulator/plant/utilities/tariff.ts';
import { modelOf, pumpLine } from './support.ts';

const RECEIVER_L = 3000;

test('a hole of 3 mm at 7 bar lets out 7.2 l/s of free air, one of 6 mm four times that', () => {
  expect(leakLps(3, 7)).toBeCloseTo(7.2, 1);
  expect(leakLps(6, 7) / leakLps(3, 7)).toBeCloseTo(4, 9);
  // Choked flow goes with the absolute pressure.
  expect(leakLps(3, 6) / leakLps(3, 7)).toBeCloseTo(7.01325 / 8.01325, 9);
  expect(leakLps(3, 0)).toBe(0);
});

test('the pressure is what was delivered less what flowed, and stays in its band', () => {
  const cell = pumpLine(15n);
  cell.runUntil(minutes(20));
  let litres = 0;
  const start = cell.read('ST12.Air.Pressure');
  let [least, most] = [Infinity, 0];
  while (cell.now < hours(2)) {
    const t = Math.min(cell.nextUs, cell.now + SECOND);
    const netLps = (cell.read('ST12.Compressor.Loaded') === 1 ? 19 : 0) - cell.read('ST12.Air.Flow');
    litres += (netLps * (t - cell.now)) / SECOND;
    cell.runUntil(t);
    const bar = cell.read('ST12.Air.Pressure');
    expect(Math.abs(start + litres / RECEIVER_L - bar)).toBeLessThan(1e-6);
    least = Math.min(least, bar);
    most = Math.max(most, bar);
  }
  expect(least).toBeGreaterThan(6.7);
  expect(most).toBeLessThan(7.6);
  expect(most - least).toBeGreaterThan(0.6);
});

test('stations take air while they work: the total is that of their executing times and of the leaks', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 16n, set: { 'ST12.naturalLeakMm': 0 } });
  cell.runUntil(hours(8));
  const { air } = modelOf('pump-line').definition.stations.ST12 as unknown as { air: Record<string, number> };
  const litres = cell.look(({ stations }, t) =>
    Object.entries(air).reduce((sum, [id, lps]) => {
      const book = stations.get(id)?.timeBook;
      const executing = book?.states.findIndex(({ name }) => name === 'executing') ?? -1;
      return sum + (lps * (book?.timeInUs(executing, t) ?? NaN)) / SECOND;
    }, 0),
  );
  expect(cell.read('ST12.Air.Used')).toBeCloseTo(litres / 1000, 9);
});

function airOf(scenario: { at: number; target: string; value: number }[]) {
  const cell = createCell(modelOf('pump-line'), { seed: 17n, scenario });
  cell.runUntil(hours(8));
  return {
    m3: cell.read('ST12.Air.Used'),
    loadedH: cell.read('ST12.Compressor.LoadedTime'),
    specific: cell.read('ST12.Compressor.SpecificEnergy'),
  };
}

test('a leak of 3 mm takes some 7.2 l/s more and keeps the compressor longer under load', () => {
  const [tight, leaking] = [airOf([]), airOf([{ at: 1, target: 'ST12.leakMm', value: 3 }])];
  const leakM3 = (leakLps(3, 7.15) * 8 * 3600) / 1000;
  expect(Math.abs((leaking.m3 - tight.m3) / leakM3 - 1)).toBeLessThan(0.02);
  expect(leaking.loadedH - tight.loadedH).toBeCloseTo((leaking.m3 - tight.m3) / (0.019 * 3600), 1);
  // Less of its time goes into running idle.
  expect(leaking.specific).toBeLessThan(tight.specific);
  expect(modelOf('pump-line').targets.get('ST12.leakMm')?.hidden).toBe(true);
});

test('a hole too large for the compressor lets the pressure fall, but not below nothing', () => {
  const scenario = [{ at: minutes(10), target: 'ST12.leakMm', value: 12 }];
  const cell = createCell(modelOf('pump-line'), { seed: 18n, scenario });
  let least = 10;
  while (cell.now < hours(3)) {
    cell.runUntil(cell.now + seconds(30));
    least = Math.min(least, cell.read('ST12.Air.Pressure'));
  }
  expect(least).toBeLessThan(2);
  expect(least).toBeGreaterThanOrEqual(0);
});

test('price is that of the hour of the week: peak from 6 to 22 on working days', () => {
  const fees = { peakFee: 0.5, offPeakFee: 0.1, peakFrom: 6, peakTo: 22 };
  expect([5, 6, 21, 22, 24 + 6, 5 * 24 + 12, 6 * 24 + 12, 7 * 24 + 12].map((hour) => isPeak(fees, hour))).toEqual([
    ...[false, true, true, false, true, false, false, true],
  ]);
  expect(priceSekPerKwh(fees, 8)).toBeCloseTo(1.06 + 0.006 + 0.5, 9);
  const cell = pumpLine(19n);
  cell.runUntil(minutes(29));
  expect(cell.read('ST12.Tariff.Peak')).toBe(0); // Monday 05:59
  cell.runUntil(minutes(31));
  expect(cell.read('ST12.Tariff.Peak')).toBe(1);
});

/** What the hours cost one by one, from the main meter. */
function recomputed(cell: Cell, untilHour: number): { sek: number; kg: number } {
  let [sek, kg, before] = [0, 0, 0];
  for (let half = 1; half <= untilHour * 2; half++) {
    const [price, co2] = [cell.read('ST12.Tariff.Price'), cell.read('ST12.Tariff.Co2')];
    cell.runUntil(hours(half / 2) - 1);
    const kwh = cell.read('ST12.Meter.Main.Energy');
    sek += price * (kwh - before);
    kg += (co2 * (kwh - before)) / 1000;
    before = kwh;
    cell.runUntil(hours(half / 2));
  }
  return { sek, kg };
}

test('cost and CO2 are the sums of energy at the price and intensity of its hour', () => {
  const cell = pumpLine(20n);
  const { sek, kg } = recomputed(cell, 30);
  expect(cell.read('ST12.Cost.Energy')).toBeCloseTo(sek, 3);
  expect(cell.read('ST12.Co2.Total')).toBeCloseTo(kg, 4);
});

test('the energy of all stations is what the main meter shows, to 1e-6 kWh', () => {
  const cell = pumpLine(21n);
  for (let t = 0; t <= hours(24); t += minutes(47)) {
    cell.runUntil(t);
    const sum = cell.look(({ stations }, now) =>
      [...stations.values()].reduce((kwh, { meter }) => kwh + (meter?.energyKwh(now) ?? 0), 0),
    );
    expect(Math.abs(cell.read('ST12.Meter.Main.Energy') - sum)).toBeLessThan(1e-6);
  }
});
