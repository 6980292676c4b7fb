import type { Facts } from '#contract/facts.ts';
import type { CommandCheck } from './check.ts';
import { failed, type Finding, passed } from './outcome.ts';
import { pathOf, type Values } from './reference.ts';

/** True once the line accepted this command from the participant. Scenario, system and the clock do not count. */
export function judgeCommand(check: CommandCheck, facts: Facts, values: Values): Finding {
  const target = pathOf(check.target, values);
  const commands = facts.evidence
    .filter((entry) => entry.kind === 'command')
    .filter(({ via }) => via !== 'scenario' && via !== 'system')
    .filter((entry) => !entry.target.startsWith('Clock.'));
  if (!commands.length) return failed('none');
  const count = commands.reduce((sum, one) => sum + (one.count ?? 1), 0);
  const aimed = commands.filter((entry) => entry.target === target && (!check.via || entry.via === check.via));
  const done = aimed.find(({ status }) => status === 'done');
  if (done) return passed({ target, via: done.via, count });
  const last = aimed.at(-1) ?? commands.at(-1)!;
  const seen = { target: last.target, via: last.via, status: last.status, count };
  return aimed.length ? failed('refused', seen) : failed('other', seen);
}
