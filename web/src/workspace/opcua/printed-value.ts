import type { Language } from '#contract/text.ts';
import { withUnit } from '../../i18n/format.ts';

const NUMBER = /^-?(\d+)(?:\.(\d+))?$/;

/**
 * A value as the server wrote it. A number has its unit, and the reader's sign before its decimals: at least so many of
 * them, so that numbers in a column stand under each other.
 */
export function printedValue(value: string, language: Language, unit = '', decimals = 0): string {
  if (!NUMBER.test(value)) return value;
  const [whole, part = ''] = value.split('.');
  const digits = part.padEnd(decimals, '0');
  const number = digits === '' ? whole : `${whole}${language === 'sv' ? ',' : '.'}${digits}`;
  return withUnit(number, unit);
}

/** As many decimals as the number among these that has the most. */
export const mostDecimals = (values: readonly string[]): number =>
  Math.max(0, ...values.map((value) => NUMBER.exec(value)?.[2]?.length ?? 0));
