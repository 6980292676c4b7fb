import { Refusal } from '#simulator/kernel/refusal.ts';
import type { AlarmPlan, AlarmSettings } from './alarm-plan.ts';
import type { ReadableSignal } from './compile.ts';

/** An alarm with the settings that it has, or is to have. */
export type SetAlarm = Pick<AlarmPlan, 'id' | 'kind' | 'signal'> & Pick<AlarmSettings, 'limit' | 'deadband'>;

/** From the innermost low one to the outermost high one: their limits must rise in this order. */
const ORDER = ['low-low', 'low', 'high', 'high-high'] as const;
const rankOf = ({ kind }: SetAlarm): number => ORDER.findIndex((each) => each === kind);

/**
 * Refuses settings that contradict each other, naming both sides: a limit that the signal cannot pass, a deadband from
 * which it cannot come back, and limits of one signal in the wrong order.
 */
export function refuseContradictions(
  alarm: SetAlarm,
  { range, type }: Pick<ReadableSignal, 'range' | 'type'>,
  others: readonly SetAlarm[],
): void {
  const { id, kind, signal, limit, deadband } = alarm;
  const [low, high] = type === 'Boolean' ? ([0, 1] as const) : range;
  const spans = `${signal} is from ${low} to ${high}`;
  if (kind === 'off-normal') {
    if (limit < low || limit > high)
      throw contradiction(`${id} calls ${limit} normal, and ${spans}.`, 'Give a value that it can have.');
    return;
  }
  const isOuter = kind === 'deviation' || kind === 'rate-of-change';
  if (isOuter) {
    if (limit < 0)
      throw contradiction(`${id} has the limit ${limit}, and a distance is never below 0.`, 'Give 0 or more.');
    if (deadband > limit) {
      throw contradiction(
        `${id} has a deadband of ${deadband} and a limit of ${limit}, so it would never return.`,
        `Give a deadband of at most ${limit}.`,
      );
    }
    return;
  }
  const isHigh = kind === 'high' || kind === 'high-high';
  if (isHigh ? limit >= high || limit < low : limit <= low || limit > high) {
    const hint = 'Give a limit that the signal can pass.';
    throw contradiction(
      `${id} has the ${isHigh ? 'high' : 'low'} limit ${limit}, and ${spans}: it would never be raised, or never return.`,
      hint,
    );
  }
  const backAt = isHigh ? limit - deadband : limit + deadband;
  if (backAt < low || backAt > high) {
    const most = isHigh ? limit - low : high - limit;
    const message = `${id} returns at ${backAt} (limit ${limit}, deadband ${deadband}), and ${spans}: it would never return.`;
    throw contradiction(message, `Give a deadband of at most ${most}.`);
  }
  const rank = rankOf(alarm);
  for (const other of others) {
    const its = rankOf(other);
    if (other.id === id || other.signal !== signal || its < 0 || its === rank) continue;
    if (rank > its ? limit > other.limit : limit < other.limit) continue;
    const [above, below] = rank > its ? [alarm, other] : [other, alarm];
    const message = `The ${above.kind} limit of ${above.id} (${above.limit}) is not above the ${below.kind} limit of ${below.id} (${below.limit}); both look at ${signal}.`;
    throw contradiction(
      message,
      `Give ${id} a limit ${rank > its ? 'above' : 'below'} ${other.limit}, or change ${other.id} first.`,
    );
  }
}

const contradiction = (message: string, hint: string): Refusal => new Refusal(message, hint, 'out_of_range');
