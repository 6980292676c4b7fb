import type { EvidenceEntry } from '#contract/evidence.ts';
import type { Instant } from './expression/lab-scope.ts';
import type { Tolerance } from './tolerance.ts';

/** A value in a check: written down, drawn for the attempt (`$interval`, `$stop.station`), or an expression. */
export type Reference =
  { readonly value: number | string } | { readonly drawn: string; readonly key?: string } | { readonly cel: string };

/** Why a check was not passed. Each check knows a closed set of causes, and a lab may have a sentence for each. */
export const CAUSES = {
  answers: ['other'],
  sample: ['outside', 'otherValue'],
  'opcua.subscribe': ['none', 'tooMany', 'tooFew', 'others', 'mode', 'sampling', 'short'],
  'mqtt.subscribe': ['none', 'wildcard', 'others'],
  command: ['none', 'refused', 'other'],
  signal: ['never', 'short'],
  value: ['other'],
  condition: ['never', 'late'],
  event: ['tooFew', 'tooMany', 'order'],
  evidence: ['none', 'tooFew', 'tooMany', 'window', 'policy', 'client'],
  config: ['other'],
  rule: ['noRule', 'other'],
} as const;

/** What an explanation may say of what was seen, as `{{seen.count}}`. Never the wanted value. */
export const SEEN = {
  answers: ['answer'],
  sample: ['value', 'time'],
  'opcua.subscribe': ['count', 'asked', 'mode', 'policy', 'sampling', 'seconds', 'askedSeconds', 'members', 'of'],
  'mqtt.subscribe': ['topic', 'count', 'members', 'of'],
  command: ['target', 'via', 'status', 'count', 'members', 'of'],
  signal: ['signal', 'value', 'seconds', 'askedSeconds'],
  value: ['value'],
  condition: ['time', 'seconds'],
  event: ['event', 'count', 'time'],
  evidence: ['count', 'signals', 'policy', 'client', 'members', 'of'],
  config: ['path', 'value'],
  rule: ['passed', 'of', 'rule'],
} as const;

export type Source = keyof typeof CAUSES;
export type Cause = (typeof CAUSES)[Source][number];

interface Common {
  readonly id: string;
  readonly points: number;
  /** Checks that must have been passed first: `find.which`, or `which` of the same step. Always written out here. */
  readonly needs: readonly string[];
}

/** `{least: 10}`, `{most: 3}`, or both for a number exactly. */
export interface CountRule {
  readonly least?: number;
  readonly most?: number;
}

/** What an answer must be. `missing` and `extra` are for lists: so many may be wanting, so many too many. */
export interface Wanted {
  readonly ask: string;
  readonly is: Reference;
  readonly within?: Tolerance;
  readonly missing?: Reference;
  readonly extra?: Reference;
}

/** Answers that are right or wrong together. */
export interface AnswerCheck extends Common {
  readonly source: 'answers';
  readonly wanted: readonly Wanted[];
  /** Mistaken answers that are recognised, in the order in which they are tried. */
  readonly tells: readonly { readonly id: string; readonly is: Readonly<Record<string, Reference>> }[];
}

/** A message of a signal, pasted as it came: the signal had this value at this time. */
export interface SampleCheck extends Common {
  readonly source: 'sample';
  readonly ask: string;
  readonly signal: Reference;
}

/** Whose deeds count: `anyone` of the team, which is usual, `each` of them, or those who have a role. */
interface OfTeam {
  readonly by?: string;
}

/** Exactly these signals in one session, under all conditions at once. Times are wall time. */
export interface SubscribeCheck extends Common, OfTeam {
  readonly source: 'opcua.subscribe';
  readonly signals: readonly Reference[];
  readonly mode?: 'Sign' | 'SignAndEncrypt';
  readonly samplingMs?: Reference;
  readonly forS?: number;
}

/** The topic of one signal, not a wildcard that happens to contain it. */
export interface TopicCheck extends Common, OfTeam {
  readonly source: 'mqtt.subscribe';
  readonly signal: Reference;
}

/** A command of the participant that the line accepted. */
export interface CommandCheck extends Common, OfTeam {
  readonly source: 'command';
  /** `$station.Meter.CtPrimary`, or written out. */
  readonly target: string;
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

/** What an expression over signals and windows comes to. */
export interface ValueCheck extends Common {
  readonly source: 'value';
  readonly expression: string;
  readonly above?: Reference;
  readonly below?: Reference;
  readonly is?: Reference;
  readonly within?: Tolerance;
  /** Unit of the value, for the tolerance and for what is shown. */
  readonly unit: string;
}

/** A condition that comes true: by a deadline, or so long before an event. */
export interface ConditionCheck extends Common {
  readonly source: 'condition';
  readonly condition: string;
  readonly window?: string;
  readonly deadline?: Instant;
  readonly leads?: { readonly event: string; readonly byS: number };
}

/** What happened in the plant, or what the participant had it do, so many times. */
export interface EventCheck extends Common {
  readonly source: 'event';
  /** Name or glob of an event; of a command of the participant if `isCommand`. */
  readonly event: string;
  readonly isCommand: boolean;
  readonly actor: 'participant' | 'anyone';
  readonly count: CountRule;
  readonly after?: Instant;
  readonly before?: Instant;
  /** After `after`: seconds, or so many parts at a station. */
  readonly within?: { readonly s: number } | { readonly parts: string; readonly station: string };
  /** These events in this order, each for the first time after the one before. */
  readonly order?: readonly string[];
}

/** What was read, browsed or published, by any tool. */
export interface EvidenceCheck extends Common, OfTeam {
  readonly source: 'evidence';
  readonly kind: EvidenceEntry['kind'] | 'read';
  /** Globs of signals or topics. */
  readonly of: readonly string[];
  readonly covers?: string;
  readonly signals?: CountRule;
  readonly count: CountRule;
  readonly policy?: string;
  readonly mode?: 'Sign' | 'SignAndEncrypt';
  readonly client: 'any' | 'own';
}

/** A parameter that has a value now. */
export interface ConfigCheck extends Common {
  readonly source: 'config';
  readonly path: string;
  readonly is: Reference;
  readonly within?: Tolerance;
  readonly unit: string;
}

/** The participant's rule on lines that they have never seen. */
export interface RuleCheck extends Common {
  readonly source: 'rule';
  readonly rule: string;
  readonly hidden: {
    readonly seeds: number;
    readonly set: Readonly<Record<string, unknown>>;
    readonly scenario: readonly Readonly<Record<string, unknown>>[];
    readonly run: { readonly us: number } | { readonly parts: string; readonly station: string };
    readonly each: string;
    readonly atLeast: number;
    /** Judgements on the same hidden lines, before others are drawn. */
    readonly freeTries: number;
  };
}

export type Check =
  | AnswerCheck
  | SampleCheck
  | SubscribeCheck
  | TopicCheck
  | CommandCheck
  | SignalCheck
  | ValueCheck
  | ConditionCheck
  | EventCheck
  | EvidenceCheck
  | ConfigCheck
  | RuleCheck;
