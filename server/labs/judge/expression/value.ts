/** What an expression may come to. A window is `{from, to}`, an instant a number: seconds of plant time since the start. */
export type Value = number | string | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A signal, command or station that is named without quotation marks: its newest sample where a number is wanted. */
export class Path {
  constructor(readonly path: string) {}
}
export type Term = Value | Path;

export const isList = (value: Term): value is readonly Value[] => Array.isArray(value);
export const isRow = (value: Term): value is { readonly [name: string]: Value } =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Path);

/** Something is wrong in an expression, and where: `start` counts characters from 0. */
export class ExpressionError extends Error {
  constructor(
    readonly start: number,
    readonly rule: string,
    message: string,
  ) {
    super(message);
  }
}

/** What is asked about has not happened yet; it can be judged at `atS`, if that is known. */
export class NotYet extends Error {
  constructor(readonly atS?: number) {
    super('That time has not come yet.');
  }
}
