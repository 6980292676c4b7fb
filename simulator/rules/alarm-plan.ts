import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Text } from '#simulator/plant/signal.ts';
import { shown } from './located.ts';
import { objectOf } from './rule.ts';
import { findSpanUs, SPAN_HINT } from './span.ts';

/**
 * Types of alarms (IEC 62682, 3.1; OPC 10000-9): beyond a limit, too far from a setpoint, changing too fast, or not at
 * the normal value. The limit of a rate of change is in the unit of the signal per minute.
 * The outer ones (`high-high`, `low-low`) are alarms of their own.
 */
export const KINDS = ['high', 'high-high', 'low', 'low-low', 'deviation', 'rate-of-change', 'off-normal'] as const;
export type AlarmKind = (typeof KINDS)[number];
export const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;
/** Of a cell: those of its definition, and those that are created while it runs. */
export const MOST_ALARMS = 20;
const LONGEST_DELAY = '1 h';
export const LONGEST_SHELF = '8 h';
const LONGEST_TEXT = 200;

/** What may be changed while the cell runs. Lengths of time in microseconds of plant time. */
export interface AlarmSettings {
  /** In the unit of the signal; the allowed distance of a deviation, the normal value of off-normal. */
  readonly limit: number;
  /** How far back beyond the limit the signal must come before the alarm returns to normal. */
  readonly deadband: number;
  readonly onDelayUs: number;
  readonly offDelayUs: number;
  /** Place in `PRIORITIES`. */
  readonly priority: number;
  readonly enabled: boolean;
  /** Whether it stays until it is reset, though its signal came back (ISA-18.2-2016, 3.1: latching alarm). */
  readonly latching: boolean;
  /** How long it may be set aside at most. */
  readonly maxShelfUs: number;
}

/** An alarm with what ISA-18.2-2016 (clause 6, rationalisation) wants to be known of it. */
export interface AlarmPlan extends AlarmSettings {
  readonly id: string;
  readonly signal: string;
  readonly kind: AlarmKind;
  /** Of a deviation: a number, or the path of a signal. */
  readonly setpoint: number | string | undefined;
  /** A condition in CEL under which it says nothing (suppressed by design). */
  readonly suppressedIf: string | undefined;
  readonly class: string;
  readonly consequence: Text;
}

const EXAMPLE =
  'Give for example Hot: { signal: ST03.Spindle.Temperature, kind: high, limit: 60, class: process, consequence: { en: .., sv: .. } }.';
const CHANGEABLE = ['limit', 'deadband', 'onDelay', 'offDelay', 'priority', 'enabled', 'latching', 'maxShelf'];
const KNOWN = ['signal', 'kind', 'setpoint', 'suppressedIf', 'class', 'consequence', ...CHANGEABLE];

/** `alarms: { Hot: { signal, kind, limit, ... } }`. */
export function readAlarms(alarms: unknown): AlarmPlan[] {
  const plans = Object.entries((alarms ?? {}) as Record<string, unknown>).map(readAlarm);
  if (plans.length <= MOST_ALARMS) return plans;
  throw new Refusal(`There are ${plans.length} alarms.`, `Give ${MOST_ALARMS} at most.`, 'out_of_range');
}

const CREATION =
  '{"alarm":"TooHot","signal":"ST03.Spindle.Temperature","kind":"high","limit":45,"text":"Bores come out small"}';

/** An alarm as it is created while a cell runs: `{alarm, signal, kind, limit, ...}`, in service unless it says otherwise. */
export function planOf(value: unknown): AlarmPlan {
  const { alarm, text, ...spec } = objectOf(value, CREATION);
  if (text !== undefined && (typeof text !== 'string' || text.length > LONGEST_TEXT)) {
    throw new Refusal(`${shown(text)} is no text of an alarm.`, `Give at most ${LONGEST_TEXT} letters.`, 'wrong_type');
  }
  if (typeof alarm !== 'string')
    throw new Refusal('The alarm has no name.', `Give for example ${CREATION}.`, 'wrong_type');
  const said = text === undefined || text === '' ? alarm : text;
  return readAlarm([alarm, { class: 'own', consequence: { en: said, sv: said }, enabled: true, ...spec }]);
}

function readAlarm([id, spec]: readonly [string, unknown]): AlarmPlan {
  const given = (spec ?? {}) as Readonly<Record<string, unknown>>;
  if (!/^[A-Z][A-Za-z0-9]{0,31}$/.test(id)) throw new Refusal(`${shown(id)} is no name of an alarm.`, EXAMPLE);
  refuseStrange(id, given, KNOWN);
  const { signal, kind, setpoint, suppressedIf, class: its, consequence, limit } = given;
  const { en, sv } = (consequence ?? {}) as Record<string, unknown>;
  const isComplete = [signal, its, en, sv].every((each) => typeof each === 'string' && each !== '');
  if (!isComplete || limit === undefined) throw new Refusal(`${id} is no whole alarm.`, EXAMPLE, 'wrong_type');
  const type = KINDS.find((each) => each === kind);
  if (type === undefined) {
    throw new Refusal(
      `${id} cannot be of the kind ${shown(kind)}.`,
      `Give one of ${KINDS.join(', ')}.`,
      'out_of_range',
    );
  }
  const hasSetpoint = typeof setpoint === 'number' || typeof setpoint === 'string';
  if (hasSetpoint !== (type === 'deviation')) {
    throw new Refusal(
      `${id} has a wrong setpoint.`,
      'Give "setpoint" to a deviation, and to nothing else.',
      'wrong_type',
    );
  }
  if (suppressedIf !== undefined && typeof suppressedIf !== 'string') {
    throw new Refusal(`${id} has a wrong "suppressedIf".`, 'Give a condition as in rules.', 'wrong_type');
  }
  const usual = {
    limit: 0,
    deadband: 0,
    onDelayUs: 0,
    offDelayUs: 0,
    priority: 1,
    enabled: false,
    latching: false,
    maxShelfUs: findSpanUs(LONGEST_SHELF)!,
  };
  return {
    ...{ id, kind: type, suppressedIf, signal: String(signal), class: String(its) },
    ...{ setpoint: hasSetpoint ? setpoint : undefined, consequence: { en: String(en), sv: String(sv) } },
    ...settingsOf(id, given, usual),
  };
}

/** The settings of `given`; what it leaves out is as in `usual`. */
export function settingsOf(id: string, given: Readonly<Record<string, unknown>>, usual: AlarmSettings): AlarmSettings {
  const { limit = usual.limit, deadband = usual.deadband, enabled = usual.enabled, latching = usual.latching } = given;
  const priority =
    given.priority === undefined ? usual.priority : PRIORITIES.findIndex((each) => each === given.priority);
  if (typeof limit !== 'number' || !Number.isFinite(limit)) {
    throw new Refusal(
      `${shown(limit)} is no limit of ${id}.`,
      'Give a number in the unit of its signal.',
      'wrong_type',
    );
  }
  if (typeof deadband !== 'number' || !(deadband >= 0 && deadband <= 1e9)) {
    throw new Refusal(`${shown(deadband)} is no deadband of ${id}.`, 'Give a number from 0 to 1e9.', 'out_of_range');
  }
  if (priority < 0) {
    const hint = `Give one of ${PRIORITIES.join(', ')}.`;
    throw new Refusal(`${shown(given.priority)} is no priority of ${id}.`, hint, 'out_of_range');
  }
  if (typeof enabled !== 'boolean') {
    throw new Refusal(`${shown(enabled)} does not say whether ${id} is enabled.`, 'Give true or false.', 'wrong_type');
  }
  if (typeof latching !== 'boolean') {
    throw new Refusal(`${shown(latching)} does not say whether ${id} latches.`, 'Give true or false.', 'wrong_type');
  }
  const span = (name: string, usualUs: number, longest: string): number => {
    if (given[name] === undefined) return usualUs;
    const us = findSpanUs(given[name]);
    if (us !== undefined && us <= findSpanUs(longest)!) return us;
    throw new Refusal(
      `${shown(given[name])} is no "${name}" of ${id}.`,
      `${SPAN_HINT} At most ${longest}.`,
      'out_of_range',
    );
  };
  const onDelayUs = span('onDelay', usual.onDelayUs, LONGEST_DELAY);
  const offDelayUs = span('offDelay', usual.offDelayUs, LONGEST_DELAY);
  const maxShelfUs = span('maxShelf', usual.maxShelfUs, LONGEST_SHELF);
  return { latching, maxShelfUs, limit, deadband, onDelayUs, offDelayUs, priority, enabled };
}

/** What a change may name, beside the alarm itself. */
export const refuseUnchangeable = (id: string, change: Readonly<Record<string, unknown>>): void =>
  refuseStrange(id, change, CHANGEABLE);

function refuseStrange(id: string, given: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const strange = Object.keys(given).find((key) => !known.includes(key));
  if (strange === undefined) return;
  const message = `${id} has no "${strange.slice(0, 40)}" here.${didYouMean(strange, known)}`;
  throw new Refusal(message, `There are ${known.join(', ')}.`, 'unknown_target');
}
