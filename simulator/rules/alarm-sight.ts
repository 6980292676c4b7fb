import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { AlarmKind, AlarmPlan } from './alarm-plan.ts';
import { Compiler, type ReadableSignal, type SignalReader } from './compile.ts';

/** What an alarm looks at, once all signals are there. */
export interface Sight {
  readonly signal: ReadableSignal;
  readonly setpointAt: (t: number) => number;
  readonly isSuppressedAt: (t: number) => boolean;
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
  return {
    signal: find(signal),
    setpointAt: aim === undefined ? () => value : (t) => aim.sampleAt(t),
    isSuppressedAt: suppressedIf === undefined ? never : conditionOf(suppressedIf, reader),
    isPlain: aim === undefined && suppressedIf === undefined,
  };
}

/** A condition without windows. What is unknown suppresses nothing. */
function conditionOf(text: string, reader: SignalReader): Sight['isSuppressedAt'] {
  const compiler = new Compiler(reader, SECOND);
  const holds = compiler.compile(text, 'suppressedIf', 'condition');
  const { signals, windows, samples } = compiler;
  if (windows.length > 0) throw new Refusal(`"${text}" has a window.`, 'Use the newest values only.', 'not_allowed');
  return (t) => {
    for (let k = 0; k < signals.length; k++) samples[k] = signals[k].sampleAt(t);
    return holds() === 1;
  };
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
