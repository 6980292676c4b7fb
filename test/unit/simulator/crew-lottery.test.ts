import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { lottery, modelOf } from './support.ts';

test('whatever fails, is serviced, looked at and commanded, the crew has as many people at work as it sent', () => {
  const model = modelOf('pump-line');
  const random = lottery(11);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  for (const seed of [1, 3]) {
    const cell = createCell(model, { seed, set: { 'ST03.Service.Hours': 1, 'ST07.Service.Parts': 60 } });
    const units = ['ST01', 'ST02', 'ST03', 'ST06', 'ST07', 'ST10', 'ST11', 'ST12'];
    cell.runUntil(minutes(20));
    for (let k = 0; k < 500; k++) {
      cell.runUntil(cell.now + seconds(1 + 120 * random()));
      const station = pick(units);
      const target = pick([
        ...[`${station}.Fail`, `${station}.Fail`, 'Crew.CreateWorkOrder', 'Crew.CreateWorkOrder', `${station}.Hold`],
        ...[`${station}.Unhold`, `${station}.Stop`, `${station}.Reset`, `${station}.Start`, 'Crew.CancelWorkOrder'],
      ]);
      const kind = pick(['inspection', 'preventive']);
      const value = target.endsWith('Fail')
        ? { forS: 30 + Math.floor(200 * random()) }
        : target.endsWith('CancelWorkOrder')
          ? cell.read('Crew.Orders.Done') + Math.floor(5 * random())
          : { station, kind, dueH: random() };
      try {
        cell.command({ target, ...(target.startsWith('Crew') || target.endsWith('Fail') ? { value } : {}) });
      } catch {
        // Refused in the present state, which is as good.
      }
      const { sent, busy, bits } = cell.look(({ stations }) => {
        const crew = stations.get('Crew')?.self as unknown as {
          links: { who: number }[];
          busy: { rate: number };
          atWork: number;
        };
        const sentTo = crew.links.filter(({ who }) => who >= 1 && who <= 32).length;
        return { sent: sentTo, busy: crew.busy.rate, bits: crew.atWork.toString(2).replaceAll('0', '').length };
      });
      expect([busy, bits]).toEqual([sent, sent]);
    }
    // And in the end everything goes on.
    for (const station of units) {
      for (const command of ['Unhold', 'Reset', 'Start']) {
        try {
          cell.command({ target: `${station}.${command}` });
        } catch {
          // It runs.
        }
        cell.runUntil(cell.now + minutes(1));
      }
    }
    const made = cell.read('Line.Parts.Finished');
    cell.runUntil(cell.now + hours(3));
    expect(cell.read('Line.Parts.Finished')).toBeGreaterThan(made + 50);
  }
});
