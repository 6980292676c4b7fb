import type { Facts } from '#contract/facts.ts';
import type { Reference } from './check.ts';

type Drawn = Facts['drawn'];

/** The values that a reference stands for: several when a whole list was drawn. */
export function valuesOf(reference: Reference, drawn: Drawn): readonly (number | string)[] {
  if ('value' in reference) return [reference.value];
  const value = drawn[reference.drawn];
  if (value === undefined) throw new Error(`Nothing was drawn for "${reference.drawn}".`);
  if (typeof value !== 'object') return [value];
  if (reference.key === undefined) return Object.values(value);
  return [(value as Readonly<Record<string, string | number>>)[reference.key]];
}

export function valueOf(reference: Reference, drawn: Drawn): number | string {
  const values = valuesOf(reference, drawn);
  if (values.length !== 1 || values[0] === undefined) throw new Error(`${JSON.stringify(reference)} is not one value.`);
  return values[0];
}

export function numberOf(reference: Reference, drawn: Drawn): number {
  const value = valueOf(reference, drawn);
  if (typeof value !== 'number') throw new Error(`${JSON.stringify(reference)} is not a number.`);
  return value;
}
