/** A sentence or a name in both languages of the product. */
export interface Text {
  readonly en: string;
  readonly sv: string;
}

/** How a value travels: as the OPC UA built-in type of that name. In the slab every value is a number. */
export type SignalType = 'Double' | 'Int32' | 'UInt32' | 'Boolean';

/**
 * A value that anyone may watch: a pure function of the state after the last event and of t.
 *
 * A `held` signal changes at events of its station only. A `continuous` one moves between them; it is sampled at whole
 * multiples of its scan and at events, and rounded to its resolution.
 */
export interface Signal {
  /** PascalCase, within the station: `Motor.Power`. */
  readonly name: string;
  /** UCUM code. */
  readonly unit: string;
  readonly at: (t: number) => number;
  readonly kind: 'held' | 'continuous';
  readonly type: SignalType;
  /** Seconds between two samples of a continuous signal. */
  readonly scanS: number;
  /** Samples are whole multiples of it. */
  readonly resolution: number;
  /** Lowest and highest value that the signal can show, in its unit. */
  readonly range: readonly [low: number, high: number];
  readonly text: Text;
  /** What the numbers of an enumeration mean, by value. */
  readonly words?: Readonly<Record<number, Text>>;
  /** Depends on the whole line, not on its own station alone: it is sampled at every event of the cell. */
  readonly ofLine?: boolean;
  /** A continuous one that may jump at an event, as the progress of a cycle does when the next begins. */
  readonly restarts?: boolean;
  /** Name of the signal of the same station that counts it: its integral over hours since the start. */
  readonly counter?: string;
}

type Common = Partial<Pick<Signal, 'text' | 'words' | 'ofLine'>>;
interface Continuous extends Common, Partial<Pick<Signal, 'restarts' | 'counter'>> {
  readonly range?: Signal['range'];
  readonly scanS?: number;
  readonly resolution?: number;
}
export interface Held extends Common {
  readonly range?: Signal['range'];
  readonly type?: SignalType;
  readonly resolution?: number;
}

const EVERYTHING = [0, 1e9] as const;
const named = (name: string): Text => ({ en: name, sv: name });

/** A quantity that moves all the time. */
export const signal = (name: string, unit: string, at: Signal['at'], more: Continuous = {}): Signal => ({
  kind: 'continuous',
  type: 'Double',
  scanS: 1,
  resolution: 0.01,
  range: EVERYTHING,
  text: named(name),
  ...more,
  name,
  unit,
  at,
});

/** A count, a state or a result: it changes at events only. */
export const held = (name: string, unit: string, at: Signal['at'], more: Held = {}): Signal => ({
  kind: 'held',
  type: 'UInt32',
  scanS: 0,
  resolution: more.type === 'Double' ? 0.001 : 1,
  range: EVERYTHING,
  text: named(name),
  ...more,
  name,
  unit,
  at,
});
