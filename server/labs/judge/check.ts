import type { Tolerance } from './tolerance.ts';

/** A value in a check: written down, or drawn for the attempt (`$interval`, `$wanted.0`, `$stop.station`). */
export type Reference = { readonly value: number | string } | { readonly drawn: string; readonly key?: string };

/** Why a check was not passed. Each check knows a closed set of causes, and a lab may have a sentence for each. */
export const CAUSES = {
  answers: ['other'],
  sample: ['outside', 'otherValue'],
  'opcua.subscribe': ['none', 'tooMany', 'tooFew', 'others', 'mode', 'sampling', 'short'],
  'mqtt.subscribe': ['none', 'wildcard', 'others'],
  command: ['none', 'refused', 'other'],
  signal: ['never', 'short'],
} as const;

/** What an explanation may say of what was seen, as `{{seen.count}}`. Never the wanted value. */
export const SEEN = {
  answers: ['answer'],
  sample: ['value', 'time'],
  'opcua.subscribe': ['count', 'asked', 'mode', 'policy', 'sampling', 'seconds', 'askedSeconds'],
  'mqtt.subscribe': ['topic', 'count'],
  command: ['target', 'via', 'status', 'count'],
  signal: ['signal', 'value', 'seconds', 'askedSeconds'],
} as const;

export type Source = keyof typeof CAUSES;
export type Cause = (typeof CAUSES)[Source][number];

interface Common {
  readonly id: string;
  readonly points: number;
  /** Checks that must have been passed first: `find.which`, or `which` of the same step. Always written out here. */
  readonly needs: readonly string[];
}

/** Answers that are right or wrong together. */
export interface AnswerCheck extends Common {
  readonly source: 'answers';
  readonly wanted: readonly { readonly ask: string; readonly is: Reference; readonly within?: Tolerance }[];
  /** Mistaken answers that are recognised, in the order in which they are tried. */
  readonly tells: readonly { readonly id: string; readonly is: Readonly<Record<string, Reference>> }[];
}

/** A message of a signal, pasted as it came: the signal had this value at this time. */
export interface SampleCheck extends Common {
  readonly source: 'sample';
  readonly ask: string;
  readonly signal: Reference;
}

/** Exactly these signals in one session, under all conditions at once. Times are wall time. */
export interface SubscribeCheck extends Common {
  readonly source: 'opcua.subscribe';
  readonly signals: readonly Reference[];
  readonly mode?: 'Sign' | 'SignAndEncrypt';
  readonly samplingMs?: Reference;
  readonly forS?: number;
}

/** The topic of one signal, not a wildcard that happens to contain it. */
export interface TopicCheck extends Common {
  readonly source: 'mqtt.subscribe';
  readonly signal: Reference;
}

/** A command of the participant that the line accepted. */
export interface CommandCheck extends Common {
  readonly source: 'command';
  readonly target: Reference;
  readonly via?: 'http' | 'opcua' | 'mqtt';
}

/** A signal that held a value for a while of plant time. */
export interface SignalCheck extends Common {
  readonly source: 'signal';
  readonly signal: Reference;
  readonly is: Reference;
  readonly within: Tolerance;
  readonly forS: number;
}

export type Check = AnswerCheck | SampleCheck | SubscribeCheck | TopicCheck | CommandCheck | SignalCheck;
