import type { AnswerType } from '#contract/answer-type.ts';

/** A field of a step, with all that is needed to understand what was typed into it. */
export interface Ask {
  readonly id: string;
  readonly type: AnswerType;
  /** UCUM code in which the answer is judged. */
  readonly unit?: string;
  /** Decimals that are asked for. */
  readonly decimals?: number;
  /** Other units that may be typed. */
  readonly accept?: readonly string[];
  /** Of a number what is possible; of a list how many there may be. */
  readonly min?: number;
  readonly max?: number;
  /** What may be chosen; for a station or a signal all that the cell has. */
  readonly choices?: readonly string[];
  /** Fewest and most words of a text. */
  readonly words?: readonly [number, number];
  /** Of a table: name and type of each column. */
  readonly columns?: Readonly<Record<string, 'number' | 'integer' | 'text'>>;
  /** Time of the week, in microseconds since Monday midnight, at which the cell starts. */
  readonly startUs?: number;
}

/** What an answer may come to: a row of a table is a list. */
export type AnswerValue = number | string | readonly (number | string)[] | readonly (readonly (number | string)[])[];

/** What was understood of an answer. Numbers in the unit of the ask, times in seconds since the start of the cell. */
export interface Understood {
  readonly value: AnswerValue;
  /** For a number: as it was typed, in the unit that was typed. */
  readonly typed?: { readonly number: number; readonly unit: string };
  /** For a message: its time stamp in ms since 1970, and its unit. */
  readonly stamp?: { readonly epochMs: number; readonly unit: string };
}

/** Why an answer could not be understood, with what the sentence about it needs. */
export interface Unreadable {
  readonly problem:
    | 'number'
    | 'separators'
    | 'unit'
    | 'integer'
    | 'range'
    | 'choice'
    | 'station'
    | 'signal'
    | 'time'
    | 'message'
    | 'serials'
    | 'tooFewOf'
    | 'tooManyOf'
    | 'columns'
    | 'tooFewWords'
    | 'tooManyWords'
    | 'tooLong';
  readonly detail: Readonly<Record<string, string>>;
}
