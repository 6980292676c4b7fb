import type { Ask, Understood, Unreadable } from './ask.ts';
import { convert, findUnit } from './units.ts';

/** A number, grouped by spaces or apostrophes or not at all, and what follows it up to the next number. */
const PIECE = /([+\-−]?)\s*(\d[\d.,\s'’]*)([^\d]*)/gy;
const GROUPED = /^\d{1,3}(?:[\s'’]\d{3})+$/;

const unreadable = (problem: Unreadable['problem'], detail: Unreadable['detail'] = {}): Unreadable => ({
  problem,
  detail,
});

/**
 * Reads a number as people type it. Comma and point are both decimal; spaces and apostrophes group thousands; both, or
 * two of either, could mean two things and are refused. A unit is read and converted. `4 min 35 s` is one number.
 */
export function readNumber(
  typed: string,
  ask: Pick<Ask, 'type' | 'unit' | 'accept' | 'min' | 'max'>,
): Understood | Unreadable {
  const text = typed.trim();
  const pieces = [...text.matchAll(PIECE)];
  if (!pieces.length || pieces.map(([all]) => all).join('') !== text) return unreadable('number', { typed });
  const unit = ask.unit ?? '';
  let sum = 0;
  let first: Understood['typed'];
  for (const [, sign, digits, rest] of pieces) {
    const number = plainNumber(digits);
    if (typeof number !== 'number') return number;
    const signed = sign && sign !== '+' ? -number : number;
    const name = rest.trim();
    const accepted = readUnit(name, unit, ask.accept);
    if (typeof accepted !== 'string') return accepted;
    if (pieces.length > 1 && (!name || findUnit(unit) === undefined || convert(1, unit, 's') === undefined))
      return unreadable('number', { typed });
    sum += convert(signed, accepted, unit) ?? signed;
    first ??= { number: signed, unit: accepted };
  }
  if (ask.type === 'integer' && !Number.isInteger(sum)) return unreadable('integer', { typed });
  if (sum < (ask.min ?? -Infinity) || sum > (ask.max ?? Infinity))
    return unreadable('range', { min: String(ask.min ?? ''), max: String(ask.max ?? ''), unit });
  return { value: sum, typed: pieces.length === 1 && first ? first : { number: sum, unit } };
}

function plainNumber(digits: string): number | Unreadable {
  const text = digits.trim();
  const separators = text.match(/[.,]/g) ?? [];
  if (separators.length > 1) return unreadable('separators', { typed: text });
  const [whole, fraction = ''] = text.split(/[.,]/);
  const spaced = /[\s'’]/.test(whole);
  if ((spaced && !GROUPED.test(whole)) || /[\s'’]/.test(fraction)) return unreadable('number', { typed: text });
  if (separators.length && !fraction) return unreadable('number', { typed: text });
  return Number(`${whole.replace(/[\s'’]/g, '')}.${fraction || '0'}`);
}

function readUnit(name: string, unit: string, accept: readonly string[] = []): string | Unreadable {
  if (!name || name === unit) return unit;
  const code = findUnit(name);
  const accepted = [unit, ...accept].filter(Boolean);
  const fits = code !== undefined && (accept.length ? accepted.includes(code) : convert(1, code, unit) !== undefined);
  return fits ? code : unreadable('unit', { unit: name, accepted: accepted.join(', ') });
}
