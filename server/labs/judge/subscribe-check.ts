import type { Facts } from '#contract/facts.ts';
import type { SubscribeCheck } from './check.ts';
import { failed, type Finding, passed, type Seen } from './outcome.ts';
import { numberOf, type Values, valuesOf } from './reference.ts';
import { type Phase, watchPhases } from './subscriptions.ts';

/** Shorter stretches are a client on its way to what it wants to watch: items are made and deleted one by one. */
const SETTLED_MS = 2000;

/** True once one session watched exactly these signals, under all conditions at once. */
export function judgeSubscribe(check: SubscribeCheck, facts: Facts, values: Values): Finding {
  const wanted = new Set(check.signals.flatMap((signal) => valuesOf(signal, values)).map(String));
  const phases = watchPhases(facts.evidence, facts.nowMs);
  const asked = wanted.size;
  if (!phases.length) return failed('none', { asked });

  const settled = phases.filter((phase) => lengthMs(phase) >= SETTLED_MS);
  let fitting = settled.filter((phase) => isExactly(phase, wanted));
  if (!fitting.length) {
    const count = new Set((settled.at(-1) ?? phases.at(-1))!.items.map(({ signal }) => signal)).size;
    return failed(count > asked ? 'tooMany' : count < asked ? 'tooFew' : 'others', { count, asked });
  }

  const seen: Record<string, Seen> = { asked, count: asked };
  const last = () => fitting.at(-1)!;
  if (check.mode) {
    Object.assign(seen, { mode: last().items[0].mode, policy: last().items[0].policy });
    fitting = fitting.filter(({ items }) => items.every(({ mode }) => isAtLeast(mode, check.mode!)));
    if (!fitting.length) return failed('mode', seen);
  }
  if (check.samplingMs) {
    const wantedMs = numberOf(check.samplingMs, values);
    seen.sampling = { number: worstInterval(last(), wantedMs), unit: 'ms' };
    fitting = fitting.filter((phase) => worstInterval(phase, wantedMs) === wantedMs);
    if (!fitting.length) return failed('sampling', seen);
  }
  const longestS = Math.max(...fitting.map(lengthMs)) / 1000;
  if (check.forS !== undefined && longestS < check.forS)
    return failed('short', { ...seen, seconds: Math.floor(longestS), askedSeconds: check.forS });
  return passed({ ...seen, seconds: Math.floor(longestS) });
}

const lengthMs = ({ fromMs, toMs }: Phase): number => toMs - fromMs;

function isExactly({ items }: Phase, wanted: ReadonlySet<string>): boolean {
  const watched = new Set(items.map(({ signal }) => signal));
  return watched.size === wanted.size && [...wanted].every((signal) => watched.has(signal));
}

const MODES = ['None', 'Sign', 'SignAndEncrypt'];
const isAtLeast = (mode: string, least: string): boolean => MODES.indexOf(mode) >= MODES.indexOf(least);

/** The interval that is farthest from the wanted one. A negative sampling interval means the publishing interval. */
function worstInterval({ items }: Phase, wantedMs: number): number {
  const intervals = items.map(({ samplingMs, publishingMs }) => (samplingMs < 0 ? publishingMs : samplingMs));
  return intervals.reduce((worst, ms) => (Math.abs(ms - wantedMs) > Math.abs(worst - wantedMs) ? ms : worst));
}
