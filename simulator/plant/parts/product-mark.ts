import { variantAt } from './variants.ts';

/** GS1 keeps this prefix for demonstrations and examples: no real article has such a number. */
const GS1_PREFIX = '952';
const COMPANY = '000000';
const FIRST_ITEM = 101;

/** Serial numbers are marked with eight digits. */
export const serialText = (serial: number): string => String(serial).padStart(8, '0');

/** What a person reads on the pump: `NP-P1-00001234`. */
export const markText = (variant: number, serial: number): string =>
  `NP-${variantAt(variant).name}-${serialText(serial)}`;

/** Global Trade Item Number of a variant with 14 digits (GS1 General Specifications, 3.2.2 and 7.9). */
export function gtinOf(variant: number): string {
  const digits = `0${GS1_PREFIX}${COMPANY}${FIRST_ITEM + variant}`;
  return digits + String(checkDigit(digits));
}

/** GS1 check digit: weights 3 and 1 in turn from the right. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let k = 0; k < digits.length; k++) sum += Number(digits[digits.length - 1 - k]) * (k % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

/** GS1 element string of a pump: application identifier 01 is its GTIN, 21 its serial number. Without brackets as marked. */
export const elementString = (variant: number, serial: number, isForPeople = false): string =>
  (isForPeople ? ['(01)', '(21)'] : ['01', '21'])
    .map((identifier, k) => identifier + (k === 0 ? gtinOf(variant) : serialText(serial)))
    .join('');

/** GS1 Digital Link (ISO/IEC 18975): where the passport of a pump is found. */
export const digitalLink = (variant: number, serial: number): string =>
  `https://id.nordpump.example/01/${gtinOf(variant)}/21/${serialText(serial)}`;

/** Cell contrast in percent, from which on it is of the best grade, and what one grade takes (ISO/IEC 29158, table 1). */
export const BEST_CONTRAST = 30;
const GRADE_STEP = 5;

/** Grade by cell contrast, 4 (A) to 0 (F), in tenths between the steps of ISO/IEC 29158. */
export const gradeOf = (contrast: number): number =>
  Math.max(0, Math.min(4, 4 - (BEST_CONTRAST - contrast) / GRADE_STEP));
