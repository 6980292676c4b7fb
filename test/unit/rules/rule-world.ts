import { expect } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { minutes } from '#simulator/kernel/time.ts';
import { bytes, pumpLine } from '../simulator/support.ts';

export const define = (rule: object) => ({ target: 'Rules.Define', value: rule });
export const hot = {
  id: 'hot',
  when: 'mean(ST03.Meter.Power, "1 min") > 5',
  until: 'ST03.Meter.Power < 2',
  for: '4 s',
  do: 'alarm',
};
/** Stops the mill when it has worked hard for a while. */
export const brake = {
  id: 'brake',
  when: 'Line.Parts.Finished >= 110 && share(ST03.Meter.Power > 5, "5 min") > 0.5',
  every: '10 s',
  do: 'hold',
  station: 'ST03',
};
export const slow = { id: 'slow', when: 'Line.Parts.Finished >= 40', do: 'set', parameter: 'ST02.Belt.Speed', to: 0.2 };
export const told = {
  id: 'told',
  when: 'Line.Parts.Finished % 10 == 0',
  every: '5 s',
  do: 'publish',
  value: 'Line.Energy',
};
export const ALL = [hot, brake, slow, told];

/** A pump line that is given all four, a minute apart. */
export function ruled(seed = 5n): Cell {
  const cell = pumpLine(seed);
  for (const [k, rule] of ALL.entries()) {
    cell.runUntil(minutes(20 + k));
    cell.command(define(rule));
  }
  return cell;
}

export const ofRules = (cell: Cell, fromUs = 0): Happening[] =>
  happenings(cell, fromUs, cell.now).filter(({ event }) => event.startsWith('Rules.'));
export const said = (events: readonly Happening[], event: string) =>
  events.filter((each) => each.event === `Rules.${event}`);

export function expectSame(a: Cell, b: Cell): void {
  expect(a.hash).toBe(b.hash);
  expect(bytes(a.snapshot()).equals(bytes(b.snapshot()))).toBe(true);
}
