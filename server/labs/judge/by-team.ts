import type { Facts, TeamMember } from '#contract/facts.ts';
import { type Finding, passed } from './outcome.ts';

/**
 * Judges what a team did: `anyone` looks at all of it together, `each` at every member alone, and a role at those who have
 * it. A role that nobody has taken is everyone's, so whoever works alone has all of them.
 */
export function judgeBy(by: string | undefined, facts: Facts, judge: (facts: Facts) => Finding): Finding {
  const { team = [] } = facts;
  if (by === undefined || by === 'anyone' || team.length === 0) return judge(facts);
  if (by !== 'each') {
    const having = team.filter(({ role }) => role === by);
    return judge(doneBy(facts, having.length > 0 ? having : team));
  }
  const findings = team.map((member) => judge(doneBy(facts, [member])));
  const done = findings.filter(({ status }) => status === 'passed');
  const missing = findings.find(({ status }) => status !== 'passed');
  const counted = team.length > 1 ? { members: done.length, of: team.length } : {};
  if (missing) return { ...missing, seen: { ...missing.seen, ...counted } };
  return passed({ ...done[0].seen, ...counted });
}

/** The same facts with what these did, and what nobody did. */
function doneBy(facts: Facts, members: readonly TeamMember[]): Facts {
  const names = new Set(members.map(({ participant }) => participant));
  return {
    ...facts,
    evidence: facts.evidence.filter((entry) => !('participant' in entry) || names.has(entry.participant)),
  };
}
