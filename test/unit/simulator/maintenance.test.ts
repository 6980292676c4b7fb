import { describe, expect, test } from 'vitest';
import { estimate } from '#server/replications.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { hours, minutes, SECOND, seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { modelOf } from './support.ts';

/** One machine, which has nothing to do now and then, and its crew. */
const plantOf = (machine: object, crew: object = {}, everyS = 30): Model =>
  new Model({
    parts: 8,
    stations: {
      Supply: { type: 'source', every: { exponential: everyS }, to: 'M' },
      M: { type: 'machine', time: 15, crew: 'Crew', ...machine, to: 'Exit' },
      Exit: { type: 'sink' },
      Crew: { type: 'crew', ...crew },
    },
  });

interface Paper {
  readonly number: number;
  readonly station: string;
  readonly kind: string;
  readonly state: string;
  readonly person: number | null;
}
const papers = (cell: Cell) => (cell.capture('Crew.WorkOrders') as Document).content.workOrders as Paper[];
const states = (cell: Cell) => papers(cell).map(({ number, kind, state }) => `${number} ${kind} ${state}`);
const reason = (cell: Cell, station = 'M') =>
  cell.look((plant) => (plant.getStation(station).self as Unit).cycle.control.reason);
interface Unit {
  readonly cycle: { readonly control: { readonly reason: number } };
}

/** Times between failures, or to repair, in seconds. */
function gaps(events: readonly Happening[], from: string, to: string): number[] {
  const found: number[] = [];
  let since: number | undefined;
  for (const { t, event } of events) {
    if (event === to && since !== undefined) found.push((t - since) / SECOND);
    if (event === to) since = undefined;
    if (event === from) since = t;
  }
  return found;
}

describe('failures and repairs', () => {
  test.each([
    ['exponential', { exponential: 900 }, 900, { exponential: 120 }, 120],
    ['Weibull and Erlang', { weibull: [2, 900] }, 900, { erlang: [2, 120] }, 120],
  ])('of a machine have the MTBF and MTTR of its %s distributions, told from the log', (_, ttf, mtbfS, ttr, mttrS) => {
    const cell = createCell(plantOf({ failureClock: 'always', timeToFailure: ttf, repairTime: ttr }), { seed: 3 });
    cell.runUntil(hours(400));
    const events = happenings(cell, 0, cell.now);
    for (const [mean, sample] of [
      [mtbfS, gaps(events, 'M.BackInService', 'M.BrokeDown')],
      [mttrS, gaps(events, 'M.BrokeDown', 'M.BackInService')],
    ] as const) {
      const found = estimate(sample);
      expect(sample.length).toBeGreaterThan(1000);
      expect(Math.abs(found.mean - mean) / found.standardError).toBeLessThan(3);
    }
  });
});

describe('services', () => {
  /** Failures in ten hours of work. */
  const failures = (timeToFailure: object, serviceHours: number): { mean: number; standardError: number } => {
    const crew = { serviceTime: 60, rounds: 60 };
    const model = plantOf({ time: 150, timeToFailure, repairTime: 300, serviceHours }, crew, 200);
    return estimate(
      Array.from({ length: 12 }, (_, seed) => {
        const cell = createCell(model, { seed });
        cell.runUntil(hours(250));
        const workedUs =
          cell.look(({ stations }, t) => stations.get('M')?.timeBook?.timeInUs(Reason.Executing, t)) ?? 0;
        return (cell.read('M.Failures') / workedUs) * hours(10);
      }),
    );
  };

  test('save failures of what wears out, as many as age replacement should', () => {
    const without = failures({ weibull: [3, 10_800] }, 0);
    const serviced = failures({ weibull: [3, 10_800] }, 1);
    // A failure every 3 h. With a service each hour it is F(1 h) / (mean age then) = 0.0261 / 0.993 an hour, and a bit
    // more, as the service waits for a moment of no work.
    expect(Math.abs(without.mean - 10 / 3)).toBeLessThan(3 * without.standardError + 0.03);
    expect(serviced.mean).toBeGreaterThan(0.263 - 3 * serviced.standardError);
    expect(serviced.mean).toBeLessThan(0.35 + 3 * serviced.standardError);
  });

  test('save none of what fails by chance', () => {
    const without = failures({ exponential: 10_800 }, 0);
    const serviced = failures({ exponential: 10_800 }, 1);
    for (const { mean, standardError } of [without, serviced]) {
      expect(Math.abs(mean - 10 / 3)).toBeLessThan(3 * standardError);
    }
  });

  test('come after so many parts, stop the machine while it has nothing to do, and are neither failure nor loss', () => {
    const cell = createCell(plantOf({ timeToFailure: 'never', serviceParts: 40 }, { serviceTime: 240, rounds: 60 }), {
      seed: 1,
    });
    cell.runUntil(hours(3));
    const stops = happenings(cell, 0, cell.now).filter(({ event }) => event.startsWith('M.'));
    const begun = stops.filter(({ value, event }) => event === 'M.StateChanged' && value === Reason.Maintenance);
    expect(begun.length).toBeGreaterThan(3);
    expect(begun.length).toBeLessThanOrEqual(cell.read('M.Parts.Made') / 40);
    for (const { t } of begun) {
      expect(stops.findLast((each) => each.t < t)?.value).toBe(Reason.Starved);
    }
    expect(stops.filter(({ event }) => event === 'M.Serviced').map(({ t }) => t)).toEqual(
      begun.map(({ t }) => t + seconds(240)),
    );
    expect(cell.read('M.Failures')).toBe(0);
    const book = cell.look(({ stations }) => stations.get('M')?.timeBook);
    expect(book?.states[Reason.Maintenance].category).toBe('off');
  });

  test('wait for a break of the shift, but not beyond their due time', () => {
    const cell = createCell(modelOf('pump-line'), { seed: 4, set: { 'ST09.timeToFailure': 'never' } });
    cell.runUntil(hours(1));
    cell.command({ target: 'Crew.CreateWorkOrder', value: 'ST09 preventive' });
    cell.runUntil(hours(3.49));
    expect(states(cell).filter((each) => each.includes('preventive'))).toEqual([expect.stringContaining('open')]);
    cell.runUntil(hours(3.55));
    expect(cell.read('ST09.State.Reason')).toBe(Reason.Maintenance);
    expect(() => cell.command({ target: 'ST09.Stop' })).toThrow('People work on it');
    expect(() => cell.command({ target: 'ST09.Abort' })).toThrow('People work on it');
    cell.runUntil(hours(4.2));
    expect(cell.read('ST09.State.Reason')).toBeLessThanOrEqual(2);
    cell.command({ target: 'Crew.CreateWorkOrder', value: { station: 'ST09', kind: 'preventive', dueH: 0.5 } });
    cell.runUntil(hours(4.69));
    expect(cell.read('Crew.Orders.Live')).toBeGreaterThan(0);
    cell.runUntil(hours(4.78));
    expect(cell.read('ST09.State.Reason')).toBe(Reason.Maintenance);
  });
});

describe('work orders', () => {
  const quiet = { timeToFailure: 'never' };

  test('go from open over assigned and in progress to done', () => {
    const cell = createCell(plantOf(quiet, { walkTime: 40, serviceTime: 300, inspectionTime: 200 }), { seed: 1 });
    cell.runUntil(minutes(10));
    cell.command({ target: 'Crew.CreateWorkOrder', value: { station: 'M', kind: 'inspection' } });
    expect(states(cell)).toEqual(['1 inspection open']);
    const seen = new Set<string>();
    const reasons = new Set<number>();
    const until = cell.now + minutes(8);
    while (cell.now < until) {
      cell.runUntil(cell.now + seconds(1));
      for (const each of states(cell)) seen.add(each);
      reasons.add(reason(cell));
    }
    expect([...seen]).toEqual(['assigned', 'in progress', 'done'].map((state) => `1 inspection ${state}`));
    // A look does not stop the machine.
    expect([...reasons].every((each) => each <= Reason.Blocked)).toBe(true);
    expect([cell.read('Crew.Orders.Done'), cell.read('Crew.People.Busy')]).toEqual([1, 0]);
  });

  test('of a failure are made by themselves and end with the repair', () => {
    const cell = createCell(
      plantOf({ failureClock: 'always', timeToFailure: 600, repairTime: 120 }, { walkTime: 30 }),
      { seed: 1 },
    );
    cell.runUntil(seconds(610));
    expect(states(cell)).toEqual(['1 corrective assigned']);
    cell.runUntil(seconds(640));
    expect(papers(cell)).toMatchObject([{ station: 'M', state: 'in progress', person: 1 }]);
    cell.runUntil(seconds(751));
    expect(states(cell)).toEqual(['1 corrective done']);
  });

  test('that are planned give way to a failure, and are taken up again after it', () => {
    const cell = createCell(
      plantOf({ failureClock: 'always', timeToFailure: 1000, repairTime: 120 }, { walkTime: 60, inspectionTime: 900 }),
      { seed: 1 },
    );
    cell.runUntil(seconds(900));
    cell.command({ target: 'Crew.CreateWorkOrder', value: 'M inspection' });
    cell.runUntil(seconds(1001));
    expect(states(cell)).toEqual(['1 inspection open', '2 corrective in progress']);
    cell.runUntil(seconds(1130));
    expect([reason(cell) <= Reason.Blocked, states(cell)[1]]).toEqual([true, '2 corrective done']);
    cell.runUntil(seconds(1200));
    expect(states(cell)[0]).toMatch(/1 inspection (assigned|in progress)/);
    expect(cell.read('Crew.People.Busy')).toBe(1);
  });

  test('that are planned wait while the machine is down for a cause that needs no crew', () => {
    const cell = createCell(plantOf(quiet, { walkTime: 60, inspectionTime: 100 }), { seed: 1 });
    cell.runUntil(minutes(10));
    cell.command({ target: 'M.Fail', value: { forS: 600 } });
    cell.command({ target: 'Crew.CreateWorkOrder', value: 'M inspection' });
    cell.runUntil(minutes(19));
    expect(states(cell)).toEqual(['1 inspection open']);
    cell.runUntil(minutes(21));
    expect(states(cell)).toEqual(['1 inspection assigned']);
    // It fails again while somebody is there: they go, and come back.
    cell.runUntil(minutes(22.5));
    expect(states(cell)).toEqual(['1 inspection in progress']);
    cell.command({ target: 'M.Fail', value: { forS: 120 } });
    expect([states(cell)[0], cell.read('Crew.People.Busy')]).toEqual(['1 inspection open', 0]);
    cell.runUntil(minutes(24.4));
    expect(reason(cell)).toBe(Reason.Repair);
    cell.runUntil(minutes(30));
    expect([states(cell)[0], cell.read('Crew.People.Busy')]).toEqual(['1 inspection done', 0]);
    expect(reason(cell)).toBeLessThanOrEqual(Reason.Blocked);
  });

  test.each([
    ['CreateWorkOrder', 7, 'wrong_type', 'Give {station, kind, dueH}'],
    ['CreateWorkOrder', 'Z preventive', 'unknown_target', 'Give one of M'],
    ['CreateWorkOrder', 'M paint', 'out_of_range', 'Give preventive or inspection'],
    ['CreateWorkOrder', 'M corrective', 'not_allowed', 'makes its corrective order by itself'],
    ['CreateWorkOrder', { station: 'M', kind: 'inspection', dueH: -1 }, 'out_of_range', '0 to 1000 h'],
    ['CreateWorkOrder', 'M preventive', 'wrong_state', 'Work order 1 for the same is not done yet'],
    ['CancelWorkOrder', 'one', 'wrong_type', 'whole number'],
    ['CancelWorkOrder', 99, 'unknown_target', 'The list has 1 to 1'],
    ['OrderSpare', 'Beltt', 'unknown_target', 'Did you mean "Belt"'],
    ['OrderSpare', 3, 'wrong_type', 'There are Belt'],
  ])('%s of %j is refused: %s', (command, value, code, message) => {
    const spares = { Belt: { stock: 0, faults: [100] } };
    // With nobody there the order stays open.
    const pattern = [{ name: 'day', from: '08:00', to: '16:00' }];
    const model = new Model({
      parts: 8,
      stations: {
        M: { type: 'machine', time: 1, timeToFailure: 'never', crew: 'Crew' },
        Crew: { type: 'crew', spares, shifts: 'Shifts' },
        Shifts: { type: 'shifts', pattern },
      },
    });
    const cell = createCell(model, { seed: 1 });
    cell.command({ target: 'Crew.CreateWorkOrder', value: 'M preventive' });
    cell.runUntil(seconds(90));
    const { hash } = cell;
    expect(() => cell.command({ target: `Crew.${command}`, value })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
    expect([cell.hash, cell.log.length]).toEqual([hash, 1]);
    cell.command({ target: 'Crew.CancelWorkOrder', value: 1 });
    expect(states(cell)).toEqual(['1 preventive cancelled']);
    expect(() => cell.command({ target: 'Crew.CancelWorkOrder', value: 1 })).toThrow('Work order 1 is cancelled');
  });
});

describe('spares', () => {
  const spares = { Belt: { stock: 1, reorderAt: 0, lot: 2, leadH: 2, faults: [100] } };
  const machine = { failureClock: 'always', timeToFailure: 1200, repairTime: 120 };

  test('that are out of stock make the repair wait, not the crew, until they have come', () => {
    const cell = createCell(plantOf(machine, { walkTime: 30, spares }), { seed: 1 });
    cell.runUntil(seconds(1300));
    expect([cell.read('Crew.Spare.Belt'), reason(cell)]).toEqual([0, Reason.Repair]);
    // Taken at 1230 s, so the next come at 8430 s. The second failure is at 1350 + 1200 s.
    cell.runUntil(seconds(2700));
    expect([reason(cell), states(cell)[1]]).toEqual([Reason.Repair, '2 corrective waiting for a spare']);
    expect(cell.read('Crew.People.Busy')).toBe(0);
    expect(() => cell.command({ target: 'Crew.OrderSpare', value: 'Belt' })).toThrow('2 of Belt are on their way');
    cell.runUntil(seconds(8429));
    expect(reason(cell)).toBe(Reason.Repair);
    cell.runUntil(seconds(8431));
    expect([cell.read('Crew.Spare.Belt'), cell.read('Crew.People.Busy')]).toEqual([2, 1]);
    cell.runUntil(seconds(8430 + 30 + 120 + 1));
    expect(reason(cell)).toBeLessThanOrEqual(Reason.Blocked);
    expect(cell.read('Crew.Spare.Belt')).toBe(1);
    const repairs = gaps(happenings(cell, 0, cell.now), 'M.BrokeDown', 'M.BackInService');
    expect(repairs).toEqual([150, 8430 - 2550 + 150]);
  });

  test('ordered in time are there', () => {
    const cell = createCell(plantOf(machine, { walkTime: 30, spares: { Belt: { ...spares.Belt, leadH: 0.3 } } }), {
      seed: 1,
    });
    cell.runUntil(seconds(100));
    cell.command({ target: 'Crew.OrderSpare', value: 'Belt' });
    cell.runUntil(hours(4));
    const repairs = gaps(happenings(cell, 0, cell.now), 'M.BrokeDown', 'M.BackInService');
    expect(new Set(repairs)).toEqual(new Set([150]));
    expect(repairs.length).toBeGreaterThan(5);
  });

  test.each([
    [{ Belt: { stock: -1, faults: [100] } }],
    [{ Belt: { stock: 1 } }],
    [{ belt: { stock: 1, faults: [100] } }],
    [{ Belt: { stock: 1, faults: [100], place: 'A1' } }],
  ])('that make no sense are refused: %j', (wrong) => {
    expect(() => plantOf(machine, { spares: wrong })).toThrow('is no spare');
  });
});
