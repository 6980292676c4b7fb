import { expect, test } from 'vitest';
import { extremes, figures, peaks } from '#web/workspace/captures/series.ts';

test('the lowest and the highest value are found, the first of equals', () => {
  expect(extremes([3, -1, 7, -1, 7])).toEqual({ low: 1, high: 2 });
});

test('the highest lines stand above their neighbours and are not two of one peak', () => {
  const y = [0, 1, 5, 4.9, 5.1, 0, 0, 0, 9, 0, 0, 0, 0, 2, 0];
  expect(peaks(y, 3)).toEqual([8, 4, 13]);
  expect(peaks([1, 1, 1], 3)).toEqual([]);
});

test('a number is told with about three figures', () => {
  expect([0, 1234, 56.78, -3.456, 0.0123, 0.00123].map(figures)).toEqual([0, 0, 1, 2, 3, 5]);
});
