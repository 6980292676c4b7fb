import { evaluate } from './expression/evaluate.ts';
import type { ValueCheck } from './check.ts';
import { failed, type Finding, passed, waiting } from './outcome.ts';
import { numberOf, type Values } from './reference.ts';
import { isWithin } from './tolerance.ts';

/** True if what the expression comes to lies where it should. */
export function judgeValue({ expression, above, below, is, within, unit }: ValueCheck, values: Values): Finding {
  const got = evaluate(expression, values.scope);
  if (typeof got === 'boolean') return got ? passed() : failed('other');
  const value = Number(got);
  if (Number.isNaN(value)) return waiting('unknown');
  const seen = { value: { number: Number(value.toPrecision(4)), unit } };
  if (above && !(value > numberOf(above, values))) return failed('other', seen);
  if (below && !(value < numberOf(below, values))) return failed('other', seen);
  if (is && !(within ? isWithin(value, numberOf(is, values), within, unit, values) : value === numberOf(is, values)))
    return failed('other', seen);
  return passed(seen);
}
