import { SECOND } from '#simulator/kernel/time.ts';
import type { AnswerCheck } from '../judge/check.ts';
import { readAnswer } from '../judge/answers.ts';
import type { Ask } from '../judge/ask.ts';
import { halfWidth, type Tolerance } from '../judge/tolerance.ts';
import { getStep, type Lab, type LabStep } from '../lab.ts';

/**
 * How likely all free tries together are to pass a check by chance, where every choice is as good as another: tries x
 * tolerance / spread. What a check needs among the answers of its step must be guessed too. Undefined for other checks.
 */
export function guessRate(lab: Lab, name: string, honest: readonly Answers[] = []): number | undefined {
  const [stepId, id] = name.split('.');
  const step = getStep(lab, stepId);
  const check = step.checks.find((one) => one.id === id);
  if (check?.source !== 'answers') return undefined;
  const needed = step.checks.filter((one) => one.source === 'answers' && check.needs.includes(`${stepId}.${one.id}`));
  const given = honest.map((answers) => answers[stepId] ?? {});
  const chance = [check, ...(needed as AnswerCheck[])].reduce(
    (product, one) => product * chanceOf(lab, step, one, given),
    1,
  );
  return Math.min(1, lab.freeTries * chance);
}

type Answers = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Given = readonly Readonly<Record<string, string>>[];

const chanceOf = (lab: Lab, step: LabStep, check: AnswerCheck, given: Given): number =>
  check.wanted.reduce((product, wanted) => product * chanceOfOne(lab, step, wanted, given), 1);

function chanceOfOne(
  lab: Lab,
  step: LabStep,
  { ask: id, is, within }: AnswerCheck['wanted'][number],
  given: Given,
): number {
  const ask = step.asks.find((one) => one.id === id);
  if (ask?.choices) return 1 / ask.choices.length;
  const variable = 'drawn' in is ? lab.vars[is.drawn] : undefined;
  if (!within) return 1;
  if (!variable || !('from' in variable)) return ask ? chanceByHonest(ask, within, given) : 1;
  const isTime = 'time' in variable;
  const spread = (variable.to - variable.from) / (isTime ? SECOND : 1);
  const middle = isTime ? spread / 2 : (variable.from + variable.to) / 2;
  return Math.min(1, (2 * halfWidth(within, middle, isTime ? 's' : (ask?.unit ?? ''))) / spread);
}

/**
 * Where the wanted value is worked out, who guesses knows what is possible at all (`min` and `max`), or at least from the
 * machine how large it can be: the largest of the honest answers.
 */
function chanceByHonest(ask: Ask, within: Tolerance, given: Given): number {
  const values = given.flatMap((answers) => {
    const read = readAnswer(answers[ask.id], ask);
    return read !== undefined && 'value' in read && typeof read.value === 'number' ? [Math.abs(read.value)] : [];
  });
  if (values.length === 0) return 1;
  const unit = ask.type === 'time' ? 's' : (ask.unit ?? '');
  const largest = Math.max(...values);
  const spread = ask.max !== undefined && ask.min !== undefined ? ask.max - ask.min : largest;
  const width = 'percent' in within && within.of !== undefined ? spread : halfWidth(within, largest, unit);
  return Math.min(1, (2 * width) / spread);
}
