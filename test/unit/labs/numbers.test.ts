import { expect, test } from 'vitest';
import { readAnswer, signalPath } from '#server/labs/judge/answers.ts';
import type { Ask } from '#server/labs/judge/ask.ts';
import { readNumber } from '#server/labs/judge/numbers.ts';
import { showNumber } from '#server/labs/texts.ts';

const seconds: Ask = { id: 'long', type: 'number', unit: 's' };
const valueOf = (typed: string, ask: Ask = seconds) => {
  const read = readNumber(typed, ask);
  return 'value' in read ? read.value : read.problem;
};

test.each([
  ['275', 275],
  ['1.5', 1.5],
  ['1,5', 1.5],
  ['1 234,5', 1234.5],
  ['1 234,5', 1234.5],
  ["1'234.5", 1234.5],
  ['-3', -3],
  ['−3', -3],
  ['+3', 3],
  ['  12  ', 12],
  ['0,0', 0],
])('"%s" is read as a number as people type it', (typed, value) => {
  expect(valueOf(typed)).toBe(value);
});

test.each([
  ['1,234.5', 'separators'],
  ['1.234.567', 'separators'],
  ['1,5,5', 'separators'],
  ['12 34', 'number'],
  ['5.', 'number'],
  ['many', 'number'],
  ['12 s and a bit', 'unit'],
  ['12 s 7', 'number'],
  ['1e5', 'unit'],
  ['', 'number'],
])('"%s" could mean two things or nothing, and is refused', (typed, problem) => {
  expect(valueOf(typed)).toBe(problem);
});

test.each([
  ['275 s', 275],
  ['275s', 275],
  ['4,5 min', 270],
  ['4 min 35 s', 275],
  ['1 h 2 min', 3720],
  ['3 minuter', 180],
  ['500 ms', 0.5],
])('"%s" is converted to seconds', (typed, value) => {
  expect(valueOf(typed)).toBeCloseTo(value, 9);
});

test('a unit of another kind is refused, and so is one that the field does not accept', () => {
  expect(valueOf('3 kW')).toBe('unit');
  expect(valueOf('3 W', { id: 'p', type: 'number', unit: 'kW', accept: ['kW'] })).toBe('unit');
  expect(valueOf('300 W', { id: 'p', type: 'number', unit: 'kW', accept: ['W'] })).toBeCloseTo(0.3, 12);
  expect(valueOf('12 %', { id: 'p', type: 'number', unit: '%' })).toBe(12);
  expect(valueOf('3 mW', { id: 'p', type: 'number', unit: 'kW' })).toBe('unit');
});

test('two quantities are added only when they are times', () => {
  expect(valueOf('1 kW 500 W', { id: 'p', type: 'number', unit: 'kW' })).toBe('number');
});

test('whole numbers and limits are kept', () => {
  expect(valueOf('2,5', { id: 'n', type: 'integer' })).toBe('integer');
  expect(valueOf('26', { id: 'n', type: 'integer', min: 1, max: 25 })).toBe('range');
  expect(valueOf('25', { id: 'n', type: 'integer', min: 1, max: 25 })).toBe(25);
});

test('an empty field is not an answer', () => {
  expect(readAnswer('   ', seconds)).toBeUndefined();
  expect(readAnswer(undefined, seconds)).toBeUndefined();
});

test('a time of day is read as seconds since the start of the cell', () => {
  const began: Ask = { id: 'began', type: 'time', startUs: 5.5 * 3600e6 };
  const read = (typed: string) => readAnswer(typed, began);
  expect(read('05:30')).toEqual({ value: 0 });
  expect(read('06.07')).toEqual({ value: 37 * 60 });
  expect(read('6:07:30')).toEqual({ value: 37 * 60 + 30 });
  expect(read('Mon 06:07:30')).toEqual({ value: 37 * 60 + 30 });
  expect(read('kl. 06:07')).toEqual({ value: 37 * 60 });
  expect(read('05:29:59')).toEqual({ value: 24 * 3600 - 1 });
  expect(read('25:00')).toMatchObject({ problem: 'time' });
  expect(read('half past six')).toMatchObject({ problem: 'time' });
});

test('a signal may be named as on any door', () => {
  for (const name of [
    'ST03.Spindle.Load',
    'st03.spindle.load',
    's=ST03.Spindle.Load',
    'ns=2;s=ST03.Spindle.Load',
    'nsu=urn:verkstad:line;s=ST03.Spindle.Load',
    'nordpump/halmstad/pumps/line1/ST03/Spindle/Load',
    ' ST03/Spindle/Load ',
  ])
    expect(readAnswer(name, { id: 's', type: 'signal', choices: ['ST03.Spindle.Load'] })).toEqual({
      value: 'ST03.Spindle.Load',
    });
  expect(signalPath('AGV1/Battery')).toBe('AGV1.Battery');
});

test('an unknown signal is refused with the one that it looks like', () => {
  const ask: Ask = { id: 's', type: 'signal', choices: ['ST03.Spindle.Load', 'ST03.Spindle.Speed'] };
  expect(readAnswer('ST03.Spindel.Load', ask)).toEqual({
    problem: 'signal',
    detail: { typed: 'ST03.Spindel.Load', like: 'ST03.Spindle.Load' },
  });
});

test('a very long answer is refused before it is looked at', () => {
  expect(readAnswer('9'.repeat(10_001), seconds)).toMatchObject({ problem: 'tooLong' });
});

test('what a sentence shows is read as what it is, below zero too', () => {
  const shown = (['en', 'sv'] as const).map((language) => showNumber(-1234.5, language));
  expect(shown).toEqual(['\u22121\u202f234.5', '\u22121\u202f234,5']);
  expect(shown.map((text) => valueOf(text))).toEqual([-1234.5, -1234.5]);
});
