import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Battery } from '#simulator/plant/vehicles/battery.ts';
import type { Fleet } from '#simulator/plant/vehicles/fleet.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from './support.ts';

function batteries(cell: Cell) {
  return cell.look(({ stations }, t) => {
    const { fleet } = stations.get('ST11')?.self as unknown as { fleet: Fleet };
    return fleet.vehicles.map(({ battery }) => ({
      chargeWh: battery.chargeWhAt(t),
      drawnWh: battery.drawnWhAt(t),
      givenWh: battery.givenWhAt(t),
      percent: battery.percentAt(t),
    }));
  });
}

test('over 100 h, energy drawn x efficiency - energy given is the change of charge, and the mains meter shows what was drawn', () => {
  const cell = pumpLine(12n);
  const start = batteries(cell);
  let least = 100;
  for (let t = 0; t <= hours(100); t += minutes(23)) {
    cell.runUntil(t);
    batteries(cell).forEach(({ chargeWh, drawnWh, givenWh, percent }, k) => {
      expect(Math.abs(drawnWh * Battery.efficiency - givenWh - (chargeWh - start[k].chargeWh))).toBeLessThan(1e-6);
      least = Math.min(least, percent);
    });
  }
  const [one] = batteries(cell);
  expect(one.drawnWh).toBeGreaterThan(1000);
  expect(cell.read('ST11.Agv1.Charger.Energy')).toBeCloseTo(one.drawnWh / 1000, 9);
  expect(least).toBeLessThan(99.9);
});

test('an aged battery holds less: the same missions take more of its percentage, and the balance still holds', () => {
  const fall = (scenario: { at: number; target: string; value: number }[]) => {
    const cell = createCell(modelOf('pump-line'), { seed: 12n, scenario });
    let least = 100;
    while (cell.now < hours(4)) {
      cell.runUntil(cell.now + minutes(1));
      const [{ chargeWh, drawnWh, givenWh, percent }] = batteries(cell);
      expect(Math.abs(1800 + drawnWh * Battery.efficiency - givenWh - chargeWh)).toBeLessThan(1e-6);
      least = Math.min(least, percent);
    }
    return 100 - least;
  };
  const aged = fall([{ at: minutes(1), target: 'ST11.AGV1.health', value: 20 }]);
  expect(aged / fall([])).toBeGreaterThan(3);
  expect(modelOf('pump-line').targets.get('ST11.AGV1.health')?.hidden).toBe(true);
});

test('a vehicle whose battery is low takes no mission before it is full', () => {
  const scenario = [{ at: 1, target: 'ST11.AGV1.health', value: 2 }];
  const cell = createCell(modelOf('pump-line'), { seed: 12n, scenario, set: { 'ST11.Battery.ChargeBelow': 90 } });
  let wasLow = false;
  while (cell.now < hours(8)) {
    cell.runUntil(Math.min(cell.nextUs, cell.now + minutes(1)));
    const isCharging = cell.read('ST11.Agv1.Activity') === 0;
    if (isCharging && cell.read('ST11.Agv1.Battery') < 89) wasLow = true;
    if (wasLow && !isCharging) {
      expect(cell.read('ST11.Agv1.Battery')).toBeGreaterThan(99);
      return;
    }
  }
  throw new Error('The battery was never low.');
});
