import { describe, expect, test } from 'vitest';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { Facts, ForkOrder } from '#contract/facts.ts';
import type { Check, EvidenceCheck, EventCheck } from '#server/labs/judge/check.ts';
import type { LabNames } from '#server/labs/judge/expression/lab-scope.ts';
import { judgeStep } from '#server/labs/judge/judge-step.ts';
import { parseTolerance } from '#server/labs/judge/tolerance.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { SECOND } from '#simulator/kernel/time.ts';

const NOW_S = 1000;
const who = { participant: 'p-anna', client: 'own', session: 's1' } as const;
const at = (s: number) => ({ wallMs: s * 1000, plantUs: s * SECOND });
const common = { id: 'c', points: 1, needs: [] } as const;
const names: LabNames = { windows: { night: { from: 100, to: 400 } }, derive: {} };

/** What is known, as far as a test says so. */
interface Known {
  readonly evidence?: readonly EvidenceEntry[];
  /** Instants in seconds, by event. */
  readonly happened?: Readonly<Record<string, readonly number[]>>;
  readonly samples?: readonly Sample[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly drawn?: Facts['drawn'];
  readonly fork?: (order: ForkOrder) => Facts;
}

const nothing = (): never => {
  throw new Error('Nobody should ask.');
};

function factsOf({
  evidence = [],
  happened = {},
  samples = [],
  settings = {},
  drawn = {},
  fork = nothing,
}: Known): Facts {
  return {
    ...{ nowMs: NOW_S * 1000, nowUs: NOW_S * SECOND, anchorMs: 0, evidence, drawn, fork },
    answers: () => ({}),
    signal: () => samples,
    events: (event, { fromUs, toUs }) =>
      (happened[event] ?? [])
        .map((s): Happening => ({ t: s * SECOND, event, value: 0 }))
        .filter(({ t }) => t >= fromUs && t <= toUs),
    config: (path) => settings[path],
    ...{ truth: nothing, totals: nothing, capture: nothing },
    keep: (_, find) => find(),
  };
}

function judge(check: Check, known: Known, seeds: readonly string[] = []) {
  const window = { fromUs: 0, toUs: NOW_S * SECOND };
  const around = { passed: new Set<string>(), window, unitOf: () => '', names, seeds: { [check.id]: seeds } };
  const [{ status, cause }] = judgeStep({ id: 'step', asks: [], checks: [check] }, factsOf(known), around);
  return cause === undefined ? status : `${status} ${cause}`;
}

describe('an event of the plant', () => {
  const check: EventCheck = {
    ...{ ...common, source: 'event', event: 'ST03.PartDone', isCommand: false, actor: 'participant' },
    count: { least: 2, most: 2 },
  };
  const done = (...instants: number[]): Known => ({ happened: { 'ST03.PartDone': instants } });

  test.each<[string, Partial<EventCheck>, Known, string]>([
    ['so often', {}, done(10, 20), 'passed'],
    ['too seldom', {}, done(10), 'failed tooFew'],
    ['too often', {}, done(10, 20, 30), 'failed tooMany'],
    ['only what is after counts, at that very instant too', { after: 20 }, done(10, 20, 30), 'passed'],
    ['only what is before counts', { before: 20 }, done(10, 20, 30), 'passed'],
    ['within so many seconds', { after: 10, within: { s: 10 } }, done(10, 20, 21), 'passed'],
    ['its time is not over', { before: NOW_S + 1 }, done(10), 'waiting notYet'],
    ['it may still come too often', { before: NOW_S + 1 }, done(10, 20), 'waiting notYet'],
    ['it is too often already', { before: NOW_S + 1 }, done(10, 20, 30), 'failed tooMany'],
  ])('%s', (_, more, known, verdict) => {
    expect(judge({ ...check, ...more }, known)).toBe(verdict);
  });

  test('within so many parts of a station', () => {
    const known = { happened: { 'ST03.PartDone': [10, 50], 'ST07.PartDone': [20, 30, 40] } };
    const within = (parts: string) => ({
      ...check,
      after: 5,
      within: { parts, station: 'ST07' },
      count: { least: 1, most: 1 },
    });
    expect(judge(within('3'), known)).toBe('passed');
    expect(judge({ ...within('3'), count: { least: 2 } }, known)).toBe('failed tooFew');
  });

  test('in an order, each for the first time after the one before', () => {
    const ordered: EventCheck = { ...check, count: { least: 1 }, order: ['Alarms.AlarmRaised'] };
    const known = (raised: number) => ({ happened: { 'ST03.PartDone': [10, 30], 'Alarms.AlarmRaised': [raised] } });
    expect(judge(ordered, known(20))).toBe('passed');
    expect(judge(ordered, known(5))).toBe('failed order');
  });
});

describe('a command as an event', () => {
  const check: EventCheck = {
    ...{ ...common, source: 'event', event: 'ST03.Hold', isCommand: true, actor: 'participant' },
    count: { least: 1 },
  };
  const command = (
    s: number,
    target = 'ST03.Hold',
    status = 'done',
    via: 'http' | 'scenario' = 'http',
  ): EvidenceEntry => ({
    ...{ kind: 'command', ...at(s), participant: 'p-anna', via, target, status },
  });

  test.each<[string, Partial<EventCheck>, readonly EvidenceEntry[], string]>([
    ['that the line accepted', {}, [command(10)], 'passed'],
    ['that was refused', {}, [command(10, 'ST03.Hold', 'wrong_state')], 'failed tooFew'],
    ['of another station', {}, [command(10, 'ST04.Hold')], 'failed tooFew'],
    ['of a scenario', {}, [command(10, 'ST03.Hold', 'done', 'scenario')], 'failed tooFew'],
    ['of a scenario, where anyone may', { actor: 'anyone' }, [command(10, 'ST03.Hold', 'done', 'scenario')], 'passed'],
    ['by a glob', { event: 'ST*.Hold' }, [command(10, 'ST04.Hold')], 'passed'],
    ['of the run before', {}, [command(10), command(20, 'Clock.Reset')], 'failed tooFew'],
    ['of the run that began anew', {}, [command(10), command(20, 'Clock.Reset'), command(5)], 'passed'],
    ['too late', { before: 9 }, [command(10)], 'failed tooFew'],
  ])('%s', (_, more, evidence, verdict) => {
    expect(judge({ ...check, ...more }, { evidence })).toBe(verdict);
  });
});

describe('what was read', () => {
  const check: EvidenceCheck = {
    ...{ ...common, source: 'evidence', kind: 'read', of: ['ST03.*'], client: 'any', count: { least: 1 } },
  };
  const read = (signal: string, client: 'own' | 'pane' = 'own', session = 's1'): EvidenceEntry => ({
    ...{ kind: 'opcua.read', ...at(10), ...who, client, session, signal, count: 1 },
  });
  const history = (fromS: number, toS: number, signals = ['ST03.Load']): EvidenceEntry => ({
    ...{ kind: 'history.read', ...at(500), participant: 'p-anna', client: 'own', via: 'http', signals },
    ...{ fromUs: fromS * SECOND, toUs: toS * SECOND },
  });
  const session = (mode: string, policy: string, id = 's1'): EvidenceEntry => ({
    ...{ kind: 'opcua.session', ...at(1), ...who, session: id, mode, policy },
  });
  const covers = { covers: 'night' };

  test.each<[string, Partial<EvidenceCheck>, readonly EvidenceEntry[], string]>([
    ['by OPC UA', {}, [read('ST03.Load')], 'passed'],
    ['by history', {}, [history(0, 10)], 'passed'],
    ['of another station', {}, [read('ST07.Force')], 'failed none'],
    ['by the page, where an own client is asked for', { client: 'own' }, [read('ST03.Load', 'pane')], 'failed client'],
    ['by an own client', { client: 'own' }, [read('ST03.Load', 'pane'), read('ST03.Load')], 'passed'],
    ['too often', { count: { most: 1 } }, [read('ST03.Load'), read('ST03.Load')], 'failed tooMany'],
    ['never, where that is what is asked', { count: { most: 0 } }, [], 'passed'],
    ['too few signals', { signals: { least: 2 } }, [read('ST03.Load'), read('ST03.Load')], 'failed tooFew'],
    [
      'signals enough',
      { signals: { least: 2 } },
      [read('ST03.Load'), read('ST03.Speed'), read('ST07.Force')],
      'passed',
    ],
    [
      'unencrypted',
      { mode: 'SignAndEncrypt' },
      [session('Sign', 'Basic256Sha256'), read('ST03.Load')],
      'failed policy',
    ],
    ['signed at least', { mode: 'Sign' }, [session('SignAndEncrypt', 'Basic256Sha256'), read('ST03.Load')], 'passed'],
    ['by another policy', { policy: 'Basic256Sha256' }, [session('None', 'None'), read('ST03.Load')], 'failed policy'],
    [
      'in another session than the safe one',
      { mode: 'Sign' },
      [session('Sign', 'X', 's2'), read('ST03.Load')],
      'failed policy',
    ],
    ['over the whole window', covers, [history(90, 410)], 'passed'],
    ['over the window, piece by piece', covers, [history(300, 400), history(100, 300)], 'passed'],
    ['with a gap', covers, [history(100, 250), history(260, 390)], 'failed window'],
    ['of two signals, half each', covers, [history(100, 250), history(250, 400, ['ST03.Speed'])], 'failed window'],
    ['of a counter, at both ends', covers, [history(90, 110), history(390, 410)], 'passed'],
  ])('%s', (_, more, evidence, verdict) => {
    expect(judge({ ...check, ...more }, { evidence })).toBe(verdict);
  });
});

describe('a setting', () => {
  const feed = (value: unknown) => ({ settings: { 'ST03.Program.Feed': value } });
  const check: Check = {
    ...{ ...common, source: 'config', path: '$st.Program.Feed', is: { value: 400 }, unit: 'mm/min' },
    within: parseTolerance('1 %')!,
  };

  test('has a value within its tolerance, and is named by what was drawn', () => {
    expect(judge(check, { ...feed(404), drawn: { st: 'ST03' } })).toBe('passed');
    expect(judge(check, { ...feed(405), drawn: { st: 'ST03' } })).toBe('failed other');
    expect(judge(check, { ...feed(404), drawn: { st: 'ST04' } })).toBe('failed other');
  });

  test('is the very word', () => {
    const word: Check = { ...common, source: 'config', path: 'ST03.When', is: { value: 'waiting' }, unit: '1' };
    expect(judge(word, { settings: { 'ST03.When': 'waiting' } })).toBe('passed');
    expect(judge(word, { settings: { 'ST03.When': 'never' } })).toBe('failed other');
  });
});

describe('a condition', () => {
  const check: Check = { ...common, source: 'condition', condition: 'ST03.Load > 80' };
  const samples = [20, 90, 30].map((value, k) => ({ tUs: k * 200 * SECOND, value }));

  test.each<[string, Partial<Check>, Known, string]>([
    ['comes true', {}, { samples }, 'passed'],
    ['never does', { condition: 'ST03.Load > 95' }, { samples }, 'failed never'],
    ['by its deadline', { deadline: 200 }, { samples }, 'passed'],
    ['after its deadline', { deadline: 199 }, { samples }, 'failed late'],
    ['not yet', { condition: 'ST03.Load > 95', deadline: NOW_S + 1 }, { samples }, 'waiting notYet'],
    [
      'long enough before',
      { leads: { event: 'X.Broke', byS: 100 } },
      { samples, happened: { 'X.Broke': [300] } },
      'passed',
    ],
    [
      'too shortly before',
      { leads: { event: 'X.Broke', byS: 101 } },
      { samples, happened: { 'X.Broke': [300] } },
      'failed late',
    ],
    ['before what never came', { leads: { event: 'X.Broke', byS: 101 } }, { samples }, 'passed'],
  ])('%s', (_, more, known, verdict) => {
    expect(judge({ ...check, ...more } as Check, known)).toBe(verdict);
  });
});

describe('a rule on hidden lines', () => {
  const check: Check = {
    ...{ ...common, source: 'rule', rule: 'hot' },
    hidden: {
      ...{ seeds: 3, set: {}, scenario: [], run: { us: 600 * SECOND }, each: 'right == 1' },
      ...{ atLeast: 2, freeTries: 3 },
    },
  };
  /** Lines on which the rule is right, by their seeds. */
  const lines = (right: readonly string[]): Known => ({
    drawn: { '#rule hot': 1 },
    fork: ({ seed }) => factsOf({ drawn: { '#shift': 300, right: right.includes(seed) ? 1 : 0 } }),
  });

  test('is right on so many of them', () => {
    expect(judge(check, lines(['a', 'c']), ['a', 'b', 'c'])).toBe('passed');
    expect(judge(check, lines(['c']), ['a', 'b', 'c'])).toBe('failed other');
  });

  test('is not there', () => {
    expect(judge(check, {}, ['a', 'b', 'c'])).toBe('failed noRule');
  });
});
