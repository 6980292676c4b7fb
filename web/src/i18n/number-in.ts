const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A number as people write it or copy it from the page; NaN for what is none. Both a comma and a point begin decimals,
 * spaces group digits, and a minus sign (U+2212) means what a hyphen does.
 */
export function numberIn(text: string): number {
  const plain = text.replace(/\s/g, '').replace(',', '.').replaceAll('\u2212', '-');
  return NUMBER.test(plain) ? Number(plain) : NaN;
}
