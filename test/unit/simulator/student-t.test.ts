import { expect, test } from 'vitest';
import { quantileT, withinT } from '#simulator/cell/student-t.ts';

/** Abramowitz and Stegun 1964, table 26.10. */
const TABLE = [
  [0.95, 1, 12.706],
  [0.95, 2, 4.303],
  [0.95, 3, 3.182],
  [0.95, 4, 2.776],
  [0.95, 5, 2.571],
  [0.95, 10, 2.228],
  [0.95, 29, 2.045],
  [0.95, 60, 2.0],
  [0.95, 120, 1.98],
  [0.99, 1, 63.657],
  [0.99, 7, 3.499],
  [0.99, 30, 2.75],
] as const;

test.each(TABLE)(
  'with probability %d and %d degrees of freedom t is %d, as the table says',
  (probability, degrees, t) => {
    expect(quantileT(probability, degrees)).toBeCloseTo(t, 3);
  },
);

test('it comes to the normal distribution from above', () => {
  expect(quantileT(0.95, 100_000)).toBeCloseTo(1.96, 3);
  for (let degrees = 1; degrees < 63; degrees++) {
    expect(quantileT(0.95, degrees)).toBeGreaterThan(quantileT(0.95, degrees + 1));
    expect(withinT(quantileT(0.95, degrees), degrees)).toBeCloseTo(0.95, 12);
  }
});
