import type { Facts } from '#contract/facts.ts';
import { readAnswer } from '../judge/answers.ts';
import type { Ask } from '../judge/ask.ts';
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
    const given = all.map(({ answers }) => readable(step, answers[step.id] ?? {}));
    for (const [k, copier] of all.entries()) {
      const passesOf = judge(copier);
      for (const [n, answers] of given.entries())
        if (n !== k) for (const id of passesOf(answers)) passes.set(id, passes.get(id)! + 1);
    }
    for (const [id, count] of passes) rates.set(`${step.id}.${id}`, count / pairs);
  }
  return rates;
}

/** Answers that can be understood; the others are as good as none, and finding that out costs more than to judge one. */
const readable = ({ asks }: LabStep, answers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answers).filter(([id, typed]) => {
      const ask = asks.find((one) => one.id === id);
      const read = ask && readAnswer(typed, ask);
      return read !== undefined && 'value' in read;
    }),
  );

/**
 * Which checks of a step somebody would have passed with other answers, had they done everything else as they did. What
 * the wanted values come from is worked out once for each of them.
 */
export function withOtherAnswers(
  lab: Lab,
  step: LabStep,
): (who: HandedIn) => (answers: Readonly<Record<string, string>>) => string[] {
  const asks = Object.fromEntries(lab.steps.map(({ id, asks: own }) => [id, own]));
  const judged = new Set(step.checks.filter(isAnswered).map(({ id }) => id));
  const others = lab.steps.flatMap(({ id, checks }) => checks.map((check) => [id, check.id] as const));
  const passed = new Set(
    others.filter(([id, check]) => id !== step.id || !judged.has(check)).map(([id, check]) => `${id}.${check}`),
  );
  // An answer may be judged by when something happened: `held.time`. Which mistake a wrong one looks like is not asked.
  const checks = step.checks
    .filter(({ id, source }) => judged.has(id) || source === 'event')
    .map((check) => (check.source === 'answers' ? { ...check, tells: [] } : check));
  const read = readOnce();
  return ({ answers, facts: { [step.id]: stored } }) => {
    const facts = remembering(factsOf(stored));
    const unitOf = (signal: string) => stored.units[signal] ?? '';
    const around = { passed, window: stored.window, unitOf, names: lab.names, asks, again: { found: new Map(), read } };
    return (other) => {
      const answered = { ...facts, answers: (id: string) => (id === step.id ? other : (answers[id] ?? {})) };
      return judgeStep({ ...step, checks }, answered, around)
        .filter(({ check, status }) => status === 'passed' && judged.has(check))
        .map(({ check }) => check);
    };
  };
}

/** As `readAnswer`: a few answers are tried on everybody, and what is no signal is held against all that are. */
function readOnce(): typeof readAnswer {
  const known = new Map<Ask, Map<string | undefined, ReturnType<typeof readAnswer>>>();
  return (typed, ask) => {
    const own = known.get(ask) ?? new Map<string | undefined, ReturnType<typeof readAnswer>>();
    known.set(ask, own);
    if (!own.has(typed)) own.set(typed, readAnswer(typed, ask));
    return own.get(typed);
  };
}

/** The same facts, which put together only once what they are asked again. */
function remembering(facts: Facts): Facts {
  const known = new Map<string, unknown>();
  return {
    ...facts,
    keep<T>(question: string, find: () => T): T {
      if (!known.has(question)) known.set(question, facts.keep(question, find));
      return known.get(question) as T;
    },
  };
}
