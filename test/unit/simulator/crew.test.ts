import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { hours, SECOND, seconds } from '#simulator/kernel/time.ts';

/** Two machines that fail at 1000 s of their own, and a crew by shifts. Plant time 0 is Monday 06:00. */
const plant = (crewByShift: readonly [early: number, late: number], crew: object = {}): Model => {
  const machine = { type: 'machine', time: 1, failureClock: 'always', repairTime: 400, crew: 'Crew' };
  return new Model({
    parts: 1,
    start: 'Mon 06:00',
    stations: {
      A: { ...machine, timeToFailure: 1000 },
      B: { ...machine, timeToFailure: 1100 },
      Crew: { type: 'crew', people: 2, shifts: 'Shifts', ...crew },
      Shifts: {
        type: 'shifts',
        pattern: [
          { name: 'early', from: '06:00', to: '06:20', crew: crewByShift[0] },
          { name: 'late', from: '06:20', to: '08:00', crew: crewByShift[1] },
        ],
      },
    },
  });
};

const repaired = (model: Model, untilUs: number): string[] => {
  const cell = createCell(model, { seed: 1 });
  cell.runUntil(untilUs);
  return happenings(cell, 0, cell.now).flatMap(({ event, t }) =>
    event.endsWith('BackInService') ? [`${event[0]} ${Math.floor(t / SECOND)}`] : [],
  );
};

test('as many are at work as the shift has, and calls wait for whoever is free', () => {
  expect(repaired(plant([2, 2]), seconds(2000))).toEqual(['A 1400', 'B 1500']);
  // The second comes with the late shift at 1200 s.
  expect(repaired(plant([1, 2]), seconds(2000))).toEqual(['A 1400', 'B 1600']);
  expect(repaired(plant([1, 1]), seconds(2000))).toEqual(['A 1400', 'B 1800']);
  expect(repaired(plant([0, 2]), seconds(2000))).toEqual(['A 1600', 'B 1600']);
});

test('who has begun finishes after the shift, and takes no further call then', () => {
  expect(repaired(plant([1, 0]), seconds(6000))).toEqual(['A 1400']);
  const cell = createCell(plant([2, 0]), { seed: 1 });
  cell.runUntil(seconds(1300));
  expect([cell.read('Crew.People.Present'), cell.read('Crew.People.Busy')]).toEqual([0, 2]);
  cell.runUntil(seconds(1600));
  expect(cell.read('Crew.People.Busy')).toBe(0);
});

test('each person has a skill in each shift, and a repair takes as long as that wants', () => {
  const cell = createCell(plant([1, 1], { skillSpread: 50 }), { seed: 4 });
  cell.runUntil(hours(26));
  const begun = new Map<string, number>();
  const takenS: number[] = [];
  for (const { event, t, value } of happenings(cell, 0, cell.now)) {
    const [station, name] = event.split('.');
    if (name === 'StateChanged' && value === 4) begun.set(station, t);
    if (name === 'BackInService') takenS.push((t - (begun.get(station) ?? 0)) / SECOND);
  }
  const skills = new Set(takenS);
  expect(skills.size).toBe(2);
  for (const takes of skills) expect(Math.abs(takes / 400 - 1)).toBeLessThanOrEqual(0.5);
});

test.each([
  [{ people: 0 }, 'out of range'],
  [{ people: 33 }, 'out of range'],
  [{ shifts: 'Shift' }, 'no shifts "Shift"'],
])('a crew that cannot be is refused: %j', (wrong, message) => {
  expect(() => plant([1, 1], wrong)).toThrow(message);
});
