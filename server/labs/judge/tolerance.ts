import { evaluate } from './expression/evaluate.ts';
import type { Values } from './reference.ts';
import { convert } from './units.ts';

/**
 * How far an answer may lie from the wanted value. `percent` is of the wanted value, or of what `of` comes to; `absolute`
 * is in `unit`.
 */
export type Tolerance =
  | { readonly percent: number; readonly of?: string }
  | { readonly absolute: number; readonly unit: string }
  | { readonly larger: readonly Tolerance[] };

const NUMBER = /^(\d+(?:\.\d+)?) (\S+)$/;
const SCALED = /^(\d+(?:\.\d+)?) % of \((.+)\)$/;

/** `0.05 kW`, `3 %`, `1 pp`, `4 % of (expr)`, or `2 % or 0.05 kW` (the larger of the two). Undefined if it is none of these. */
export function parseTolerance(text: string): Tolerance | undefined {
  const scaled = SCALED.exec(text.trim());
  if (scaled) return { percent: Number(scaled[1]), of: scaled[2] };
  const parts = text.split(' or ').map(parseOne);
  if (parts.some((part) => !part)) return undefined;
  return parts.length === 1 ? parts[0] : { larger: parts as Tolerance[] };
}

function parseOne(text: string): Tolerance | undefined {
  const [, number, unit] = NUMBER.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const value = Number(number);
  if (unit === '%') return { percent: value };
  return unit === 'pp' ? { absolute: value, unit: '%' } : { absolute: value, unit };
}

/** Half the width of the accepted band around `wanted`, in `unit`. A named scale needs `values` to be known. */
export function halfWidth(tolerance: Tolerance, wanted: number, unit: string, values?: Pick<Values, 'scope'>): number {
  if ('percent' in tolerance) {
    const { of, percent } = tolerance;
    const scale = of === undefined || !values ? wanted : Number(evaluate(of, values.scope));
    return (Math.abs(scale) * percent) / 100;
  }
  if ('larger' in tolerance) return Math.max(...tolerance.larger.map((one) => halfWidth(one, wanted, unit, values)));
  const width = convert(tolerance.absolute, tolerance.unit, unit);
  if (width === undefined) throw new Error(`A tolerance in ${tolerance.unit} cannot judge a value in ${unit}.`);
  return width;
}

/** Inclusive and unrounded. The last bits of a binary fraction are forgiven, so that 0.3 lies within 0.1 of 0.2. */
export function isWithin(
  got: number,
  wanted: number,
  tolerance: Tolerance,
  unit: string,
  values?: Pick<Values, 'scope'>,
): boolean {
  const slack = 1e-9 * Math.max(Math.abs(got), Math.abs(wanted));
  return Math.abs(got - wanted) <= halfWidth(tolerance, wanted, unit, values) + slack;
}
