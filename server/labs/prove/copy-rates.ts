import { judgeStep } from '../judge/judge-step.ts';
import type { StoredFacts } from '../judge/judge-order.ts';
import { factsOf } from '../judge/stored-facts.ts';
import { isAnswered, type Lab, type LabStep } from '../lab.ts';

/** What somebody handed in, and the facts by which their steps were judged. */
export interface HandedIn {
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly facts: Readonly<Record<string, StoredFacts>>;
  /** What the screen showed for each `{{name}}`. */
  readonly shown: Readonly<Record<string, string>>;
}

/** How often the answers of one participant pass the checks of every other, who did everything else themselves. */
export function copyRates(lab: Lab, all: readonly HandedIn[]): ReadonlyMap<string, number> {
  const pairs = all.length * (all.length - 1);
  const rates = new Map<string, number>();
  if (!pairs) return rates;
  for (const step of lab.steps.filter(({ checks }) => checks.some(isAnswered))) {
    const judge = withOtherAnswers(lab, step);
    const passes = new Map(step.checks.filter(isAnswered).map(({ id }) => [id, 0]));
    for (const copier of all)
      for (const source of all)
        if (source !== copier)
          for (const id of judge(copier, source.answers[step.id] ?? {})) passes.set(id, passes.get(id)! + 1);
    for (const [id, count] of passes) rates.set(`${step.id}.${id}`, count / pairs);
  }
  return rates;
}

/** Which checks of a step somebody would have passed with other answers, had they done everything else as they did. */
export function withOtherAnswers(
  lab: Lab,
  step: LabStep,
): (who: HandedIn, answers: Readonly<Record<string, string>>) => string[] {
  const asks = Object.fromEntries(lab.steps.map(({ id, asks: own }) => [id, own]));
  const judged = new Set(step.checks.filter(isAnswered).map(({ id }) => id));
  const others = lab.steps.flatMap(({ id, checks }) => checks.map((check) => [id, check.id] as const));
  const passed = new Set(
    others.filter(([id, check]) => id !== step.id || !judged.has(check)).map(([id, check]) => `${id}.${check}`),
  );
  // An answer may be judged by when something happened: `held.time`.
  const checks = step.checks.filter(({ id, source }) => judged.has(id) || source === 'event');
  return ({ answers, facts: { [step.id]: stored } }, other) => {
    const facts = factsOf({ ...stored, answers: { ...answers, [step.id]: other } });
    const unitOf = (signal: string) => stored.units[signal] ?? '';
    const around = { passed, window: stored.window, unitOf, names: lab.names, asks };
    return judgeStep({ ...step, checks }, facts, around)
      .filter(({ check, status }) => status === 'passed' && judged.has(check))
      .map(({ check }) => check);
  };
}
