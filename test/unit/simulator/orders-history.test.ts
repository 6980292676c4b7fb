import { expect, test } from 'vitest';
import { orderHistory, orderKpis } from '#simulator/cell/order-history.ts';
import { hours, minutes, SECOND } from '#simulator/kernel/time.ts';
import { pumpLine } from './support.ts';

test('finished orders are found by replay, long after their places were used again, and agree with what was live', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(30));
  const [done, late, tardiness] = ['Done.Orders', 'Done.Late', 'Done.Tardiness'].map((s) => cell.read(`Orders.${s}`));
  const all = orderHistory(cell, { fromUs: 0, toUs: hours(30) });
  const kpis = orderKpis(all);
  expect(kpis.done).toBe(done);
  expect(kpis.late).toBe(late);
  expect(kpis.meanTardinessS).toBeCloseTo(tardiness, 6);
  expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
  for (const { quantity, good, scrapped, releasedUs, startedUs, endedUs } of all) {
    expect(good + scrapped).toBe(quantity);
    expect(releasedUs <= Number(startedUs) + SECOND && Number(startedUs) < endedUs).toBe(true);
  }
  const finished = cell.look(({ parts }) => parts.finished);
  const delivered = all.reduce((sum, { good }) => sum + good, 0);
  // The rest is of orders that are not done yet.
  expect(finished - delivered).toBeGreaterThanOrEqual(0);
  expect(finished - delivered).toBeLessThan(60);
});

test('two windows side by side hold what one over both holds', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(20));
  const numbers = (fromUs: number, toUs: number) => orderHistory(cell, { fromUs, toUs }).map(({ number }) => number);
  expect([...numbers(hours(2), hours(11)), ...numbers(hours(11), hours(20))]).toEqual(numbers(hours(2), hours(20)));
  expect(() => numbers(hours(2), hours(21))).toThrow(/no time from/);
});

test('the lead time of an order is from its release to the last of its parts, whichever way it went', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(1));
  cell.command({ target: 'Orders.Dispatching.Rule', value: 'priority' });
  cell.command({ target: 'Orders.StoreAndStart', value: { variant: 'P3', quantity: 6, priority: 1 } });
  const number = cell.read('Orders.Newest.Number');
  const releasedUs = cell.now;
  while (cell.now < hours(4)) cell.runUntil(cell.nextUs);
  const found = orderHistory(cell, { fromUs: hours(1), toUs: cell.now }).find((order) => order.number === number);
  expect(found).toMatchObject({ variant: 'P3', quantity: 6, priority: 1, fate: 'done' });
  expect(Math.abs(Number(found?.releasedUs) - releasedUs)).toBeLessThanOrEqual(SECOND);
  expect(Number(found?.endedUs) - releasedUs).toBeLessThan(minutes(60));
});

test('an order that is given up is in the history as that', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(1));
  cell.command({ target: 'Orders.Store', value: { variant: 'P1', quantity: 5 } });
  const number = cell.read('Orders.Newest.Number');
  cell.command({ target: 'Orders.Abort', value: number });
  cell.runUntil(hours(2));
  const all = orderHistory(cell, { fromUs: hours(1), toUs: hours(2) });
  expect(all.find((order) => order.number === number)).toMatchObject({
    fate: 'aborted',
    good: 0,
    startedUs: undefined,
  });
});
