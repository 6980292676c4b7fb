import { evaluate } from './expression/evaluate.ts';
import { parseReference } from './parse-reference.ts';
import { pathOf, shownAs, valueOf, type Values } from './reference.ts';

/** Plain data in which references, paths that begin with one, and `${...}` have become values. */
export function fillDeep(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return fillText(value, values);
  if (Array.isArray(value)) return value.map((one) => fillDeep(one, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillDeep(one, values)]));
}

const EXPRESSION = /\$\{([^}]+)\}/g;

function fillText(text: string, values: Values): unknown {
  const whole = /^\$\{([^}]+)\}$/.exec(text);
  if (whole) return evaluate(whole[1], values.scope);
  if (text.includes('${')) return text.replace(EXPRESSION, (_, cel: string) => shownAs(evaluate(cel, values.scope)));
  const reference = parseReference(text);
  if ('drawn' in reference) return valueOf(reference, values);
  return text.startsWith('$') ? pathOf(text, values) : text;
}
