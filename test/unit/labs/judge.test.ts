import { expect, test } from 'vitest';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { Facts } from '#contract/facts.ts';
import type { Ask } from '#server/labs/judge/ask.ts';
import type { Check } from '#server/labs/judge/check.ts';
import { judgeStep } from '#server/labs/judge/judge-step.ts';
import { parseTolerance } from '#server/labs/judge/tolerance.ts';
import type { Sample } from '#simulator/cell/sample.ts';

const START_MS = Date.UTC(2026, 10, 2, 5, 30);
const SECOND = 1_000_000;
const window = { fromUs: 3600 * SECOND, toUs: 4000 * SECOND };
const who = { participant: 'p-anna', client: 'own', session: 's1' } as const;
const both = (s: number) => ({ wallMs: s * 1000, plantUs: s * SECOND });

interface Scene {
  readonly checks: readonly Check[];
  readonly asks?: readonly Ask[];
  readonly answers?: Record<string, string>;
  readonly evidence?: readonly EvidenceEntry[];
  readonly samples?: readonly Sample[];
  readonly drawn?: Facts['drawn'];
  readonly nowS?: number;
  readonly passed?: readonly string[];
}

const nothing = (): never => {
  throw new Error('Nobody should ask.');
};

function judge({
  checks,
  asks = [],
  answers = {},
  evidence = [],
  samples = [],
  drawn = {},
  nowS = 1000,
  passed = [],
}: Scene) {
  const facts: Facts = {
    nowMs: nowS * 1000,
    nowUs: window.toUs,
    anchorMs: START_MS,
    signal: () => samples,
    evidence,
    answers: () => answers,
    drawn,
    ...{ events: nothing, config: nothing, truth: nothing, totals: nothing, capture: nothing, fork: nothing },
    keep: (_, find) => find(),
  };
  const around = { passed: new Set(passed), window, unitOf: () => '%' };
  return judgeStep({ id: 'step', asks, checks }, facts, around);
}
const one = (scene: Scene) => judge(scene)[0];

const common = { id: 'c', points: 2, needs: [] };
const exact: Check = { ...common, source: 'opcua.subscribe', signals: [{ drawn: 'wanted' }] };
const minute: Check = { ...exact, mode: 'SignAndEncrypt', samplingMs: { value: 1000 }, forS: 60 };
const drawn = { wanted: ['A', 'B'] };

interface Item {
  readonly mode?: string;
  readonly samplingMs?: number;
  readonly session?: string;
}
const on = (
  s: number,
  signal: string,
  { mode = 'SignAndEncrypt', samplingMs = 1000, session = 's1' }: Item = {},
): EvidenceEntry => ({
  kind: 'opcua.subscribe',
  ...both(s),
  ...who,
  session,
  item: signal,
  signal,
  samplingMs,
  publishingMs: 500,
  queueSize: 1,
  policy: mode === 'None' ? 'None' : 'Basic256Sha256',
  mode,
});
const off = (s: number, item: string): EvidenceEntry => ({ kind: 'opcua.unsubscribe', ...both(s), ...who, item });
const closed = (s: number): EvidenceEntry => ({ kind: 'opcua.closed', ...both(s), ...who });

test('exactly the wanted signals in one session pass, whatever came before and after', () => {
  const evidence = [on(0, 'A'), on(1, 'B'), off(30, 'A'), on(40, 'C')];
  expect(one({ checks: [exact], evidence, drawn })).toMatchObject({ status: 'passed', points: 2 });
});

test.each([
  ['nothing', [], 'none', undefined],
  ['one too few', [on(0, 'A')], 'tooFew', 1],
  ['one too many', [on(0, 'A'), on(0, 'B'), on(0, 'C')], 'tooMany', 3],
  ['another one', [on(0, 'A'), on(0, 'C')], 'others', 2],
  ['two sessions that share them', [on(0, 'A'), on(0, 'B', { session: 's2' })], 'tooFew', 1],
])('%s does not, and the count that was seen is told', (_, evidence, cause, count) => {
  const outcome = one({ checks: [exact], evidence, drawn });
  expect(outcome).toMatchObject({ status: 'failed', points: 0, cause });
  expect(outcome.seen.count).toBe(count);
});

test('passing by the wanted set on the way to everything does not count', () => {
  const evidence = ['A', 'B', 'C', 'D', 'E'].map((signal, k) => on(k * 0.1, signal));
  expect(one({ checks: [exact], evidence, drawn })).toMatchObject({
    status: 'failed',
    cause: 'tooMany',
    seen: { count: 5 },
  });
});

test('a session that ended does not count on', () => {
  const evidence = [on(0, 'A'), on(0, 'B'), closed(59)];
  expect(one({ checks: [minute], evidence, drawn })).toMatchObject({
    cause: 'short',
    seen: { seconds: 59, askedSeconds: 60 },
  });
  expect(one({ checks: [minute], evidence: [on(0, 'A'), on(0, 'B'), closed(60)], drawn }).status).toBe('passed');
});

test('a session that is still open counts until now', () => {
  const evidence = [on(0, 'A'), on(0, 'B')];
  expect(one({ checks: [minute], evidence, drawn, nowS: 59 }).cause).toBe('short');
  expect(one({ checks: [minute], evidence, drawn, nowS: 60 }).status).toBe('passed');
});

test('what was open when the server stopped ends with the last that the server saw of it', () => {
  const restart: EvidenceEntry = { kind: 'server.started', ...both(500) };
  const evidence = [on(0, 'A'), on(1, 'B'), restart];
  expect(one({ checks: [minute], evidence, drawn })).toMatchObject({ status: 'failed' });
  const read: EvidenceEntry = { kind: 'opcua.read', ...both(70), ...who, signal: 'A', count: 1 };
  expect(one({ checks: [minute], evidence: [on(0, 'A'), on(1, 'B'), read, restart], drawn })).toMatchObject({
    status: 'passed',
    seen: { seconds: 69 },
  });
});

test('security, interval and time must be right at the same time', () => {
  const open = ['A', 'B'].map((signal) => on(0, signal, { mode: 'None' }));
  const fast = ['A', 'B'].map((signal) => on(200, signal, { samplingMs: 250 }));
  const brief = ['A', 'B'].map((signal) => on(400, signal));
  expect(one({ checks: [minute], evidence: [...open, closed(100)], drawn })).toMatchObject({
    cause: 'mode',
    seen: { mode: 'None', policy: 'None' },
  });
  expect(one({ checks: [minute], evidence: [...open, closed(100), ...fast, closed(300)], drawn })).toMatchObject({
    cause: 'sampling',
    seen: { sampling: { number: 250, unit: 'ms' } },
  });
  expect(
    one({ checks: [minute], evidence: [...open, closed(100), ...fast, closed(300), ...brief], drawn, nowS: 430 }),
  ).toMatchObject({ cause: 'short', seen: { seconds: 30 } });
});

test('one item with another interval spoils it, and a negative one means the publishing interval', () => {
  const rate: Check = { ...exact, samplingMs: { value: 500 } };
  expect(one({ checks: [rate], evidence: [on(0, 'A', { samplingMs: 500 }), on(0, 'B')], drawn }).cause).toBe(
    'sampling',
  );
  const evidence = [on(0, 'A', { samplingMs: -1 }), on(0, 'B', { samplingMs: 500 })];
  expect(one({ checks: [rate], evidence, drawn }).status).toBe('passed');
});

test('an interval that was changed begins anew', () => {
  const evidence = [on(0, 'A', { samplingMs: 250 }), on(0, 'B'), off(50, 'A'), on(50, 'A')];
  expect(one({ checks: [minute], evidence, drawn, nowS: 100 })).toMatchObject({
    cause: 'short',
    seen: { seconds: 50 },
  });
});

const topic: Check = { ...common, source: 'mqtt.subscribe', signal: { value: 'ST07.Oil.Temperature' } };
const heard = (name: string): EvidenceEntry => ({ kind: 'mqtt.subscribe', ...both(1), ...who, topic: name, qos: 0 });
const prefix = 'nordpump/halmstad/pumps/line1';

test.each([
  [[`${prefix}/ST07/Oil/Temperature`], 'passed', undefined],
  [['#', `${prefix}/ST07/Oil/Temperature`], 'passed', undefined],
  [[], 'failed', 'none'],
  [['#'], 'failed', 'wildcard'],
  [[`${prefix}/ST07/Oil/+`], 'failed', 'wildcard'],
  [[`+/+/+/+/ST07/Oil/Temperature`], 'failed', 'wildcard'],
  [[`${prefix}/ST07/Oil/Pressure`], 'failed', 'others'],
  [[`${prefix}/st07/oil/temperature`], 'failed', 'others'],
  [[`${prefix}/ST07`, `${prefix}/Clock`, `${prefix}/motion/snapshot`, `${prefix}/+/State/Current`], 'failed', 'none'],
])('topics %j are judged as %s %s', (topics, status, cause) => {
  const outcome = one({ checks: [topic], evidence: topics.map(heard) });
  expect([outcome.status, outcome.cause]).toEqual([status, cause]);
});

const sample: Check = { ...common, source: 'sample', ask: 'message', signal: { value: 'X' } };
const asks: Ask[] = [{ id: 'message', type: 'message' }];
const samples = [
  { tUs: window.fromUs, value: 40 },
  { tUs: 3700.25 * SECOND, value: 41.5 },
];
const message = (v: number, s: number) =>
  JSON.stringify({ v, u: '%', t: new Date(START_MS + s * 1000).toISOString(), q: 'Good' });

test.each([
  ['the very sample', message(41.5, 3700.25), 'passed', undefined],
  ['the value that still held', message(41.5, 3701), 'passed', undefined],
  ['the topic before it', `nordpump/ST/X ${message(40, 3650)}`, 'passed', undefined],
  ['the value of another instant', message(41.5, 3650), 'failed', 'otherValue'],
  ['a rounded value', message(41, 3701), 'failed', 'otherValue'],
  ['a message from before the opening', message(40, 3599), 'failed', 'outside'],
  ['a message from the future', message(41.5, 4001), 'failed', 'outside'],
  ['half a message', '{"v":41.5', 'waiting', 'unread'],
  ['only a number', '41.5', 'waiting', 'unread'],
  ['a message without time', '{"v":41.5,"u":"%"}', 'waiting', 'unread'],
  ['nothing', '  ', 'waiting', 'missing'],
])('%s as a pasted message', (_, typed, status, cause) => {
  const outcome = one({ checks: [sample], asks, answers: { message: typed }, samples });
  expect([outcome.status, outcome.cause]).toEqual([status, cause]);
});

const answers: Check = {
  ...common,
  source: 'answers',
  wanted: [
    { ask: 'who', is: { drawn: 'stop', key: 'station' } },
    { ask: 'long', is: { drawn: 'lasted' }, within: parseTolerance('4 s')! },
  ],
  tells: [{ id: 'minutes', is: { long: { value: 5 } } }],
};
const fields: Ask[] = [
  { id: 'who', type: 'station', choices: ['ST03', 'ST07'] },
  { id: 'long', type: 'number', unit: 's' },
];
const secrets = { stop: { station: 'ST07' }, lasted: 300 };

test.each([
  [{ who: 'ST07', long: '304 s' }, 'passed', undefined, undefined],
  [{ who: 'ST07', long: '5 min' }, 'passed', undefined, undefined],
  [{ who: 'ST07', long: '305 s' }, 'failed', 'other', undefined],
  [{ who: 'ST03', long: '300' }, 'failed', 'other', undefined],
  [{ who: 'ST07', long: '5' }, 'failed', 'other', 'minutes'],
  [{ who: 'ST07' }, 'waiting', 'missing', undefined],
  [{ who: 'ST07', long: 'five' }, 'waiting', 'unread', undefined],
  [{ who: 'ST99', long: '300' }, 'waiting', 'unread', undefined],
])('answers %j are right or wrong together', (typed, status, cause, tell) => {
  const outcome = one({ checks: [answers], asks: fields, answers: typed, drawn: secrets });
  expect([outcome.status, outcome.cause, outcome.tell]).toEqual([status, cause, tell]);
  expect(JSON.stringify(outcome.seen)).not.toContain('300 ');
});

const turns: Check = {
  ...common,
  source: 'signal',
  signal: { value: 'Spindle' },
  is: { value: 3000 },
  within: parseTolerance('1 %')!,
  forS: 15,
};
const at = (s: number, value: number): Sample => ({ tUs: window.fromUs + s * SECOND, value });

test.each([
  ['never', [at(0, 2387), at(50, 0)], 'never'],
  ['too short', [at(0, 0), at(10, 2990), at(24, 0)], 'short'],
  ['in pieces', [at(0, 2990), at(10, 0), at(11, 3010), at(21, 0)], 'short'],
  ['long enough', [at(0, 0), at(10, 2990), at(15, 3020), at(25, 0)], undefined],
  ['still', [at(0, 0), at(380, 2990)], undefined],
])('a signal that holds its value %s', (_, held, cause) => {
  expect(one({ checks: [turns], samples: held }).cause).toBe(cause);
});

const command: Check = { ...common, source: 'command', target: 'ST03.Speed' };
const did = (target: string, status: string, via: 'http' | 'scenario' = 'http'): EvidenceEntry => ({
  kind: 'command',
  ...both(1),
  participant: 'p-anna',
  via,
  target,
  status,
});

test.each([
  [[], 'none'],
  [[did('ST03.Speed', 'done', 'scenario')], 'none'],
  [[did('Clock.RunUntil', 'done')], 'none'],
  [[did('ST03.Hold', 'done')], 'other'],
  [[did('ST03.Speed', 'out_of_range')], 'refused'],
  [[did('ST03.Speed', 'out_of_range'), did('ST03.Speed', 'done'), did('ST03.Hold', 'done')], undefined],
])('commands %j lead to %s', (evidence, cause) => {
  expect(one({ checks: [command], evidence }).cause).toBe(cause);
});

test('of commands that were refused over and over it is said how many there were', () => {
  const evidence = [{ ...did('ST03.Speed', 'out_of_range'), count: 40 }, did('ST03.Hold', 'done')];
  expect(one({ checks: [command], evidence }).seen).toMatchObject({ status: 'out_of_range', count: 41 });
});

test('a check waits for what it needs, in this step or an earlier one', () => {
  const needing: Check = { ...command, id: 'second', needs: ['step.c'] };
  const evidence = [did('ST03.Speed', 'done')];
  expect(judge({ checks: [command, needing], evidence }).map(({ status }) => status)).toEqual(['passed', 'passed']);
  expect(judge({ checks: [command, needing] }).map(({ cause }) => cause)).toEqual(['none', 'needs']);
  expect(one({ checks: [{ ...command, needs: ['find.a'] }], evidence, passed: ['find.a'] }).status).toBe('passed');
});
