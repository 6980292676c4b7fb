import type { Text } from './signal.ts';

/** A kind of pump that the line makes. */
export interface Variant {
  readonly name: string;
  readonly text: Text;
  /** Milling time against the standard one. */
  readonly milling: number;
  readonly hasPrintedCover: boolean;
}

export const VARIANTS: readonly Variant[] = [
  { name: 'P1', text: { en: 'P1 standard', sv: 'P1 standard' }, milling: 1, hasPrintedCover: false },
  { name: 'P2', text: { en: 'P2 high-flow', sv: 'P2 högflöde' }, milling: 1.06, hasPrintedCover: false },
  { name: 'P3', text: { en: 'P3 printed cover', sv: 'P3 utskrivet lock' }, milling: 0.96, hasPrintedCover: true },
];

/** By the number that the feature `variant` of a part holds. */
export const variantAt = (index: number): Variant => VARIANTS[index];

export const VARIANT_WORDS: Readonly<Record<number, Text>> = {
  0: { en: 'none', sv: 'ingen' },
  ...Object.fromEntries(VARIANTS.map(({ text }, index) => [index + 1, text])),
};
