import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { type Action, actionOf, type ActionTargets } from './action.ts';
import { Compiler, type ReadableSignal, type SignalReader } from './compile.ts';
import { shown } from './located.ts';
import { findSpanUs, SPAN_HINT } from './span.ts';
import type { WindowUse } from './windows.ts';

/** A rule that is ready to be evaluated. It holds no state of any cell. */
export interface Rule {
  readonly id: string;
  /** It is evaluated at the whole multiples of it. */
  readonly everyUs: number;
  /** How long `when` must hold before the rule fires. */
  readonly forUs: number;
  readonly signals: readonly ReadableSignal[];
  readonly windows: readonly WindowUse[];
  /** Written before `when`, `until` and the action are evaluated. */
  readonly samples: Float64Array;
  readonly results: Float64Array;
  /** 1, 0, or NaN for unknown. */
  readonly when: () => number;
  readonly until: () => number;
  readonly action: Action;
}

/** What rules may read and act on. */
export interface Surroundings {
  readonly signals: SignalReader;
  readonly targets: ActionTargets;
}

const KNOWN = ['id', 'when', 'until', 'for', 'every', 'do', 'station', 'parameter', 'to', 'value'];
const EXAMPLE = '{"id":"hot","when":"ST03.Spindle.Temperature > 60","for":"30 s","do":"alarm"}';

/** An object, or its JSON text where a door knows no objects. */
export function objectOf(value: unknown, example: string): Readonly<Record<string, unknown>> {
  let given = value;
  if (typeof value === 'string' && value.length <= 4000) {
    try {
      given = JSON.parse(value) as unknown;
    } catch {
      // Said below.
    }
  }
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw new Refusal(`${shown(value)} is no object.`, `Give one such as ${example}.`, 'wrong_type');
}

/**
 * A rule from `{id, when, until?, for?, every?, do, ...}`: `when` and `until` are conditions in CEL, `for` and `every`
 * lengths of plant time, `do` is alarm, hold (with `station`), set (with `parameter` and `to`) or publish (with `value`).
 */
export function ruleOf(value: unknown, { signals, targets }: Surroundings): Rule {
  const given = objectOf(value, EXAMPLE);
  const strange = Object.keys(given).find((key) => !KNOWN.includes(key));
  if (strange !== undefined) {
    const message = `A rule has no "${strange.slice(0, 40)}".${didYouMean(strange, KNOWN)}`;
    throw new Refusal(message, `It has ${KNOWN.join(', ')}.`, 'unknown_target');
  }
  const id = idOf(given.id);
  const everyUs = spanOf('every', given.every ?? '1 s');
  if (everyUs < SECOND || everyUs > HOUR || everyUs % SECOND !== 0) {
    throw new Refusal(`"every" cannot be ${shown(given.every)}.`, 'Give whole seconds, 1 s to 1 h.', 'out_of_range');
  }
  const forUs = given.for === undefined ? 0 : spanOf('for', given.for);
  if (forUs % everyUs !== 0) {
    const hint = `The rule is evaluated every ${everyUs / SECOND} s: give a whole multiple of it.`;
    throw new Refusal(`"for" cannot be ${shown(given.for)}.`, hint, 'out_of_range');
  }
  const compiler = new Compiler(signals, everyUs);
  const when = compiler.compile(given.when, 'when', 'condition');
  const until = given.until === undefined ? () => 1 - when() : compiler.compile(given.until, 'until', 'condition');
  const action = actionOf(given, compiler, targets);
  const { windows, samples, results } = compiler;
  return { id, everyUs, forUs, when, until, action, signals: compiler.signals, windows, samples, results };
}

export function idOf(id: unknown): string {
  if (typeof id === 'string' && /^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(id)) return id;
  const hint = 'Begin with a letter; use at most 32 letters, digits, hyphens and underscores.';
  throw new Refusal(`${shown(id)} is no name of a rule.`, hint, 'wrong_type');
}

function spanOf(what: string, text: unknown): number {
  const us = findSpanUs(text);
  if (us !== undefined) return us;
  throw new Refusal(`${shown(text)} is no "${what}".`, SPAN_HINT, 'wrong_type');
}
