import { expect, test } from 'vitest';
import { halfWidth, isWithin, parseTolerance } from '#server/labs/judge/tolerance.ts';

const tolerance = (text: string) => {
  const parsed = parseTolerance(text);
  if (!parsed) throw new Error(`"${text}" is no tolerance`);
  return parsed;
};

test('a tolerance is a quantity, a share, percentage points, or the larger of two', () => {
  expect(tolerance('0.05 kW')).toEqual({ absolute: 0.05, unit: 'kW' });
  expect(tolerance('3 %')).toEqual({ percent: 3 });
  expect(tolerance('1 pp')).toEqual({ absolute: 1, unit: '%' });
  expect(tolerance('2 % or 0.05 kW')).toEqual({ larger: [{ percent: 2 }, { absolute: 0.05, unit: 'kW' }] });
  for (const wrong of ['', '3', '3%', '-1 s', 'about 3 s', '3 % or', '3,5 s'])
    expect(parseTolerance(wrong)).toBeUndefined();
});

test('the edge belongs to what is accepted, on both sides', () => {
  const three = tolerance('3 s');
  expect(isWithin(103, 100, three, 's')).toBe(true);
  expect(isWithin(97, 100, three, 's')).toBe(true);
  expect(isWithin(103.001, 100, three, 's')).toBe(false);
  expect(isWithin(0, 0, tolerance('0 s'), 's')).toBe(true);
  expect(isWithin(0.3, 0.2, tolerance('0.1 m'), 'm')).toBe(true);
});

test('a share is of the wanted value, not of the answer', () => {
  expect(isWithin(110, 100, tolerance('10 %'), 's')).toBe(true);
  expect(isWithin(100, 110, tolerance('9 %'), 's')).toBe(false);
  expect(isWithin(-95, -100, tolerance('5 %'), 's')).toBe(true);
});

test('a quantity is converted to the unit of the answer', () => {
  expect(halfWidth(tolerance('1 min'), 100, 's')).toBe(60);
  expect(isWithin(0.35, 0.3, tolerance('50 W'), 'kW')).toBe(true);
  expect(() => halfWidth(tolerance('1 kW'), 100, 's')).toThrow('cannot judge');
});

test('of two tolerances the larger one counts', () => {
  const either = tolerance('2 % or 5 s');
  expect(halfWidth(either, 100, 's')).toBe(5);
  expect(halfWidth(either, 1000, 's')).toBe(20);
});
