import type { Facts } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluate } from './expression/evaluate.ts';
import { labScope, type LabNames } from './expression/lab-scope.ts';
import { NotYet } from './expression/value.ts';
import type { RuleCheck } from './check.ts';
import { failed, type Finding, passed } from './outcome.ts';
import type { Values } from './reference.ts';
import { fillDeep } from './fill.ts';

/**
 * True if the participant's rule does what it should on enough lines that nobody has seen: `before`, `after` and `all` are
 * windows around `shift`, when the first fault of the hidden scenario began. One verdict for each seed; with
 * `stopsWhenDecided` those that could change nothing any more are left out, and not counted.
 */
export function judgeRule(
  { rule, hidden }: RuleCheck,
  facts: Facts,
  values: Values,
  names: LabNames,
  { seeds, stopsWhenDecided = false }: { readonly seeds: readonly string[]; readonly stopsWhenDecided?: boolean },
): Finding {
  const number = facts.keep(`rule number ${rule}`, () => Number(facts.drawn[`#rule ${rule}`] ?? 0));
  if (number === 0) return failed('noRule', { rule });
  const { set, scenario, run, each } = hidden;
  const order = {
    set: fillDeep(set, values) as Record<string, unknown>,
    scenario: scenario.map((entry) => fillDeep(entry, values) as Record<string, unknown>),
    run: 'us' in run ? run : { parts: Number(evaluate(run.parts, values.scope)), station: run.station },
  };
  const judged = (seed: string): boolean =>
    facts.keep(`hidden ${rule} ${seed} ${JSON.stringify(order)} ${each}`, () => {
      const fork = facts.fork({ seed, ...order });
      const [shift, end] = [Number(fork.drawn['#shift']), fork.nowUs / SECOND];
      const around = {
        shift,
        before: { from: 0, to: shift },
        after: { from: shift, to: end },
        all: { from: 0, to: end },
      };
      return isTrue(each, labScope(fork, names, around));
    });
  let [right, wrong] = [0, 0];
  for (const seed of seeds) {
    if (stopsWhenDecided && (right >= hidden.atLeast || wrong > seeds.length - hidden.atLeast)) break;
    if (judged(seed)) right += 1;
    else wrong += 1;
  }
  const seen = { rule, passed: right, of: seeds.length };
  return right >= hidden.atLeast ? passed(seen) : failed('other', seen);
}

function isTrue(text: string, scope: ReturnType<typeof labScope>): boolean {
  try {
    return evaluate(text, scope) === true;
  } catch (error) {
    if (error instanceof NotYet) return false;
    throw error;
  }
}
