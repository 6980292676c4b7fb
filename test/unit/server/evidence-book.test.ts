import { expect, test } from 'vitest';
import type { EvidenceEntry, NewEvidence } from '#contract/evidence.ts';
import { EvidenceBook } from '#server/cells/evidence-book.ts';

const who = { participant: 'p-ann', client: 'own', session: 's1' } as const;
const terms = { samplingMs: 100, publishingMs: 500, queueSize: 1, policy: 'None', mode: 'None' };
const publish = (topic: string, bytes = 1): NewEvidence => ({ kind: 'mqtt.publish', ...who, topic, bytes });
const subscribe = (item: number, session = 's1'): NewEvidence => ({
  ...{ kind: 'opcua.subscribe', ...who, session, item: String(item), signal: 'ST03.Spindle.Load', ...terms },
});
const unsubscribe = (item: number): NewEvidence => ({ kind: 'opcua.unsubscribe', ...who, item: String(item) });

/** A book whose clock is moved by hand, and what it wrote. */
function open() {
  const written: EvidenceEntry[] = [];
  const book = new EvidenceBook((entry) => written.push(entry));
  const clock = { nowMs: 0 };
  return {
    ...{ book, written },
    write: (...entries: NewEvidence[]) => {
      for (const entry of entries) book.write({ ...entry, wallMs: clock.nowMs, plantUs: 0 });
    },
    pass: (seconds: number) => {
      for (let k = 0; k < 10 * seconds; k++) book.tick((clock.nowMs += 100));
    },
    /** How often each kind was done, as it was written. */
    counted: (kind: EvidenceEntry['kind']) =>
      written.reduce((sum, one) => sum + (one.kind !== kind ? 0 : 'count' in one ? (one.count ?? 1) : 1), 0),
    of: (kind: EvidenceEntry['kind']) => written.filter((one) => one.kind === kind),
  };
}

test('what is done once is written at once, and what is repeated is counted, with the time of the last', () => {
  const { write, pass, written } = open();
  write(publish('lab/x', 5));
  expect(written).toEqual([{ ...publish('lab/x', 5), wallMs: 0, plantUs: 0 }]);
  pass(0.3);
  write(publish('lab/x', 7), publish('lab/x', 9));
  expect(written).toHaveLength(1);
  pass(1);
  expect(written.slice(1)).toEqual([{ ...publish('lab/x', 9), wallMs: 300, plantUs: 0, count: 2 }]);
});

test('an hour of polling costs some sixty entries and is counted to the last', () => {
  const { write, pass, counted, of, book } = open();
  for (let second = 0; second < 3600; second++) {
    write(publish('lab/x'));
    pass(1);
  }
  book.close();
  expect(counted('mqtt.publish')).toBe(3600);
  expect(of('mqtt.publish').length).toBeLessThan(70);
});

test('who has paused for long begins anew', () => {
  const { write, pass, of } = open();
  write(publish('lab/x'));
  pass(100);
  write(publish('lab/x'));
  expect(of('mqtt.publish')).toHaveLength(2);
});

test('before a session ends its counts are written', () => {
  const { write, written } = open();
  write(publish('lab/x'), publish('lab/x'), publish('lab/x'), { kind: 'mqtt.closed', ...who });
  expect(written.map((one) => [one.kind, 'count' in one ? one.count : undefined])).toEqual([
    ['mqtt.publish', undefined],
    ['mqtt.publish', 2],
    ['mqtt.closed', undefined],
  ]);
});

test('someone who reads the evidence sees every count there is', () => {
  const { write, book, counted } = open();
  for (let k = 0; k < 50; k++) write(publish('lab/x'));
  book.settle(10);
  expect(counted('mqtt.publish')).toBe(50);
});

test('a flood of different things is bounded, told, and keeps nothing from anybody else', () => {
  const { write, pass, of, written, book } = open();
  const refusal = (n: number, participant = 'p-ann'): NewEvidence => {
    return { kind: 'refusal', participant, via: 'opcua', what: `write ST03.X${n}`, reason: 'no' };
  };
  for (let n = 0; n < 10_000; n++) write(refusal(n));
  expect(written).toHaveLength(5000);
  write(refusal(1, 'p-bo'));
  expect(written.at(-1)).toMatchObject({ participant: 'p-bo' });
  pass(600);
  expect(written.length).toBeLessThan(5001 + 2 * 600 + 1);
  book.close();
  const left = of('refusal').filter((one) => 'what' in one && one.what === 'evidence');
  const told = left.reduce((sum, one) => sum + ('count' in one ? (one.count ?? 1) : 1), 0);
  // No more than 2,000 are held.
  expect(told).toBeGreaterThan(2900);
  // Each is written, or counted as one too much.
  expect(written.length - 1 - left.length + told).toBe(10_000);
});

test('what is done once in the midst of a flood is written when its turn has come', () => {
  const { write, pass, of } = open();
  for (let n = 0; n < 5500; n++) write(publish(`lab/${n}`));
  write(publish('lab/the-one'));
  expect(of('mqtt.publish').some((one) => 'topic' in one && one.topic === 'lab/the-one')).toBe(false);
  pass(300);
  expect(of('mqtt.publish').at(-1)).toMatchObject({ topic: 'lab/the-one', wallMs: 0 });
});

test('items that come and go without end are not told without end, and one that stays is', () => {
  const { write, pass, of } = open();
  for (let n = 0; n < 20_000; n++) write(subscribe(n), unsubscribe(n));
  expect(of('opcua.subscribe')).toHaveLength(5000);
  expect(of('opcua.unsubscribe')).toHaveLength(5000);
  write(subscribe(20_000));
  expect(of('opcua.subscribe')).toHaveLength(5000);
  pass(2);
  expect(of('opcua.subscribe').at(-1)).toMatchObject({ item: '20000', wallMs: 0 });
  write(unsubscribe(20_000));
  expect(of('opcua.unsubscribe').at(-1)).toMatchObject({ item: '20000' });
});

test('sessions that come and go without end are bounded too, and their items with them', () => {
  const { write, pass, written } = open();
  for (let n = 0; n < 20_000; n++) {
    const session = { session: `s${n}`, policy: 'None', mode: 'None' };
    write({ kind: 'opcua.session', ...who, ...session }, subscribe(1, session.session));
    write({ kind: 'opcua.closed', ...who, session: session.session });
  }
  const before = written.length;
  expect(before).toBeLessThanOrEqual(7500);
  pass(10);
  expect(written).toHaveLength(before);
});

test('commands that are refused over and over are counted, and of those that were obeyed each stands by itself', () => {
  const { write, book, of, counted } = open();
  const command = (status: string): NewEvidence => {
    return { kind: 'command', participant: 'p-ann', via: 'opcua', target: 'ST03.Unhold', status };
  };
  for (let n = 0; n < 1000; n++) write(command('wrong_state'));
  for (let n = 0; n < 10; n++) write(command('done'));
  book.close();
  expect(of('command')).toHaveLength(12);
  expect(counted('command')).toBe(1010);
});
