import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { hours, SECOND } from '#simulator/kernel/time.ts';
import { lottery, pumpLine, pumpLineModel } from './pump-line.ts';

const PITCH_M = 0.45;
const length = pumpLineModel().ways.get('loop')!.length;

interface Place {
  readonly id: string;
  readonly s: number;
}

/** Where the carriers are at t, by the motion segments that the cell shows at the present. */
function placesAt(cell: Cell, t: number): Place[] {
  return cell
    .motion()
    .filter(({ path }) => path === 'loop')
    .map(({ id, s0, v, t0, t1 }) => ({ id, s: s0 + (v * (Math.min(Math.max(t, t0), Math.max(t0, t1)) - t0)) / SECOND }))
    .map(({ id, s }) => ({ id, s: ((s % length) + length) % length }));
}

function leastGap(places: readonly Place[]): number {
  const sorted = places.map(({ s }) => s).sort((a, b) => a - b);
  return Math.min(...sorted.map((s, k) => (k === 0 ? s - sorted[sorted.length - 1] + length : s - sorted[k - 1])));
}

/** Runs for some hours at random steps and looks at every carrier, before and after each event of the last minute. */
function watch(cell: Cell, untilH: number, seed: number): void {
  const random = lottery(seed);
  while (cell.now < hours(untilH)) {
    cell.runUntil(cell.now + Math.floor(random() * 90 * SECOND));
    for (let k = 0; k < 20; k++) {
      const before = new Map(placesAt(cell, cell.nextUs).map(({ id, s }) => [id, s]));
      cell.runUntil(cell.nextUs);
      const after = placesAt(cell, cell.now);
      expect(after).toHaveLength(28);
      expect(leastGap(after)).toBeGreaterThan(PITCH_M - 0.001);
      // What a picture showed up to the event is where the carrier is after it.
      for (const { id, s } of after) {
        const apart = Math.abs(s - before.get(id)!);
        expect(Math.min(apart, length - apart), id).toBeLessThan(0.001);
      }
    }
  }
}

test('carriers never overlap and never jump', () => {
  watch(pumpLine(21), 6, 1);
});

test('nor while gates close and open, the belt changes its speed, stands still, and stations stop', () => {
  const belt = (atH: number, value: number) => ({ atH, target: 'ST02.Belt.Speed', value });
  const cell = pumpLine(
    22,
    ...[belt(0.5, 0.42), belt(1.1, 0.12), belt(1.9, 0.25)],
    { atH: 0.7, target: 'ST02.CloseGate', value: 'ST07' },
    { atH: 0.9, target: 'ST02.OpenGate', value: 'ST07' },
    { atH: 1.2, target: 'ST02.CloseGate', value: 'ST03' },
    { atH: 1.2005, target: 'ST02.OpenGate', value: 'ST03' },
    { atH: 1.3, target: 'ST02.Fail', value: { forS: 240 } },
    { atH: 1.5, target: 'ST04.Fail', value: { forS: 900 } },
    { atH: 1.6, target: 'ST02.CloseGate', value: 'ST05' },
    { atH: 1.65, target: 'ST04.Stop' },
    { atH: 2.2, target: 'ST02.OpenGate', value: 'ST05' },
    { atH: 2.4, target: 'ST02.Zone.ST03.Limit', value: 4 },
  );
  watch(cell, 3, 2);
});

test('a closed gate gathers all carriers: it blocks the stations in front and starves the others, until it opens', () => {
  const cell = pumpLine(4);
  cell.runUntil(hours(1));
  cell.command({ target: 'ST02.CloseGate', value: 'ST07' });
  cell.runUntil(hours(2));
  const made = cell.read('ST07.Counter.Parts');
  cell.runUntil(hours(2.5));
  expect(cell.read('ST07.Counter.Parts')).toBe(made);
  expect(cell.read('ST07.State.Reason')).toBe(0);
  expect(cell.read('ST06.State.Reason')).toBe(2);
  expect(cell.read('ST03.State.Reason')).toBe(0);
  expect(cell.read('ST02.Zone.ST07.Carriers')).toBe(20);
  expect(cell.read('ST02.Gate.ST07.Closed')).toBe(1);
  cell.command({ target: 'ST02.OpenGate', value: 'ST07' });
  cell.runUntil(hours(3.5));
  expect(cell.read('ST07.Counter.Parts')).toBeGreaterThan(made + 40);
});

test('vehicles keep their distance on the lane, jump nowhere, and never run their batteries down', () => {
  // Both are on the road all the time: cartons are fetched one by one, and castings are always wanted.
  const cell = pumpLine(
    8,
    { atH: 0.01, target: 'ST10.Cartons.CallAt', value: 1 },
    { atH: 0.01, target: 'ST01.Stock.ReorderPoint', value: 400 },
    { atH: 3, target: 'ST11.Charge', value: 'AGV1' },
  );
  let least = Infinity;
  const ways = pumpLineModel().ways;
  const at = (t: number) =>
    cell.motion().flatMap(({ id, path, s0, v, t0, t1 }) => {
      const way = id.startsWith('AGV') ? ways.get(path) : undefined;
      return way ? [way.at(s0 + (v * (Math.min(Math.max(t, t0), Math.max(t0, t1)) - t0)) / SECOND)] : [];
    });
  let seen = at(0);
  while (cell.now < hours(5)) {
    const t = Math.min(cell.nextUs, cell.now + SECOND);
    const expected = at(t);
    cell.runUntil(t);
    seen = at(t);
    seen.forEach(({ x, z }, k) => expect(Math.hypot(x - expected[k].x, z - expected[k].z)).toBeLessThan(0.002));
    least = Math.min(least, Math.hypot(seen[0].x - seen[1].x, seen[0].z - seen[1].z));
    expect(cell.read('ST11.Agv1.Battery')).toBeGreaterThan(10);
  }
  // The two sides of the lane are 1.1 m apart.
  expect(least).toBeGreaterThan(1.09);
  expect(cell.read('ST11.Cartons.Shipped')).toBeGreaterThan(50);
  expect(cell.read('ST01.Core.Number')).toBeGreaterThan(10);
});

test('a movement is the same segment whenever it is asked for, and what rests is no news', () => {
  const cell = pumpLine(7);
  cell.runUntil(hours(1));
  const seen = new Map<string, string>();
  let news = 0;
  for (let t = hours(1); t <= hours(1) + 60 * SECOND; t += SECOND / 10) {
    cell.runUntil(t);
    for (const segment of cell.motion()) {
      const asJson = JSON.stringify(segment);
      if (seen.get(segment.id) !== asJson) news += 1;
      seen.set(segment.id, asJson);
    }
  }
  expect(news).toBeGreaterThan(50);
  expect(news).toBeLessThan(250);
});
