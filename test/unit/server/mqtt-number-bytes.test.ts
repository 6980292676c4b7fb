import { expect, test } from 'vitest';
import { NUMBER_BYTES, scaleOf, writeNumber } from '#server/mqtt/number-bytes.ts';
import { rounded } from '#simulator/cell/sampling.ts';

const written = (value: number, scale: number): string => {
  const bytes = Buffer.alloc(NUMBER_BYTES);
  return bytes.toString('latin1', 0, writeNumber(bytes, 0, value, scale));
};

test('a number is written as String writes it, for each resolution', () => {
  for (const resolution of [1, 5, 0.5, 0.1, 0.05, 0.01, 0.001, 0.0001, 0.000001]) {
    const scale = scaleOf(resolution);
    for (let n = 0; n < 2000; n++) {
      const value = rounded(Math.sin(n) * 10 ** (n % 11), resolution);
      expect(written(value, scale)).toBe(String(value));
    }
  }
});

test.each([
  0,
  1,
  -1,
  10,
  100,
  0.1,
  -0.05,
  99.95,
  2 ** 31 - 1,
  2 ** 31,
  4_294_967_295,
  1e21,
  1 / 3,
  1e-7,
  -1.2345678901234567e-300,
])('%d is written as String writes it, whole multiple of the scale or not', (value) => {
  for (const scale of [1, 10, 100, 1e6]) expect(written(value, scale)).toBe(String(value));
});

test('what is no number is null', () => {
  expect([NaN, Infinity, -Infinity].map((value) => written(value, 10))).toEqual(['null', 'null', 'null']);
});
