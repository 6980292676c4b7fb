import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { type Action, actionOf, type ActionTargets } from './action.ts';
import { Compiler, type Guard, type ReadableSignal, type SignalReader } from './compile.ts';
import { shown } from './located.ts';
import { findPartSpan, findSpanUs, PART_HINT, SPAN_HINT } from './span.ts';
import type { WindowUse } from './windows.ts';

/** A rule that is ready to be evaluated. It holds no state of any cell. */
export interface Rule {
  readonly id: string;
  /** It is evaluated at the whole multiples of it. */
  readonly everyUs: number;
  /** Its answer counts only when a station has finished another so many parts. */
  readonly each: PartTurn | undefined;
  /** How long `when` must hold before the rule fires. */
  readonly forUs: number;
  readonly signals: readonly ReadableSignal[];
  readonly windows: readonly WindowUse[];
  readonly hasTimeWindows: boolean;
  /** All that it looks at changes at events only, and windows of parts at parts: between these it need not look again. */
  readonly isDiscrete: boolean;
  /** While the rule is not true they are asked first, in turn. There are none where windows look at all signals. */
  readonly guards: readonly Guard[];
  /** Written before `when`, `until` and the action are evaluated. */
  readonly samples: Float64Array;
  readonly results: Float64Array;
  /** 1, 0, or NaN for unknown. */
  readonly when: () => number;
  readonly until: () => number;
  readonly action: Action;
}

/** Every so many parts of a station, counted from its first. */
export interface PartTurn {
  readonly parts: number;
  readonly made: () => number;
}

/** What rules may read and act on. */
export interface Surroundings {
  readonly signals: SignalReader;
  readonly targets: ActionTargets;
}

const KNOWN = ['id', 'when', 'until', 'for', 'every', 'each', 'do', 'station', 'parameter', 'to', 'value'];
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
 * A rule from `{id, when, until?, for?, every?, each?, do, ...}`: `when` and `until` are conditions in CEL, `for` and
 * `every` lengths of plant time, `each` a number of parts as in `5 parts at ST03`, `do` is alarm, hold (with `station`), set (with `parameter` and `to`) or publish (with `value`).
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
  const each = given.each === undefined ? undefined : turnOf(given, signals);
  const forUs = given.for === undefined ? 0 : spanOf('for', given.for);
  if (forUs % everyUs !== 0) {
    const hint = `The rule is evaluated every ${everyUs / SECOND} s: give a whole multiple of it.`;
    throw new Refusal(`"for" cannot be ${shown(given.for)}.`, hint, 'out_of_range');
  }
  const compiler = new Compiler(signals, everyUs);
  const when = compiler.compile(given.when, 'when', 'condition');
  const until = given.until === undefined ? () => 1 - when() : compiler.compile(given.until, 'until', 'condition');
  const action = actionOf(given, compiler, targets);
  const { windows, guards, samples, results } = compiler;
  const hasTimeWindows = windows.some(({ made }) => made === undefined);
  const isDiscrete = !hasTimeWindows && compiler.signals.every(({ isHeld }) => isHeld);
  return {
    id,
    everyUs,
    each,
    forUs,
    when,
    until,
    action,
    signals: compiler.signals,
    windows,
    hasTimeWindows,
    isDiscrete,
    guards: windows.length > 0 ? [] : guards,
    samples,
    results,
  };
}

export function idOf(id: unknown): string {
  if (typeof id === 'string' && /^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(id)) return id;
  const hint = 'Begin with a letter; use at most 32 letters, digits, hyphens and underscores.';
  throw new Refusal(`${shown(id)} is no name of a rule.`, hint, 'wrong_type');
}

function turnOf({ each, every }: Readonly<Record<string, unknown>>, { counts }: SignalReader): PartTurn {
  if (every !== undefined) {
    const message = `"every" (${shown(every)}) and "each" (${shown(each)}) both say when the rule is evaluated.`;
    throw new Refusal(message, 'Give one of them.', 'out_of_range');
  }
  const span = findPartSpan(each);
  const stations = [...counts.keys()];
  const example = `5 parts at ${stations[0] ?? 'ST03'}`;
  if (span === undefined) throw new Refusal(`${shown(each)} is no "each".`, PART_HINT, 'wrong_type');
  if (span.station === undefined) {
    throw new Refusal(`"each" names no station.`, `Say whose parts, as in "${example}".`, 'wrong_type');
  }
  const made = counts.get(span.station);
  if (made !== undefined) return { parts: span.parts, made };
  const message = `${span.station} finishes no parts.${didYouMean(span.station, stations)}`;
  throw new Refusal(message, `Those that do are ${stations.join(', ')}.`, 'unknown_target');
}

function spanOf(what: string, text: unknown): number {
  const us = findSpanUs(text);
  if (us !== undefined) return us;
  throw new Refusal(`${shown(text)} is no "${what}".`, SPAN_HINT, 'wrong_type');
}
