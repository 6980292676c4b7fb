import { isAnswered, type Lab } from '../lab.ts';
import { type HandedIn, withOtherAnswers } from './copy-rates.ts';

/** Answers of a step that are tried at most, where several fields are judged together. */
const MOST_TRIED = 300;

/**
 * How often some value that the screen shows passes a check as it stands, without anything being read or worked out.
 * Checks of so many fields that nobody would try all values in all of them are left out.
 */
export function shownRates(lab: Lab, all: readonly HandedIn[]): ReadonlyMap<string, number> {
  const passes = new Map<string, number>();
  for (const step of lab.steps) {
    const judge = withOtherAnswers(lab, step);
    for (const check of step.checks.filter(isAnswered)) {
      if (check.source !== 'answers') continue;
      const asks = check.wanted.map(({ ask }) => ask);
      const isPassed = (who: HandedIn) => {
        const passesOf = judge(who);
        return tried(asks, Object.values(who.shown)).some((answers) => passesOf(answers).includes(check.id));
      };
      passes.set(`${step.id}.${check.id}`, all.filter(isPassed).length);
    }
  }
  return new Map([...passes].map(([check, count]) => [check, count / Math.max(1, all.length)]));
}

/** Every value in every field. */
function tried(asks: readonly string[], values: readonly string[]): Record<string, string>[] {
  if (values.length ** asks.length > MOST_TRIED) return [];
  return asks.reduce<Record<string, string>[]>(
    (before, ask) => before.flatMap((answers) => values.map((value) => ({ ...answers, [ask]: value }))),
    [{}],
  );
}
