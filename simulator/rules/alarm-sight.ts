import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Bounds } from '#simulator/kernel/closed-form.ts';
import { ANY } from '#simulator/plant/signal.ts';
import type { AlarmKind, AlarmPlan } from './alarm-plan.ts';
import { Compiler, type ReadableSignal, type SignalReader } from './compile.ts';
import { distance, FALSE } from './interval.ts';
import { stationsOf } from './rule.ts';

/** What an alarm looks at, once all signals are there. */
export interface Sight {
  readonly signal: ReadableSignal;
  readonly setpointAt: (t: number) => number;
  readonly isSuppressedAt: (t: number) => boolean;
  /** Its station, if nothing can change unless that is touched, by place as in `ReadableSignal`; else -1. */
  readonly station: number;
  readonly isForeseen: boolean;
  /** How far beyond the limit the signal may come until then, or until a time before. */
  readonly reach: (kind: AlarmKind, limit: number, t: number, untilUs: number) => Bounds;
  /** Whether it may be suppressed. */
  readonly suppression: (t: number, untilUs: number) => Bounds;
  /** Nothing but its signal decides. */
  readonly isPlain: boolean;
}

const never = (): boolean => false;

/** Finds the signals of an alarm; throws a Refusal if there is none of that name. */
export function sightOf({ id, signal, setpoint, suppressedIf }: AlarmPlan, reader: SignalReader): Sight {
  const find = (path: string): ReadableSignal => {
    const found = reader.find(path);
    if (found !== undefined) return found;
    const close = didYouMean(path, reader.paths);
    throw new Refusal(
      `${id} is of ${path}, which is no signal.${close}`,
      'A signal is Station.Name.',
      'unknown_target',
    );
  };
  const aim = typeof setpoint === 'string' ? find(setpoint) : undefined;
  const value = Number(setpoint ?? 0);
  const seen = find(signal);
  const point: Bounds = [value, value];
  const condition = suppressedIf === undefined ? undefined : conditionOf(suppressedIf, reader);
  const signals = [seen, ...(aim === undefined ? [] : [aim]), ...(condition?.signals ?? [])];
  const stations = stationsOf(signals);
  return {
    signal: seen,
    setpointAt: aim === undefined ? () => value : (t) => aim.sampleAt(t),
    isSuppressedAt: condition?.isSuppressedAt ?? never,
    isForeseen: signals.some(({ isForeseen }) => isForeseen),
    station: stations?.length === 1 ? stations[0] : -1,
    reach: (kind, limit, t, untilUs) =>
      reachBeyond(kind, limit, seen.boundsAt(t, untilUs), aim?.boundsAt(t, untilUs) ?? point),
    suppression: condition?.suppression ?? (() => FALSE),
    isPlain: aim === undefined && suppressedIf === undefined,
  };
}

/** A condition without windows. What is unknown suppresses nothing. */
function conditionOf(text: string, reader: SignalReader) {
  const compiler = new Compiler(reader, SECOND);
  const holds = compiler.compile(text, 'suppressedIf', 'condition');
  const { signals, windows, samples, bounds } = compiler;
  if (windows.length > 0) throw new Refusal(`"${text}" has a window.`, 'Use the newest values only.', 'not_allowed');
  const isSuppressedAt: Sight['isSuppressedAt'] = (t) => {
    for (let k = 0; k < signals.length; k++) samples[k] = signals[k].sampleAt(t);
    return holds.evaluate() === 1;
  };
  const suppression: Sight['suppression'] = (t, untilUs) => {
    for (let k = 0; k < signals.length; k++) bounds[k] = signals[k].boundsAt(t, untilUs);
    return holds.reach();
  };
  return { signals, isSuppressedAt, suppression };
}

/** How far a value, or the change of it in a minute, is beyond the limit: above 0 it is. */
export function beyond(kind: AlarmKind, limit: number, value: number, setpoint: number): number {
  switch (kind) {
    case 'high':
    case 'high-high':
      return value - limit;
    case 'low':
    case 'low-low':
      return limit - value;
    case 'deviation':
      return Math.abs(value - setpoint) - limit;
    case 'rate-of-change':
      return Math.abs(value) - limit;
    default:
      return Number.isNaN(value) ? NaN : value === limit ? -Infinity : 1;
  }
}

/** How far values within these bounds may be beyond the limit. Of a rate of change nobody knows. */
function reachBeyond(kind: AlarmKind, limit: number, value: Bounds, setpoint: Bounds): Bounds {
  const [low, high] = value;
  switch (kind) {
    case 'high':
    case 'high-high':
      return [low - limit, high - limit];
    case 'low':
    case 'low-low':
      return [limit - high, limit - low];
    case 'deviation': {
      const [nearest, farthest] = distance(value, setpoint);
      return [nearest - limit, farthest - limit];
    }
    case 'rate-of-change':
      return ANY;
    default:
      if (low === limit && high === limit) return [-Infinity, -Infinity];
      return low > limit || high < limit ? [1, 1] : ANY;
  }
}
