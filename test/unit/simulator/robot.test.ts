import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, seconds, SECOND } from '#simulator/kernel/time.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { protectiveSeparationM } from '#simulator/plant/robot/separation.ts';
import { insist, lottery, modelOf, pumpLine } from './support.ts';

/** Somebody comes every few minutes. */
const busy = (seed: bigint, set: Record<string, number> = {}): Cell =>
  createCell(modelOf('pump-line'), { seed, set: { 'ST04.visitsPerHour': 30, 'ST04.timeToFailure': 1e9, ...set } });

/** Zones lie within each other, so the outer ones go first. */
const widenTo = (cell: Cell, value: number) => {
  for (const zone of ['Warning', 'Slow', 'Stop']) cell.command({ target: `ST04.Safety.${zone}Distance`, value });
};

test('the robot never moves while somebody is nearer than the protective separation distance at its speed', () => {
  const cell = busy(31n);
  let [slow, stopped, least] = [0, 0, 8];
  while (cell.now < hours(2)) {
    cell.runUntil(cell.now + seconds(0.05));
    const separation = cell.read('ST04.Safety.Separation');
    if (separation > 3) {
      cell.runUntil(cell.now + seconds(0.4));
      continue;
    }
    const mPerS = cell.read('ST04.Tcp.Speed') / 1000;
    const needed = protectiveSeparationM(mPerS, cell.read('ST04.Gripper.Payload'));
    expect(cell.read('ST04.Safety.ProtectiveDistance')).toBeCloseTo(needed, 9);
    if (mPerS > 0.001) expect(separation).toBeGreaterThan(needed);
    if (mPerS > 0.26) expect(separation).toBeGreaterThan(protectiveSeparationM(1.5, 1.46));
    if (cell.read('ST04.Safety.Zone') === 2) slow += 1;
    if (cell.read('ST04.State.Reason') === Reason.ProtectiveStop) {
      stopped += 1;
      expect(cell.read('ST04.State.Current')).toBe(11);
      expect(separation).toBeLessThan(0.9);
    }
    least = Math.min(least, separation);
  }
  expect(slow).toBeGreaterThan(100);
  expect(stopped).toBeGreaterThan(20);
  expect(least).toBeLessThan(0.9);
});

test('zones set too small for the speed let the robot be too fast too near', () => {
  const cell = busy(31n, { 'ST04.Safety.SlowDistance': 0.6, 'ST04.Safety.StopDistance': 0.5 });
  let isTooNear = false;
  while (cell.now < hours(2) && !isTooNear) {
    cell.runUntil(cell.now + seconds(0.1));
    const separation = cell.read('ST04.Safety.Separation');
    isTooNear = cell.read('ST04.Tcp.Speed') > 1 && separation < cell.read('ST04.Safety.ProtectiveDistance');
  }
  expect(isTooNear).toBe(true);
});

test('the person goes the same way however time is sliced, and zones change only where their borders are passed', () => {
  const [sliced, whole] = [busy(32n), busy(32n)];
  const random = lottery(5);
  const seen: [number, number][] = [];
  while (sliced.now < hours(1)) {
    const before = sliced.read('ST04.Safety.Zone');
    const t = Math.min(sliced.nextUs, sliced.now + Math.floor(random() * seconds(3)) + 1);
    sliced.runUntil(t);
    const distance = sliced.read('ST04.Safety.Separation');
    seen.push([sliced.now, distance]);
    const zone = sliced.read('ST04.Safety.Zone');
    if (zone === before) continue;
    const border = [NaN, 3.5, 2.2, 0.9][Math.max(zone, before)];
    expect(Math.abs(distance - border)).toBeLessThan(1e-5);
    expect(Math.abs(zone - before)).toBe(1);
  }
  whole.runUntil(sliced.now);
  expect(whole.hash).toBe(sliced.hash);
  for (const [t, distance] of seen.filter((_, k) => k % 97 === 0)) {
    expect(whole.past(t).read('ST04.Safety.Separation')).toBe(distance);
  }
  expect(new Set(seen.map(([, distance]) => distance)).size).toBeGreaterThan(200);
});

test('a person walks no faster than 1.6 m/s, and comes about as often as the parameter says', () => {
  const cell = busy(33n, { 'ST04.visitsPerHour': 6 });
  let [last, visits] = [8, 0];
  for (let t = 0; t <= hours(10); t += SECOND) {
    cell.runUntil(t);
    const distance = cell.read('ST04.Safety.Separation');
    expect(Math.abs(distance - last)).toBeLessThan(1.6);
    if (last === 8 && distance < 8) visits += 1;
    last = distance;
  }
  expect(visits / 10).toBeGreaterThan(4);
  expect(visits / 10).toBeLessThan(7);
});

test('a slower arm takes longer for the rest of its cycle, and energy stays the integral of power', () => {
  const cell = pumpLine(34n);
  cell.runUntil(minutes(30));
  while (!(cell.read('ST04.State.Reason') === Reason.Executing && cell.read('ST04.Cycle.Progress') < 40)) {
    cell.runUntil(cell.now + seconds(1));
  }
  const progress = cell.read('ST04.Cycle.Progress');
  const [kwh, angle] = [cell.read('ST04.Meter.Energy'), cell.read('ST04.Joint1.Angle')];
  cell.command({ target: 'ST04.Speed.Override', value: 20 });
  expect(cell.read('ST04.Cycle.Progress')).toBeCloseTo(progress, 3);
  expect(cell.read('ST04.Joint1.Angle')).toBeCloseTo(angle, 2);
  expect(cell.read('ST04.Meter.Energy')).toBeCloseTo(kwh, 8);
  cell.runUntil(cell.now + seconds(2));
  expect(cell.read('ST04.Tcp.Speed')).toBeLessThan(301);
  const slow = cell.read('ST04.Cycle.Progress') - progress;
  cell.command({ target: 'ST04.Speed.Override', value: 100 });
  const from = cell.read('ST04.Cycle.Progress');
  cell.runUntil(cell.now + seconds(2));
  if (cell.read('ST04.Safety.Zone') < 2) expect((cell.read('ST04.Cycle.Progress') - from) / slow).toBeCloseTo(5, 1);
});

test('a leak in the gripper lets picks fail: the robot calls for help until the leak is gone', () => {
  const scenario = [
    { at: hours(1), target: 'ST04.vacuumLeakMm', value: 3 },
    { at: hours(2), target: 'ST04.vacuumLeakMm', value: 0 },
  ];
  const cell = createCell(modelOf('pump-line'), { seed: 35n, scenario });
  cell.runUntil(hours(2) - 1);
  const made = cell.read('ST04.Counter.Parts');
  expect(cell.read('ST04.State.Reason')).toBe(Reason.Andon);
  expect(cell.read('ST04.Gripper.Vacuum')).toBeGreaterThan(-35);
  cell.runUntil(hours(1.2));
  expect(cell.past(hours(1.2)).read('ST04.Counter.Parts')).toBe(made);
  cell.runUntil(hours(2.5));
  expect(cell.read('ST04.Counter.Parts')).toBeGreaterThan(made + 20);
  expect(modelOf('pump-line').targets.get('ST04.vacuumLeakMm')?.hidden).toBe(true);
});

test('a small leak makes some picks fail, as the trace of a part tells', () => {
  const scenario = [{ at: 1, target: 'ST04.vacuumLeakMm', value: 1 }];
  const cell = createCell(modelOf('pump-line'), { seed: 36n, scenario });
  const picks: number[] = [];
  const { stations } = cell.model.plant;
  cell.listener = ({ t, event }) => {
    if (event !== 'ST04.PartDone') return;
    const station = stations.get('ST04');
    const { loop, cycle } = station?.self as unknown as {
      loop: { partOn(c: number): number };
      cycle: { part: number };
    };
    const facts = station?.trace?.(loop.partOn(cycle.part), t) ?? {};
    picks.push(Number(facts.picks));
    expect(Number(facts.vacuum)).toBeLessThanOrEqual(-35);
    expect([1.24, 1.46]).toContain(facts.payload);
  };
  cell.runUntil(hours(4));
  expect(picks.length).toBeGreaterThan(100);
  expect(picks.filter((n) => n > 1).length).toBeGreaterThan(10);
  expect(picks.filter((n) => n === 1).length).toBeGreaterThan(10);
});

test('commands that would move the robot are refused by the name of the interlock', () => {
  const cell = pumpLine(37n);
  cell.runUntil(minutes(30));
  while (cell.read('ST04.State.Reason') !== Reason.Executing) cell.runUntil(cell.now + SECOND);
  expect(() => cell.command({ target: 'ST04.OpenDoor' })).toThrow(/state Execute.*"door".*Hold/);
  insist(cell, { target: 'ST04.Hold' });
  cell.runUntil(cell.now + seconds(3));
  cell.command({ target: 'ST04.OpenDoor' });
  expect(() => cell.command({ target: 'ST04.Unhold' })).toThrow(
    /cannot unhold: the interlock "door" is open.*CloseDoor/,
  );
  cell.command({ target: 'ST04.CloseDoor' });
  widenTo(cell, 7.5);
  while (cell.read('ST04.Safety.Zone') !== 3) cell.runUntil(cell.now + SECOND);
  expect(() => cell.command({ target: 'ST04.Unhold' })).toThrow(/the interlock "protective stop" is open/);
  cell.command({ target: 'ST04.Safety.StopDistance', value: 0 });
  cell.command({ target: 'ST04.Unhold' });
  cell.runUntil(cell.now + seconds(3));
  expect(cell.read('ST04.State.Current')).not.toBe(11);
});

test('after a repair the robot does not go on while somebody is in the stop zone', () => {
  const cell = pumpLine(39n);
  cell.command({ target: 'ST04.Safety.WarningDistance', value: 7.5 });
  cell.runUntil(minutes(30));
  const isAtWork = () => cell.read('ST04.State.Reason') === Reason.Executing && cell.read('ST04.Cycle.Progress') > 30;
  while (!(cell.read('ST04.Safety.Separation') < 7 && isAtWork())) cell.runUntil(cell.now + SECOND);
  cell.command({ target: 'ST04.Fail', value: { reason: 'collision', forS: 3 } });
  widenTo(cell, 7.5);
  expect([cell.read('ST04.Safety.Zone'), cell.read('ST04.State.Reason')]).toEqual([3, 403]);
  cell.runUntil(cell.now + seconds(4));
  expect([cell.read('ST04.Safety.Zone'), cell.read('ST04.State.Reason')]).toEqual([3, Reason.ProtectiveStop]);
  while (cell.read('ST04.Safety.Zone') === 3) cell.runUntil(cell.now + seconds(0.5));
  expect(cell.read('ST04.State.Reason')).toBe(Reason.Executing);
});

test('a protective stop is Held with a reason of its own, and ends by itself when nobody is there any longer', () => {
  const cell = pumpLine(38n);
  cell.runUntil(minutes(30));
  widenTo(cell, 7.5);
  while (cell.read('ST04.Safety.Zone') !== 3) cell.runUntil(cell.now + seconds(0.5));
  expect(cell.read('ST04.State.Reason')).toBe(Reason.ProtectiveStop);
  expect(cell.read('ST04.Interlock.Open')).toBe(2);
  const progress = cell.read('ST04.Cycle.Progress');
  cell.runUntil(cell.now + seconds(4));
  expect(cell.read('ST04.Tcp.Speed')).toBeLessThan(1);
  expect(cell.read('ST04.Cycle.Progress')).toBe(progress);
  while (cell.read('ST04.Safety.Zone') === 3) cell.runUntil(cell.now + seconds(0.5));
  expect(cell.read('ST04.State.Reason')).not.toBe(Reason.ProtectiveStop);
});
