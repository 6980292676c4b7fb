import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Model } from '#simulator/cell/model.ts';
import { wouldHaveFired } from '#simulator/cell/rule-trial.ts';
import { hours } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { pumpLine } from '../simulator/support.ts';
import { brake, define, hot, slow, told } from './rule-world.ts';

test.each([
  [{ ...hot, id: 'a b' }, 'wrong_type', 'no name of a rule'],
  [{ ...hot, every: '0.5 s' }, 'out_of_range', 'whole seconds'],
  [{ ...hot, every: '10' }, 'wrong_type', 'a number, a space'],
  [{ ...hot, every: '10 s' }, 'out_of_range', 'whole multiple'],
  [{ ...hot, whn: 'true' }, 'unknown_target', 'Did you mean "when"?'],
  [{ ...hot, for: undefined, every: '1 s', each: '5 parts at ST03' }, 'out_of_range', 'both say when'],
  [{ ...hot, each: '5 parts' }, 'wrong_type', 'names no station'],
  [{ ...hot, each: '5' }, 'wrong_type', 'is no "each"'],
  [{ ...hot, each: '0 parts at ST03' }, 'wrong_type', 'is no "each"'],
  [{ ...hot, each: '5 parts at ST33' }, 'unknown_target', 'Did you mean "ST03"?'],
  [{ ...hot, each: '5 parts at Rules' }, 'unknown_target', 'finishes no parts'],
  [
    { ...hot, for: '10 s', every: '10 s', when: 'mean(ST03.Bore.Deviation, "5 parts") > 0' },
    'wrong_type',
    'looks every second',
  ],
  [{ ...hot, do: 'explode' }, 'out_of_range', 'alarm, hold, set, publish'],
  [{ ...hot, do: 'hold' }, 'wrong_type', '"station" is missing'],
  [{ ...hot, station: 'ST03' }, 'wrong_type', 'no meaning'],
  [{ ...brake, station: 'ST30' }, 'unknown_target', 'Did you mean "ST03"?'],
  [{ ...brake, station: 'Rules' }, 'unknown_target', 'can be held'],
  [{ ...slow, parameter: 'ST02.Belt.Sped' }, 'unknown_target', 'Did you mean "ST02.Belt.Speed"?'],
  [{ ...slow, parameter: 'ST03.time' }, 'unknown_target', 'no parameter'],
  [{ ...slow, to: 1e6 }, 'out_of_range', 'm/s'],
  [{ ...slow, to: '1' }, 'out_of_range', 'a number from'],
  [{ ...told, value: 'ST03.Meter.Power > 1' }, 'wrong_type', 'wants a number'],
  [{ ...hot, when: undefined }, 'wrong_type', 'no expression for "when"'],
  ['{"id":', 'wrong_type', 'is no object'],
  [[hot], 'wrong_type', 'is no object'],
  [undefined, 'wrong_type', 'is no object'],
])('%j is refused and changes nothing: %s', (value, code, message) => {
  const cell = pumpLine(5n);
  const { hash } = cell;
  expect(() => cell.command({ target: 'Rules.Define', ...(value !== undefined && { value }) })).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
  expect([cell.hash, cell.log.length, cell.read('Rules.R1.Status')]).toEqual([hash, 0, 0]);
});

test('a cell has room for ten rules and ten windows, and says which to remove', () => {
  const cell = pumpLine(5n);
  const simple = (id: string) => define({ id, when: 'mean(ST03.Meter.Power, "10 s") > 1', do: 'alarm' });
  for (let k = 1; k <= 10; k++) cell.command(simple(`r${k}`));
  expect(() => cell.command(simple('r11'))).toThrow(/10 rules already.*r1, r2/);
  cell.command(simple('r4'));
  expect(() => cell.command({ target: 'Rules.Remove', value: 'r99' })).toThrow(/no rule "r99".*r1, r2/);
  cell.command({ target: 'Rules.Remove', value: 'r2' });
  const two = { ...hot, when: 'mean(ST03.Meter.Power, "10 s") > min(ST03.Meter.Power, "10 s")' };
  expect(() => cell.command(define(two))).toThrow(/2 windows, and 1 of 10 are free/);
  cell.command({ target: 'Rules.Remove', value: 'r3' });
  cell.command(define(two));
  cell.command(define({ ...hot, when: 'true' }));
  cell.command(define({ ...two, id: 'r3' }));
  const { content } = cell.capture('Rules.All') as Document;
  const listed = content.rules as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(['r1', 'hot', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10']);
});

test('a definition has one station for rules, or none', () => {
  const stations = { A: { type: 'rules' }, B: { type: 'rules' } };
  expect(() => new Model({ parts: 1, stations })).toThrow('A holds the rules of the cell already');
  const bare = createCell(new Model({ parts: 1, stations: { Crew: { type: 'crew' } } }), { seed: 1 });
  bare.runUntil(hours(1));
  expect(() => wouldHaveFired(bare, hot, { fromUs: 0, toUs: hours(1) })).toThrow(/has no rules.*type "rules"/);
});
