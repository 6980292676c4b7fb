import { describe, expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { hours, minutes, SECOND } from '#simulator/kernel/time.ts';
import type { Curve } from '#simulator/plant/capture.ts';
import { modelOf } from './support.ts';

/** An operator of standard skill who makes no mistake and stays, at a station that does not fail. */
const calm = {
  'ST06.timeToFailure': 'never',
  'ST06.presentTime': 'never',
  'ST06.andonShare': 0,
  'ST06.pickErrorShare': 0,
  'ST06.Service.Hours': 0,
  'ST06.skillSpread': 0,
  'ST06.fatigue': 0,
  'ST06.standardPiece': 1,
  'ST06.time': 20,
};

interface Done {
  readonly t: number;
  readonly cycleS: number;
  readonly operator: number;
  readonly pieces: number;
  readonly variant: string;
}

/** Each part that the station does until `untilUs`, with what it shows right after. */
function follow(cell: Cell, untilUs: number, each: (done: Done) => void): void {
  let made = cell.read('ST06.Counter.Parts');
  while (cell.now < untilUs) {
    const before = cell.look(({ stations }) => variantAt(stations.get('ST06')?.self));
    cell.runUntil(Math.min(cell.nextUs, untilUs));
    const now = cell.read('ST06.Counter.Parts');
    if (now === made) continue;
    made = now;
    each({
      t: cell.now,
      cycleS: cell.read('ST06.Cycle.Time'),
      operator: cell.read('ST06.Operator.Id'),
      pieces: cell.read('ST06.Operator.Pieces'),
      variant: before,
    });
  }
}

const variantAt = (self: unknown): string => {
  const { loop, cycle, variant } = self as {
    loop: { partOn(carrier: number): number };
    cycle: { part: number };
    variant: { of(part: number): number };
  };
  return String(variant.of(loop.partOn(cycle.part)));
};

describe('the operator', () => {
  test('learns by the 80 % curve of Wright: the 10th piece of a variant takes 47.6510 % of the first, the 20th 80 % of that', () => {
    const { definition } = modelOf('pump-line');
    const { shifts: _, ...alone } = definition.stations.ST06;
    const model = new Model({ ...definition, stations: { ...definition.stations, ST06: alone } });
    const cell = createCell(model, { seed: 2, set: { ...calm, 'ST06.standardPiece': 64, 'ST06.experience': 0 } });
    const times = new Map<string, number>();
    follow(cell, hours(3.4), ({ operator, pieces, variant, cycleS }) => {
      times.set(`${operator} ${variant} ${pieces}`, cycleS);
    });
    const time = (piece: number) => times.get(`1 0 ${piece}`) ?? NaN;
    expect((100 * time(10)) / time(1)).toBeCloseTo(47.651, 4);
    expect(time(20) / time(10)).toBeCloseTo(0.8, 6);
    expect(time(1)).toBeCloseTo(20 * 64 ** 0.3219280948873623, 5);
    // After the standard piece nobody grows faster, and the other variants are learnt apart.
    expect(time(70)).toBeCloseTo(20, 6);
    expect(times.get('1 1 10')).toBeCloseTo(time(10), 6);
  });

  test('grows tired in closed form from break to break', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 2, set: { ...calm, 'ST06.fatigue': 40 } });
    const breaks = [
      [3.5, 3.7],
      [6, 6.3],
    ] as const;
    const restedAt = (t: number) => [0.5, ...breaks.map(([, end]) => end)].filter((h) => hours(h) <= t).at(-1) ?? 0;
    let seen = 0;
    follow(cell, hours(8), ({ t, cycleS }) => {
      const begun = t - Math.round(cycleS * SECOND);
      if (begun < hours(0.5) || breaks.some(([from]) => begun < hours(from) && t > hours(from))) return;
      const tired = Math.min(1, (begun - hours(restedAt(begun))) / hours(4));
      expect(cycleS).toBeCloseTo(20 * (1 + 0.4 * tired), 5);
      seen += 1;
    });
    expect(seen).toBeGreaterThan(400);
    cell.runUntil(hours(8.1));
    expect(cell.read('ST06.Operator.Fatigue')).toBeCloseTo((40 * 1.8) / 4, 9);
  });

  test('works as fast as wanted, and each with a skill that stays', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 2, set: { ...calm, 'ST06.skillSpread': 20 } });
    const times = new Map<number, Set<number>>();
    follow(cell, hours(20), ({ operator, cycleS, t }) => {
      // Work that a break or a change of shift interrupts is of no person alone.
      if (cycleS < 30 && t % hours(1) > minutes(35))
        times.set(operator, (times.get(operator) ?? new Set()).add(cycleS));
    });
    const skills = [...times.values()].map((each) => [...each]);
    expect(skills.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(new Set(skills.flat()).size).toBe(3);
    for (const [cycleS] of skills) expect(Math.abs(cycleS / 20 - 1)).toBeLessThanOrEqual(0.2);
    cell.command({ target: 'ST06.Operator.Pace', value: 125 });
    const [slow] = skills[0];
    cell.runUntil(hours(24.7));
    follow(cell, hours(25), ({ cycleS }) => expect(cycleS).toBeCloseTo(slow / 1.25, 5));
  });
});

describe('wrong picks', () => {
  test('are put right on the spot or stay in the part, in their shares, and most of those that stay come back', () => {
    const cell = createCell(modelOf('pump-line'), {
      seed: 5,
      set: { ...calm, 'ST06.pickErrorShare': 0.2, 'ST06.missedShare': 0.5 },
    });
    let slow = 0;
    follow(cell, hours(8), ({ cycleS }) => {
      if (Math.abs(cycleS - 34) < 1e-6) slow += 1;
    });
    const done = cell.read('ST06.Counter.Parts');
    const noticed = cell.read('ST06.Counter.PickErrors');
    // A tired operator errs up to twice as often: 0.2 to 0.4 of all, half of it noticed.
    expect(noticed / done).toBeGreaterThan(0.1);
    expect(noticed / done).toBeLessThan(0.2);
    expect(slow).toBeGreaterThan(0.9 * noticed);
    expect(slow).toBeLessThanOrEqual(noticed);
    const reworked = cell.read('ST06.Counter.Reworked');
    expect(reworked / done).toBeGreaterThan(0.05);
    expect(reworked / done).toBeLessThan(0.2);
  });

  test('do not happen without a share of them, and then nothing comes back for them', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 5, set: calm });
    follow(cell, hours(4), ({ cycleS, t }) => {
      if (t < hours(3.4)) expect(cycleS).toBeCloseTo(20, 9);
    });
    expect(cell.read('ST06.Counter.PickErrors')).toBe(0);
  });
});

describe('the andon', () => {
  test('is pulled by the operator before a share of the parts, once for each', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 6, set: { ...calm, 'ST06.andonShare': 0.1 } });
    cell.runUntil(hours(16));
    const calls = happenings(cell, 0, cell.now).filter(({ event }) => event === 'ST06.AndonCalled').length;
    const parts = cell.read('ST06.Counter.Parts');
    expect(Math.abs(calls - 0.1 * parts)).toBeLessThan(3 * Math.sqrt(0.09 * parts));
  });

  test('keeps the work waiting although a break ends meanwhile', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 6, set: { ...calm, 'ST06.andonTime': 3600 } });
    cell.runUntil(hours(3.4));
    cell.command({ target: 'ST06.Andon' });
    cell.runUntil(hours(3.8));
    expect([cell.read('ST06.State.Reason'), cell.read('ST06.Operator.Present')]).toEqual([10, 1]);
    cell.runUntil(hours(4.45));
    expect(cell.read('ST06.State.Reason')).toBeLessThanOrEqual(2);
  });
});

describe('a screw', () => {
  test('has a curve that ends on the torque and the angle that the station shows', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 7 });
    expect(() => cell.capture('ST06.Screw.TorqueCurve')).toThrow('has driven no screw yet');
    for (const h of [1, 2, 3]) {
      cell.runUntil(hours(h));
      const { x, y } = cell.capture('ST06.Screw.TorqueCurve') as Curve;
      const peak = Math.max(...y.values);
      expect(peak).toBeCloseTo(cell.read('ST06.Screw.Torque'), 9);
      expect(y.values.at(-1)).toBe(peak);
      expect((x.values.at(-1) ?? 0) - 1440).toBeCloseTo(cell.read('ST06.Screw.Angle'), 9);
      // The straight part: torque grows with the angle at one rate.
      const slopes = [395, 397, 399].map((k) => (y.values[k] - y.values[k - 1]) / (x.values[k] - x.values[k - 1]));
      expect(Math.max(...slopes) - Math.min(...slopes)).toBeLessThan(1e-9);
    }
  });

  test('is written into what the station knows of the part', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 7 });
    cell.runUntil(hours(2));
    const traced = cell.look(({ stations }, t) => stations.get('ST06')?.trace?.(0, t));
    expect(traced).toMatchObject({
      operator: 1,
      pieces: cell.read('ST06.Operator.Pieces'),
      torque: cell.read('ST06.Screw.Torque'),
      angle: cell.read('ST06.Screw.Angle'),
    });
  });
});
