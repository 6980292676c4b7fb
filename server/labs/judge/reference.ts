import type { Facts } from '#contract/facts.ts';
import { evaluate, type Scope } from './expression/evaluate.ts';
import { labScope, NO_NAMES } from './expression/lab-scope.ts';
import type { Value } from './expression/value.ts';
import type { readAnswer } from './answers.ts';
import type { Reference } from './check.ts';

/** Where references find their values: what was drawn, and what expressions know. */
export interface Values {
  readonly drawn: Facts['drawn'];
  readonly scope: Scope;
  readonly again?: Again | undefined;
}
export const valuesIn = (facts: Facts, scope: Scope = labScope(facts, NO_NAMES), again?: Again): Values => ({
  drawn: facts.drawn,
  scope,
  again,
});

/** What is known where the same facts are judged again and again, with other answers each time. */
export interface Again {
  /** What expressions came to, other than those that look at answers. */
  readonly found: Map<Reference, readonly Value[]>;
  /** As `readAnswer`; it may remember. */
  readonly read: typeof readAnswer;
}

/** The values that a reference stands for: several when a whole list was drawn. */
export function valuesOf(reference: Reference, { drawn, scope, again }: Values): readonly Value[] {
  if ('value' in reference) return [reference.value];
  if ('cel' in reference) {
    const all = again?.found.get(reference) ?? [evaluate(reference.cel, scope)];
    if (again && !/\banswers\b/.test(reference.cel)) again.found.set(reference, all);
    return all;
  }
  const value = drawn[reference.drawn] as Value | undefined;
  if (value === undefined) throw new Error(`Nothing was drawn for "${reference.drawn}".`);
  if (typeof value !== 'object') return [value];
  if (reference.key === undefined) return Object.values(value);
  return [(value as Readonly<Record<string, Value>>)[reference.key]];
}

export function valueOf(reference: Reference, values: Values): Value {
  const all = valuesOf(reference, values);
  if (all.length !== 1 || all[0] === undefined) throw new Error(`${JSON.stringify(reference)} is not one value.`);
  return all[0];
}

export const numberOf = (reference: Reference, values: Values): number => Number(valueOf(reference, values));

/** A name, such as the path of a signal. */
export const nameOf = (reference: Reference, values: Values): string => shownAs(valueOf(reference, values));

/** A value as text; a list or a row as JSON. */
export const shownAs = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** `$station.Meter.CtPrimary`: a path that begins with something that was drawn, written out. */
export function pathOf(text: string, { drawn }: Pick<Values, 'drawn'>): string {
  const [, name, key, rest] = /^\$([a-z][A-Za-z0-9]*)(?:\.([a-z0-9][A-Za-z0-9]*))?((?:\.[A-Z*].*)?)$/.exec(text) ?? [];
  if (name === undefined) return text;
  const value = drawn[name];
  const one = key === undefined ? value : (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return `${String(one)}${rest}`;
}
