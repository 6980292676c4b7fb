import type { Facts } from '#contract/facts.ts';
import { fitsGlob } from '#contract/glob.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluate } from './expression/evaluate.ts';
import { instantOf } from './expression/lab-scope.ts';
import type { EventCheck } from './check.ts';
import { misses } from './count-rule.ts';
import { failed, type Finding, passed, waiting } from './outcome.ts';
import { pathOf, type Values } from './reference.ts';

/** Instants in seconds at which it happened; of commands those that the line accepted from the participant. */
function instants(event: string, check: EventCheck, facts: Facts): number[] {
  if (check.isCommand) {
    return ofThisRun(facts).flatMap((entry) => {
      if (entry.kind !== 'command' || entry.status !== 'done' || !fitsGlob(entry.target, event)) return [];
      const isOurs = entry.via !== 'scenario' && entry.via !== 'system';
      return check.actor === 'anyone' || isOurs ? [entry.plantUs / SECOND] : [];
    });
  }
  return facts.keep(`instants ${event}`, () =>
    facts.events(event, { fromUs: 0, toUs: facts.nowUs }).map(({ t }) => t / SECOND),
  );
}

/** A line that begins anew begins its plant time anew: what was done at such a time of the former run was done then. */
const ofThisRun = ({ evidence }: Facts): Facts['evidence'] =>
  evidence.slice(evidence.findLastIndex((entry) => entry.kind === 'command' && entry.target === 'Clock.Reset') + 1);

/** True if it happened as often, and when, it should. What is still open when its time is not over waits. */
export function judgeEvent(check: EventCheck, facts: Facts, values: Values): Finding {
  const { scope } = values;
  const event = pathOf(check.event, values);
  const afterS = check.after === undefined ? -Infinity : instantOf(check.after, scope);
  const nowS = facts.nowUs / SECOND;
  let beforeS = check.before === undefined ? Infinity : instantOf(check.before, scope);
  if (Number.isNaN(afterS) || Number.isNaN(beforeS)) return waiting('notYet');
  if (check.within) beforeS = Math.min(beforeS, endOf(check.within, afterS, facts, values));
  const all = instants(event, check, facts);
  const found = all.filter((s) => s >= afterS && s <= beforeS);
  const [first] = found;
  const late = all.find((s) => s > beforeS);
  const at = first ?? late;
  const seen = { event, count: found.length, ...(at !== undefined && { time: { atS: at } }) };
  if (check.order && !inOrder([event, ...check.order], check, facts)) return failed('order', seen);
  const miss = misses(check.count, found.length);
  if (miss === undefined)
    return beforeS > nowS && check.count.most !== undefined && beforeS !== Infinity
      ? waiting('notYet', seen)
      : passed(seen);
  return miss === 'tooFew' && beforeS > nowS && beforeS !== Infinity ? waiting('notYet', seen) : failed(miss, seen);
}

function endOf(within: NonNullable<EventCheck['within']>, afterS: number, facts: Facts, { scope }: Values): number {
  if ('s' in within) return afterS + within.s;
  const nth = Number(evaluate(within.parts, scope));
  const { station } = within;
  return facts.keep(`part ${nth} at ${station} from ${afterS}`, () => {
    const over = { fromUs: Math.max(0, Math.round(afterS * SECOND)), toUs: facts.nowUs };
    return (facts.events(`${station}.PartDone`, over)[nth - 1]?.t ?? Number.MAX_SAFE_INTEGER) / SECOND;
  });
}

function inOrder(names: readonly string[], check: EventCheck, facts: Facts): boolean {
  let afterS = -Infinity;
  for (const name of names) {
    const next = instants(name, check, facts).find((s) => s > afterS);
    if (next === undefined) return false;
    afterS = next;
  }
  return true;
}
