import { expect, test } from 'vitest';
import { dataMatrixOf, encoded, errorCorrection, type Matrix, placed } from '#simulator/plant/marking/data-matrix.ts';

const rows = ({ size, modules }: Matrix): string[] =>
  Array.from({ length: size }, (_, row) => modules.subarray(row * size, (row + 1) * size).join(''));

test('"123456" becomes the codewords of the example in ISO/IEC 16022, annex O', () => {
  expect(encoded('123456')).toEqual([142, 164, 186]);
  expect(errorCorrection([142, 164, 186], 5)).toEqual([114, 25, 5, 88, 102]);
});

test('"123456" becomes the 10 x 10 symbol of the example', () => {
  expect(rows(dataMatrixOf('123456'))).toEqual([
    '1010101010',
    '1100101101',
    '1100000100',
    '1100011101',
    '1100001000',
    '1000001111',
    '1110110000',
    '1111011001',
    '1001110100',
    '1111111111',
  ]);
});

test('codewords are placed as in the worked example of the placement program, annex F.3', () => {
  const codewords = [66, 74, 78, 66, 74, 78, 129, 56, 35, 102, 192, 96, 226, 100, 156, 1, 107, 221];
  expect(rows({ size: 12, modules: placed(12, codewords) })).toEqual([
    '011100001111',
    '001010101000',
    '010001010100',
    '001010100010',
    '000111000100',
    '011000010100',
    '000100001101',
    '011000010000',
    '001100001101',
    '100010010111',
    '011101011010',
    '001011001010',
  ]);
});

test.each([8, 10, 12, 14, 16, 18, 20])('a square of %i modules has one place for each bit', (n) => {
  const count = Math.floor((n * n) / 8);
  const corner = n * n - 8 * count === 4 ? 2 : 0; // dark modules in a corner that no codeword reaches
  const darkIn = (codewords: number[]) => placed(n, codewords).reduce((sum, dark) => sum + dark, 0);
  const none = new Array<number>(count).fill(0);
  expect(darkIn(none)).toBe(corner);
  const places = new Set<string>();
  for (let bit = 0; bit < 8 * count; bit++) {
    const one = none.map((_, k) => (k === Math.floor(bit / 8) ? 128 >> (bit % 8) : 0));
    expect(darkIn(one), `bit ${bit}`).toBe(corner + 1);
    places.add(placed(n, one).join(''));
  }
  expect(places.size).toBe(8 * count);
});

test('what is sent with its corrections has no remainder: every power of 2 is a root', () => {
  const message = encoded('NP-P1-00001234');
  const whole = [...message, ...errorCorrection(message, 12)];
  expect(errorCorrection(whole, 12)).toEqual(new Array(12).fill(0));
  whole[3] ^= 1;
  expect(errorCorrection(whole, 12)).not.toEqual(new Array(12).fill(0));
});

test('longer texts take larger symbols, and what does not fit is refused', () => {
  const sizes = ['12', 'NP-P1', 'NP-P1-001', 'NP-P1-00001234-ABC', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcd'].map(
    (text) => dataMatrixOf(text).size,
  );
  expect(sizes).toEqual([10, 12, 14, 18, 22]);
  expect(() => dataMatrixOf('x'.repeat(31))).toThrow('Shorten it to 30 codewords');
  expect(() => dataMatrixOf('å')).toThrow('not ASCII');
});
