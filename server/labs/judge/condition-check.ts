import type { Facts } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluate } from './expression/evaluate.ts';
import { span } from './expression/lab-function.ts';
import { instantOf } from './expression/lab-scope.ts';
import type { ConditionCheck } from './check.ts';
import { failed, type Finding, passed, waiting } from './outcome.ts';
import type { Values } from './reference.ts';

/** True once the condition came true in its window: by the deadline, or long enough before the event. */
export function judgeCondition(
  { condition, window = '{"from": start, "to": now}', deadline, leads }: ConditionCheck,
  facts: Facts,
  { scope }: Values,
): Finding {
  const atS = Number(evaluate(`firstTrue(${condition}, ${window})`, scope));
  const byS = deadline === undefined ? Infinity : instantOf(deadline, scope);
  if (Number.isNaN(atS))
    return facts.nowUs / SECOND < byS && deadline !== undefined ? waiting('notYet') : failed('never');
  const seen = { time: { atS } };
  if (atS > byS) return failed('late', seen);
  if (!leads) return passed(seen);
  const over = { fromUs: 0, toUs: facts.nowUs };
  const event = facts.keep(`first ${leads.event} ${span(over)}`, () => facts.events(leads.event, over)[0]?.t ?? -1);
  const ahead = event < 0 ? Infinity : event / SECOND - atS;
  return ahead >= leads.byS ? passed(seen) : failed('late', { ...seen, seconds: Math.round(ahead) });
}
