import type { Text } from '#simulator/plant/signal.ts';

/** What a scenario may say of a fault: a number in its range, or one of some words; with neither, any value. */
export interface FaultParameter {
  /** UCUM code. */
  readonly unit: string;
  readonly range?: readonly [low: number, high: number];
  readonly choices?: readonly string[];
  /** Without it the parameter must be given. */
  readonly fallback?: number | string;
  readonly text: Text;
}

export type Given = Readonly<Record<string, unknown>>;

/** A command of a station, or a parameter and its value, hidden or not: `ST03.outerRaceDamage`. */
export interface Effect {
  readonly target: string;
  readonly value?: unknown;
}

/** A kind of fault: what it acts on is a cause, and its symptoms follow from the stations. */
export interface FaultKind {
  readonly id: string;
  readonly text: Text;
  /** Types of the stations that can have it; without it, any station can. */
  readonly stations?: readonly string[];
  /** It is of one signal, by its path, and not of a station. */
  readonly isOfSignal?: boolean;
  /** It is over as soon as it has happened. */
  readonly isInstant?: boolean;
  readonly parameters: Readonly<Record<string, FaultParameter>>;
  /** @param of path of the station or the signal */
  begins(given: Given, of: string): readonly Effect[];
  /** How it is put right; without it the parameters that it set go back to what they were at the start. */
  ends?(given: Given, of: string): readonly Effect[];
}

export const number = (
  unit: string,
  range: readonly [low: number, high: number],
  en: string,
  sv: string,
  fallback?: number,
): FaultParameter => ({ unit, range, text: { en, sv }, ...(fallback !== undefined && { fallback }) });

export const word = (choices: readonly string[], en: string, sv: string, fallback?: string): FaultParameter => ({
  ...{ unit: '1', choices, text: { en, sv } },
  ...(fallback !== undefined && { fallback }),
});

export const anything = (en: string, sv: string): FaultParameter => ({ unit: '1', text: { en, sv } });

/** Sets parameters of a station. */
export const set = (of: string, values: Readonly<Record<string, unknown>>): readonly Effect[] =>
  Object.entries(values).map(([name, value]) => ({ target: `${of}.${name}`, value }));
