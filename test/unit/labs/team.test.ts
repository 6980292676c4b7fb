import { expect, test } from 'vitest';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { Facts, TeamMember } from '#contract/facts.ts';
import type { Check } from '#server/labs/judge/check.ts';
import { judgeStep } from '#server/labs/judge/judge-step.ts';
import { factsOf, readFacts, writeFacts } from '#server/labs/judge/stored-facts.ts';
import type { StoredFacts } from '#server/labs/judge/judge-order.ts';

const window = { fromUs: 0, toUs: 1e9 };
const read = (participant: string, count = 1): EvidenceEntry => ({
  ...{ kind: 'opcua.read', wallMs: 1000, plantUs: 1e6, participant, client: 'own', session: `s-${participant}` },
  ...{ signal: 'ST03.Spindle.Load', count },
});
const held = (participant: string): EvidenceEntry => ({
  ...{ kind: 'command', wallMs: 1000, plantUs: 1e6, participant, via: 'opcua' },
  ...{ target: 'ST03.Hold', status: 'done' },
});
const common = { id: 'c', points: 1, needs: [] } as const;
const reads = (by: string, least = 1): Check => ({
  ...{ ...common, source: 'evidence', kind: 'opcua.read', of: ['ST03.*'], count: { least }, client: 'any', by },
});

function storedOf(team: readonly TeamMember[] | undefined, evidence: readonly EvidenceEntry[]): StoredFacts {
  return {
    ...{ nowMs: 2000, nowUs: window.toUs, anchorMs: 0, evidence, drawn: {}, answers: {}, window },
    ...{ kept: {}, units: {}, seeds: {}, ...(team && { team }) },
  };
}
/** As it is stored with a judgement, and read again. */
function judge(check: Check, team: readonly TeamMember[] | undefined, evidence: readonly EvidenceEntry[]) {
  const facts: Facts = factsOf(readFacts(writeFacts(storedOf(team, evidence))));
  const step = { id: 'step', asks: [], checks: [check] };
  return judgeStep(step, facts, { passed: new Set(), window, unitOf: () => '' })[0];
}

const pair = [
  { participant: 'p-anna', role: 'operator' },
  { participant: 'p-bo', role: 'analyst' },
];

test('anyone of a team may have done it, and what they did counts together', () => {
  expect(judge(reads('anyone', 3), pair, [read('p-anna'), read('p-bo', 2)]).status).toBe('passed');
  expect(judge(reads('anyone', 3), pair, [read('p-anna'), read('p-bo')]).cause).toBe('tooFew');
});

test('each must have done it alone, and it is counted who has, not named', () => {
  const half = judge(reads('each'), pair, [read('p-anna', 9)]);
  expect(half).toMatchObject({ status: 'failed', cause: 'none', points: 0, seen: { members: 1, of: 2 } });
  expect(JSON.stringify(half)).not.toContain('p-');
  expect(judge(reads('each'), pair, [read('p-anna'), read('p-bo')])).toMatchObject({
    ...{ status: 'passed', seen: { members: 2, of: 2 } },
  });
  // Three together are not three of each.
  expect(judge(reads('each', 3), pair, [read('p-anna', 3), read('p-bo', 2)]).cause).toBe('tooFew');
});

test('a role counts what those did who have it', () => {
  expect(judge(reads('analyst'), pair, [read('p-anna')]).cause).toBe('none');
  expect(judge(reads('analyst'), pair, [read('p-bo')]).status).toBe('passed');
  const command: Check = { ...common, source: 'command', target: 'ST03.Hold', by: 'operator' };
  expect(judge(command, pair, [held('p-bo')]).cause).toBe('none');
  expect(judge(command, pair, [held('p-anna')]).status).toBe('passed');
});

test('whoever works alone is all of a team, whatever the roles', () => {
  const alone = [{ participant: 'p-anna' }];
  for (const by of ['anyone', 'each', 'operator', 'analyst']) {
    expect(judge(reads(by), alone, [read('p-anna')])).toMatchObject({ status: 'passed', seen: { count: 1 } });
    expect(judge(reads(by), alone, []).status).toBe('failed');
  }
});

test('a role that nobody has taken is everyone’s', () => {
  const two = [{ participant: 'p-anna' }, { participant: 'p-bo', role: 'analyst' }];
  expect(judge(reads('operator'), two, [read('p-bo')]).status).toBe('passed');
});

test('facts that were stored before there were teams are judged as they were', () => {
  expect(judge(reads('each'), undefined, [read('p-anna')]).status).toBe('passed');
});
