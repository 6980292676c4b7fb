import type { Facts, PlantWindow } from '#contract/facts.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { SignalCheck } from './check.ts';
import { span } from './expression/lab-function.ts';
import { failed, type Finding, passed } from './outcome.ts';
import { nameOf, numberOf, type Values } from './reference.ts';
import { halfWidth, isWithin } from './tolerance.ts';

/** True once the signal held the wanted value for `forS` of plant time within the window. */
export function judgeSignal(
  check: SignalCheck,
  facts: Facts,
  values: Values,
  window: PlantWindow,
  unitOf: (signal: string) => string,
): Finding {
  const signal = nameOf(check.signal, values);
  const unit = unitOf(signal);
  const wanted = numberOf(check.is, values);
  const holds = ({ value }: Sample) => isWithin(value, wanted, check.within, unit, values);
  // All that the answer depends on: a check of another step may have the same id and another tolerance.
  const half = halfWidth(check.within, wanted, unit, values);
  const question = `held ${signal} within ${half} ${unit} of ${wanted} in ${span(window)}`;
  const { heldS, last } = facts.keep(question, () => {
    const samples = facts.signal(signal, window);
    const longest = samples.some(holds) ? longestUs(samples, holds, window.toUs) / SECOND : -1;
    return { heldS: longest, last: samples.at(-1)?.value };
  });
  const seen = { signal, ...(last !== undefined && { value: { number: last, unit } }) };
  if (heldS < 0) return failed('never', seen);
  const times = { seconds: Math.floor(heldS), askedSeconds: check.forS };
  return heldS >= check.forS ? passed({ ...seen, ...times }) : failed('short', { ...seen, ...times });
}

/** The longest stretch, in microseconds, in which the condition held. A sample holds until the next one. */
function longestUs(samples: readonly Sample[], holds: (sample: Sample) => boolean, endUs: number): number {
  let longest = 0;
  let sinceUs: number | undefined;
  for (const [k, sample] of samples.entries()) {
    if (!holds(sample)) sinceUs = undefined;
    else {
      sinceUs ??= sample.tUs;
      longest = Math.max(longest, (samples[k + 1]?.tUs ?? endUs) - sinceUs);
    }
  }
  return longest;
}
