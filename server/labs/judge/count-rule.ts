import type { CountRule } from './check.ts';

const MORE = /^(\d+) or more$/;
const FEWER = /^(?:at most (\d+)|(\d+) or fewer)$/;

/** `3`, `10 or more`, `at most 2`. Undefined if it is none of these. */
export function parseCount(text: string | number): CountRule | undefined {
  if (typeof text === 'number') return Number.isInteger(text) && text >= 0 ? { least: text, most: text } : undefined;
  const more = MORE.exec(text);
  if (more) return { least: Number(more[1]) };
  const fewer = FEWER.exec(text);
  if (fewer) return { most: Number(fewer[1] ?? fewer[2]) };
  return /^\d+$/.test(text) ? { least: Number(text), most: Number(text) } : undefined;
}

/** How a count misses its rule; undefined if it does not. */
export const misses = ({ least = 0, most = Infinity }: CountRule, count: number): 'tooFew' | 'tooMany' | undefined =>
  count < least ? 'tooFew' : count > most ? 'tooMany' : undefined;
