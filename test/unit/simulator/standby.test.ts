import { describe, expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { bytes, modelOf } from './support.ts';

const steady = { 'ST03.timeToFailure': 'never', 'ST12.timeToFailure': 'never' };

function line({ after }: { after?: number } = {}): Cell {
  const cell = createCell(modelOf('pump-line'), { seed: 5, set: steady });
  if (after === undefined) return cell;
  cell.command({ target: 'ST03.Standby.After', value: after, unit: 's' });
  cell.command({ target: 'ST03.Standby.When', value: 'waiting' });
  return cell;
}

/** Nothing comes to the mill while the belt stands. */
function starve(cell: Cell): void {
  cell.runUntil(minutes(20));
  cell.command({ target: 'ST01.Hold' });
}

describe('a machine that goes to standby while it waits', () => {
  test('draws little, says so, and cools, only after the time that was set', () => {
    const cell = line({ after: 180 });
    starve(cell);
    cell.runUntil(hours(1));
    const waitsSince = happenings(cell, 0, cell.now).findLast(({ event }) => event === 'ST03.StateChanged')!;
    expect(waitsSince.value).toBe(Reason.Starved);
    cell.restore(cell.past(waitsSince.t + seconds(178)).snapshot());
    const before = { kw: cell.read('ST03.Meter.Power'), energy: cell.read('ST03.Energy.State') };
    cell.runUntil(cell.now + seconds(4));
    const after = { kw: cell.read('ST03.Meter.Power'), energy: cell.read('ST03.Energy.State') };
    expect(before.energy).toBe(2);
    expect(after.energy).toBe(1);
    expect(before.kw - after.kw).toBeCloseTo(15 * (0.35 - 0.12), 1);
    const other = line();
    starve(other);
    for (const each of [cell, other]) each.runUntil(hours(3));
    expect(cell.read('ST03.Spindle.Temperature')).toBeLessThan(other.read('ST03.Spindle.Temperature') - 1);
    expect(other.read('ST03.Energy.State')).toBe(2);
  });

  test('wakes for the next part, which waits for as long as waking takes', () => {
    const cell = line({ after: 60 });
    starve(cell);
    cell.runUntil(minutes(40));
    expect(cell.read('ST03.Energy.State')).toBe(1);
    cell.command({ target: 'ST01.Unhold' });
    cell.runUntil(minutes(50));
    const changes = happenings(cell, minutes(40), cell.now).filter(({ event }) => event === 'ST03.StateChanged');
    const woke = changes.findIndex(({ value }) => value === Reason.Waking);
    expect(woke).toBeGreaterThanOrEqual(0);
    expect([Reason.Executing, Reason.Changeover]).toContain(changes[woke + 1].value);
    expect(changes[woke + 1].t - changes[woke].t).toBe(seconds(20));
  });

  test('uses less energy for the same parts, and the meter is still the integral of the power', () => {
    const [always, rests] = [line(), line({ after: 10 })];
    let integral = 0;
    const step = seconds(0.25);
    starve(always);
    starve(rests);
    const from = rests.read('ST03.Meter.Energy');
    for (const until = minutes(40); rests.now < until;) {
      rests.runUntil(rests.now + step);
      integral += (rests.read('ST03.Meter.Power') * step) / hours(1);
    }
    expect(rests.read('ST03.Meter.Energy') - from).toBeCloseTo(integral, 2);
    for (const each of [always, rests]) each.runUntil(hours(2));
    expect(rests.read('ST03.Meter.Energy')).toBeLessThan(0.75 * always.read('ST03.Meter.Energy'));
  });

  test('leaves standby when it is stopped, and when the policy is taken back', () => {
    const cell = line({ after: 30 });
    starve(cell);
    cell.runUntil(minutes(40));
    cell.command({ target: 'ST03.Standby.When', value: 'never' });
    expect(cell.read('ST03.State.Reason')).toBe(Reason.Waking);
    cell.runUntil(cell.now + seconds(21));
    expect(cell.read('ST03.State.Reason')).toBe(Reason.Starved);
    expect(cell.read('ST03.Energy.State')).toBe(2);
    cell.command({ target: 'ST03.Standby.When', value: 'waiting' });
    cell.runUntil(cell.now + seconds(31));
    expect(cell.read('ST03.Energy.State')).toBe(1);
    cell.command({ target: 'ST03.Stop' });
    cell.runUntil(cell.now + seconds(5));
    expect(cell.read('ST03.State.Reason')).toBe(Reason.Stopped);
    expect(cell.read('ST03.Energy.State')).toBe(0);
  });

  test('is the same in slices, after a snapshot in standby, and in history', () => {
    const [whole, sliced] = [line({ after: 15 }), line({ after: 15 })];
    starve(whole);
    starve(sliced);
    for (let t = sliced.now; t <= minutes(60); t += seconds(7)) {
      sliced.runUntil(t);
      if (t % 2 === 0) sliced.restore(sliced.snapshot());
    }
    for (const each of [whole, sliced]) each.runUntil(minutes(60));
    expect(sliced.hash).toBe(whole.hash);
    expect(bytes(sliced.snapshot()).equals(bytes(whole.snapshot()))).toBe(true);
    expect(whole.past(minutes(30)).read('ST03.Energy.State')).toBe(1);
  });

  test.each([
    ['ST03.Standby.After', 4, 'out of range'],
    ['ST03.Standby.After', 3601, 'out of range'],
    ['ST03.Standby.When', 'sometimes', 'no value'],
  ])('refuses %s = %s', (target, value, why) => {
    expect(() => line().command({ target, value })).toThrow(why);
  });
});
