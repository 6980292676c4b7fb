import { expect, test } from 'vitest';
import type { EvidenceEntry } from '#contract/evidence.ts';
import { compileChecks } from '#server/labs/compile-checks.ts';
import { CheckFile } from '#server/labs/format/checks.ts';
import type { StoredFacts } from '#server/labs/judge/judge-order.ts';
import { judgeStep } from '#server/labs/judge/judge-step.ts';
import { factsOf } from '#server/labs/judge/stored-facts.ts';
import { evidenceFor } from '#server/labs/order-judgement.ts';

const at = { wallMs: 1000, plantUs: 1e6 };
const who = { participant: 'p-anna', client: 'own' } as const;
const session = { session: 's1' };
const LOG: readonly EvidenceEntry[] = [
  {
    kind: 'sql',
    ...at,
    ...who,
    query: 'SELECT 1',
    tables: ['signals'],
    signals: ['ST03.Load'],
    fromUs: 0,
    toUs: 1,
    rows: 1,
  },
  { kind: 'what-if', ...at, ...who, forks: 8, hours: 5, variants: 1, targets: ['ST03.Program.Feed'] },
  { kind: 'refusal', ...at, participant: 'p-anna', via: 'mqtt', what: 'ST03.Hold', reason: 'no' },
  { kind: 'mqtt.will', ...at, ...who, ...session, topic: 'plant/me/gone' },
  { kind: 'opcua.condition', ...at, ...who, ...session, method: 'Acknowledge', alarm: 'Alarms.Hot', status: 'Good' },
  { kind: 'opcua.refresh', ...at, ...who, ...session, method: 'ConditionRefresh', subscription: '7' },
  { kind: 'opcua.events.read', ...at, ...who, ...session, notifier: 'ns=2;s=ST03', fromUs: 0, toUs: 1 },
  { kind: 'sparkplug.rebirth', ...at, ...who, ...session, group: 'Nordpump', node: 'ST03' },
  { kind: 'sparkplug.state', ...at, ...who, ...session, host: 'scada', online: true },
];

function judge(evidence: string, name: object) {
  const checks = compileChecks('step', [CheckFile.parse({ id: 'c', points: 1, evidence, ...name })], { startUs: 0 });
  const team = [{ participant: 'p-anna' }];
  const seen = evidenceFor(checks, LOG, team);
  expect(seen.map(({ kind }) => kind)).toEqual([evidence]);
  const window = { fromUs: 0, toUs: 1e9 };
  const stored: StoredFacts = {
    ...{ nowMs: 2000, nowUs: window.toUs, anchorMs: 0, evidence: seen, drawn: {}, answers: {}, window, team },
    ...{ kept: {}, units: {}, seeds: {} },
  };
  const step = { id: 'step', asks: [], checks };
  return judgeStep(step, factsOf(stored), { passed: new Set(), window, unitOf: () => '' })[0].status;
}

test.each([
  ['sql', { signal: 'ST03.*' }, { signal: 'ST07.*' }],
  ['what-if', { names: 'ST03.Program.*' }, { names: 'ST07.*' }],
  ['refusal', { names: 'ST03.Hold' }, { names: 'ST07.*' }],
  ['mqtt.will', { topic: 'plant/*' }, { topic: 'other/*' }],
  ['opcua.condition', { names: 'Alarms.*' }, { names: 'Alarms.Cold' }],
  ['opcua.refresh', {}, { names: 'ST07' }],
  ['opcua.events.read', { names: '*ST03' }, { names: '*ST07' }],
  ['sparkplug.rebirth', { names: 'Nordpump/ST03' }, { names: 'Nordpump/ST07' }],
  ['sparkplug.state', { names: 'scada' }, { names: 'other' }],
])('%s is a deed that a lab can ask for, by what it names', (kind, named, other) => {
  expect(judge(kind, named)).toBe('passed');
  expect(judge(kind, other)).toBe('failed');
});
