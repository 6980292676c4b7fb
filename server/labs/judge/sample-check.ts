import type { Facts, PlantWindow } from '#contract/facts.ts';
import { readAnswer } from './answers.ts';
import type { Ask } from './ask.ts';
import type { SampleCheck } from './check.ts';
import { failed, type Finding, passed } from './outcome.ts';
import { nameOf, type Values } from './reference.ts';

/**
 * True if the signal had the value of the pasted message at the time of the message. Samples are recomputed to the last
 * bit, so neither is forgiven anything.
 */
export function judgeSample(
  check: SampleCheck,
  ask: Ask,
  typed: string | undefined,
  facts: Facts,
  values: Values,
  window: PlantWindow,
): Finding {
  const answer = readAnswer(typed, ask);
  if (answer === undefined) return { status: 'waiting', cause: 'missing', seen: {} };
  if ('problem' in answer || !answer.stamp) return { status: 'waiting', cause: 'unread', seen: {} };
  const { epochMs, unit } = answer.stamp;
  const tUs = Math.round((epochMs - facts.anchorMs) * 1000);
  const seen = { value: { number: Number(answer.value), unit }, time: new Date(epochMs).toISOString().slice(11, 19) };
  if (tUs < window.fromUs || tUs > window.toUs) return failed('outside', seen);
  const signal = nameOf(check.signal, values);
  // All of it is kept: whoever judges again may look at another instant.
  const samples = facts.keep(`samples ${signal}`, () => facts.signal(signal, window));
  const value = samples.findLast((one) => one.tUs <= tUs)?.value;
  return value === answer.value ? passed(seen) : failed('otherValue', seen);
}
