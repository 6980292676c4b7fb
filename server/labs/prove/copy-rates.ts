import { judgeStep } from '../judge/judge-step.ts';
import type { StoredFacts } from '../judge/judge-order.ts';
import { factsOf } from '../judge/stored-facts.ts';
import { isAnswered, type Lab } from '../lab.ts';

/** What somebody handed in, and the facts by which their steps were judged. */
export interface HandedIn {
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly facts: Readonly<Record<string, StoredFacts>>;
}

/** How often the answers of one participant pass the checks of every other, who did everything else themselves. */
export function copyRates(lab: Lab, all: readonly HandedIn[]): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  const pairs = all.length * (all.length - 1);
  if (!pairs) return rates;
  const asks = Object.fromEntries(lab.steps.map((step) => [step.id, step.asks]));
  for (const step of lab.steps) {
    const judged = step.checks.filter(isAnswered);
    if (judged.length === 0) continue;
    const others = lab.steps.flatMap(({ id, checks }) => checks.map((check) => `${id}.${check.id}`));
    const passed = new Set(others.filter((name) => !judged.some(({ id }) => name === `${step.id}.${id}`)));
    const passes = new Map(judged.map(({ id }) => [id, 0]));
    // An answer may be judged by when something happened: `held.time`.
    const checks = step.checks.filter((one) => judged.includes(one) || one.source === 'event');
    for (const copier of all) {
      const { window, units } = copier.facts[step.id];
      for (const source of all.filter((one) => one !== copier)) {
        const facts = factsOf({
          ...copier.facts[step.id],
          answers: { ...copier.answers, [step.id]: source.answers[step.id] ?? {} },
        });
        for (const { check, status } of judgeStep({ ...step, checks }, facts, {
          passed,
          window,
          unitOf: (signal) => units[signal] ?? '',
          names: lab.names,
          asks,
        }))
          if (status === 'passed' && passes.has(check)) passes.set(check, passes.get(check)! + 1);
      }
    }
    for (const [check, count] of passes) rates.set(`${step.id}.${check}`, count / pairs);
  }
  return rates;
}
