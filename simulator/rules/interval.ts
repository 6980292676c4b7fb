import type { Bounds } from '#simulator/kernel/closed-form.ts';
import { ANY } from '#simulator/plant/signal.ts';

/*
 * Expressions over all values that their signals may come to. What an expression cannot become need not be looked for.
 * A condition is from 0 to 1; what may be unknown may be anything. Arithmetic rounds monotonically, so the ends of an
 * interval are computed as its values are (R. E. Moore, Interval Analysis, 1966).
 */

type Operation = (a: number, b: number) => number;

export const FALSE: Bounds = [0, 0];
export const TRUE: Bounds = [1, 1];
const EITHER: Bounds = [0, 1];

const isPoint = ([low, high]: Bounds): boolean => low === high;
const isAny = ([low, high]: Bounds): boolean => Number.isNaN(low) || Number.isNaN(high);
const cover = (...ends: readonly number[]): Bounds => [Math.min(...ends), Math.max(...ends)];
const decided = (isTrue: boolean, isFalse: boolean): Bounds => (isTrue ? TRUE : isFalse ? FALSE : EITHER);

/** What an operation of two numbers, or of two conditions, may come to. */
export function combine(op: string, a: Bounds, b: Bounds, apply: Operation): Bounds {
  switch (op) {
    // Kleene 1952: one side may decide, whatever is unknown of the other.
    case '&&':
      if (isFalse(a) || isFalse(b)) return FALSE;
      break;
    case '||':
      if (isTrue(a) || isTrue(b)) return TRUE;
      break;
  }
  if (isAny(a) || isAny(b)) return ANY;
  switch (op) {
    case '&&':
    case '||':
      return [apply(a[0], b[0]), apply(a[1], b[1])];
    case '+':
    case '-':
    case '*':
      return corners(a, b, apply);
    case '/':
      return b[0] > 0 || b[1] < 0 ? corners(a, b, apply) : ANY;
    case '<':
      return decided(a[1] < b[0], a[0] >= b[1]);
    case '<=':
      return decided(a[1] <= b[0], a[0] > b[1]);
    case '>':
      return decided(a[0] > b[1], a[1] <= b[0]);
    case '>=':
      return decided(a[0] >= b[1], a[1] < b[0]);
    case '==':
      return decided(areSame(a, b), areApart(a, b));
    case '!=':
      return decided(areApart(a, b), areSame(a, b));
    default:
      return isPoint(a) && isPoint(b) ? corners(a, b, apply) : ANY;
  }
}

const corners = (a: Bounds, b: Bounds, apply: Operation): Bounds =>
  cover(apply(a[0], b[0]), apply(a[0], b[1]), apply(a[1], b[0]), apply(a[1], b[1]));
const areApart = (a: Bounds, b: Bounds): boolean => a[1] < b[0] || b[1] < a[0];
const areSame = (a: Bounds, b: Bounds): boolean => isPoint(a) && isPoint(b) && a[0] === b[0];

export const isTrue = ([low, high]: Bounds): boolean => low === 1 && high === 1;
export const isFalse = ([low, high]: Bounds): boolean => low === 0 && high === 0;
export const negative = ([low, high]: Bounds): Bounds => [-high, -low];
/** What is not true where this is, and the other way round. */
export const opposite = ([low, high]: Bounds): Bounds => [1 - high, 1 - low];

/** Where it depends on a condition which of two it is. */
export function either(condition: Bounds, yes: Bounds, no: Bounds): Bounds {
  if (isTrue(condition)) return yes;
  if (isFalse(condition)) return no;
  return isAny(condition) ? ANY : cover(...yes, ...no);
}

/** How far the distance of two values may be from 0. */
export const distance = (a: Bounds, b: Bounds): Bounds => {
  const [low, high] = [a[0] - b[1], a[1] - b[0]];
  return [low <= 0 && high >= 0 ? 0 : low > 0 ? low : -high, Math.max(Math.abs(low), Math.abs(high))];
};
