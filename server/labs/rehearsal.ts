import type { AttemptHost } from './attempt-host.ts';
import type { JudgeOrder } from './judge/judge-order.ts';

/** As often as a step is judged beforehand, at most: what is past by then need not be looked at again. */
const EVERY_MS = 60_000;
const MOST_KNOWN = 2_000;

/** Judges a step although nobody has asked yet; see `AttemptHost.rehearse`. */
export type Rehearse = (cell: string, step: string, order: () => Promise<JudgeOrder>) => Promise<void>;

/**
 * Whoever types an answer, or opens a step, will press Check soon. By then the judge has lived the line and looked at what
 * is past, so that the first check of an attempt takes no longer than the others. It changes nothing: what a rehearsal
 * comes to is thrown away where it was worked out, and where every worker is busy there is none.
 */
export function createRehearsals(host: Pick<AttemptHost, 'rehearse'>, now: () => number): Rehearse {
  const last = new Map<string, number>();
  return async (cell, step, order) => {
    if (!host.rehearse) return;
    const [name, nowMs] = [`${cell} ${step}`, now()];
    const before = last.get(name);
    if (before !== undefined && nowMs - before < EVERY_MS) return;
    if (last.size >= MOST_KNOWN) last.clear();
    last.set(name, nowMs);
    const whole = await order();
    // Hidden lines are the same work again when it counts.
    const checks = whole.step.checks.filter(({ source }) => source !== 'rule');
    if (checks.length > 0) await host.rehearse(cell, { ...whole, step: { ...whole.step, checks } });
  };
}
