import { expect, test } from 'vitest';
import { mostDecimals, printedValue } from '#web/workspace/opcua/printed-value.ts';

test('a number from an OPC UA server has its unit and the decimals of its column, and what is no number stays as it came', () => {
  const column = ['74.9', '75', '-0.25'];
  const decimals = mostDecimals(column);
  expect(column.map((value) => printedValue(value, 'sv', '%', decimals))).toEqual([
    '74,90\u00a0%',
    '75,00\u00a0%',
    '-0,25\u00a0%',
  ]);
  expect(column.map((value) => printedValue(value, 'en'))).toEqual(column);
  for (const word of ['true', '1.0.3', '2026-11-23T06:30:50.779Z', 'Execute', '']) {
    expect(printedValue(word, 'sv', '%', 2)).toBe(word);
  }
});
