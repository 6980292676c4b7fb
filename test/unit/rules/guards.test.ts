import { expect, test } from 'vitest';
import { happenings } from '#simulator/cell/history.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { pumpLine } from '../simulator/support.ts';

const parts = ['ST03.Spindle.Speed > 1500', 'ST03.Spindle.Load < 10', 'ST03.Spindle.Vibration > 0.4'];
/** The same condition, once as a row of sides that each decide alone, and once as a whole that is always looked at. */
const guarded = parts.join(' && ');
const whole = `!(${parts.map((part) => `!(${part})`).join(' || ')})`;

function ruled(when: string, more: object = {}): Cell {
  const cell = pumpLine(11n);
  cell.runUntil(minutes(30));
  cell.command({ target: 'Rules.Define', value: { id: 'calm', when, do: 'alarm', ...more } });
  cell.runUntil(hours(3));
  return cell;
}
const said = (cell: Cell) => happenings(cell, 0, cell.now).filter(({ event }) => event.startsWith('Rules.'));

test.each([{}, { for: '2 s' }, { until: 'ST03.Spindle.Speed < 100' }, { each: '1 part at ST03' }])(
  'a side that is false decides at once, and comes to what the whole condition comes to: %j',
  (more) => {
    const [quick, slow] = [ruled(guarded, more), ruled(whole, more)];
    expect(said(quick).length).toBeGreaterThan(2);
    expect(said(quick)).toEqual(said(slow));
    expect(quick.read('Rules.R1.Fired')).toBe(slow.read('Rules.R1.Fired'));
  },
);

test('what is unknown decides nothing: a side behind it that is false does', () => {
  const unknown = 'ST03.Spindle.Load / 0 > 1';
  for (const [when, status] of [
    [`${unknown} && ST03.Spindle.Speed < 0`, 2],
    [`ST03.Spindle.Speed < 0 && ${unknown}`, 2],
    [`${unknown} && ST03.Spindle.Speed >= 0`, 1],
  ] as const) {
    const cell = pumpLine(11n);
    cell.command({ target: 'Rules.Define', value: { id: 'odd', when, do: 'alarm' } });
    cell.runUntil(minutes(1));
    expect([when, cell.read('Rules.R1.Status')]).toEqual([when, status]);
  }
});
