import { SECOND } from '#simulator/kernel/time.ts';
import type { AnswerCheck } from '../judge/check.ts';
import { halfWidth } from '../judge/tolerance.ts';
import { getStep, type Lab, type LabStep } from '../lab.ts';

/**
 * How likely all free tries together are to pass a check by chance, where every choice is as good as another: tries x
 * tolerance / spread. What a check needs among the answers of its step must be guessed too. Undefined for other checks.
 */
export function guessRate(lab: Lab, name: string): number | undefined {
  const [stepId, id] = name.split('.');
  const step = getStep(lab, stepId);
  const check = step.checks.find((one) => one.id === id);
  if (check?.source !== 'answers') return undefined;
  const needed = step.checks.filter((one) => one.source === 'answers' && check.needs.includes(`${stepId}.${one.id}`));
  const chance = [check, ...(needed as AnswerCheck[])].reduce((product, one) => product * chanceOf(lab, step, one), 1);
  return Math.min(1, lab.freeTries * chance);
}

const chanceOf = (lab: Lab, step: LabStep, check: AnswerCheck): number =>
  check.wanted.reduce((product, wanted) => product * chanceOfOne(lab, step, wanted), 1);

function chanceOfOne(lab: Lab, step: LabStep, { ask: id, is, within }: AnswerCheck['wanted'][number]): number {
  const ask = step.asks.find((one) => one.id === id);
  if (ask?.choices) return 1 / ask.choices.length;
  const variable = 'drawn' in is ? lab.vars[is.drawn] : undefined;
  if (!variable || !('from' in variable) || !within) return 1;
  const isTime = 'time' in variable;
  const spread = (variable.to - variable.from) / (isTime ? SECOND : 1);
  const middle = isTime ? spread / 2 : (variable.from + variable.to) / 2;
  return Math.min(1, (2 * halfWidth(within, middle, isTime ? 's' : (ask?.unit ?? ''))) / spread);
}
