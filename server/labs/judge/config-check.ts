import type { Facts } from '#contract/facts.ts';
import type { ConfigCheck } from './check.ts';
import { failed, type Finding, passed, type Seen } from './outcome.ts';
import { pathOf, valueOf, type Values } from './reference.ts';
import { isWithin } from './tolerance.ts';

/** True if a parameter has the wanted value now. */
export function judgeConfig({ path: text, is, within, unit }: ConfigCheck, facts: Facts, values: Values): Finding {
  const path = pathOf(text, values);
  const value = facts.keep(`config ${path}`, () => facts.config(path));
  const wanted = valueOf(is, values);
  const shown: Seen = typeof value === 'number' ? { number: value, unit } : String(value);
  const seen = { path, value: shown };
  const isRight =
    within && typeof value === 'number' ? isWithin(value, Number(wanted), within, unit, values) : value === wanted;
  return isRight ? passed(seen) : failed('other', seen);
}
