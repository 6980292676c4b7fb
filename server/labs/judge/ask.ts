/** A field of a step, with all that is needed to understand what was typed into it. */
export interface Ask {
  readonly id: string;
  readonly type: 'number' | 'integer' | 'choice' | 'station' | 'signal' | 'time' | 'text' | 'message';
  /** UCUM code in which the answer is judged. */
  readonly unit?: string;
  /** Other units that may be typed. */
  readonly accept?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** What may be chosen; for a station or a signal all that the cell has. */
  readonly choices?: readonly string[];
  /** Time of day, in microseconds since midnight, at which the cell starts. */
  readonly startUs?: number;
}

/** What was understood of an answer. Numbers in the unit of the ask, times in seconds since the start of the cell. */
export interface Understood {
  readonly value: number | string;
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
    | 'tooLong';
  readonly detail: Readonly<Record<string, string>>;
}
