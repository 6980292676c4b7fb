import type { Reference } from './check.ts';

/** `$interval`, `$wanted.0`, `$stop.station`, or a value that is written down. */
export function parseReference(raw: string | number): Exclude<Reference, { cel: string }> {
  const [, drawn, key] =
    (typeof raw === 'string' && /^\$([a-z][A-Za-z0-9]*)(?:\.([a-z0-9][A-Za-z0-9]*))?$/.exec(raw)) || [];
  if (drawn === undefined) return { value: raw };
  return key === undefined ? { drawn } : { drawn, key };
}

/** As `parseReference`, but any other text is an expression. A `$` before a name in it is allowed, and means the name. */
export function parseWanted(raw: string | number): Reference {
  if (typeof raw === 'number') return { value: raw };
  const reference = parseReference(raw);
  return 'drawn' in reference ? reference : { cel: unmarked(raw) };
}

/** An expression without the `$` of its names; every character stays in its place. */
export const unmarked = (expression: string): string => expression.replace(/\$(?=[a-z])/g, ' ');
