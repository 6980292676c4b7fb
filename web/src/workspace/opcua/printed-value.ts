import type { Language } from '#contract/text.ts';

/** A value as the server wrote it; the decimals of a number begin as the reader writes them. */
export const printedValue = (value: string, language: Language): string =>
  language === 'sv' && /^-?\d+\.\d+$/.test(value) ? value.replace('.', ',') : value;
