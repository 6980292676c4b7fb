import { expect, test } from 'vitest';
import { DataType, encodePayload } from '#contract/sparkplug-payload.ts';
import { changedMembers } from '#web/workspace/mqtt/changed-members.ts';
import type { Received } from '#web/workspace/mqtt/mqtt-desk.ts';
import { SparkplugReader } from '#web/workspace/mqtt/sparkplug-text.ts';
import { treeOf } from '#web/workspace/mqtt/topic-tree.ts';

const received = (...topics: string[]): Received[] =>
  topics.map((topic) => ({
    topic,
    payload: '1',
    hex: undefined,
    before: undefined,
    atMs: 0,
    bytes: 1,
    isCut: false,
    isRetained: false,
    count: 1,
  }));
const drawn = (topics: string[], closed: string[] = []) =>
  treeOf(received(...topics), new Set(closed)).map(({ depth, name, message, below }) => {
    return `${' '.repeat(depth)}${name}${message ? '' : '/'}${below ? ` (${below})` : ''}`;
  });

test('topics are a tree whose order does not depend on which came first', () => {
  const topics = ['a/b/ST10/X', 'a/b/ST2', 'a/b/ST2/Y', 'lab/x', 'a/b/ST10/W'];
  const tree = ['a/b/ (4)', ' ST2 (1)', '  Y', ' ST10/ (2)', '  W', '  X', 'lab/x'];
  expect(drawn(topics)).toEqual(tree);
  expect(drawn([...topics].reverse())).toEqual(tree);
});

test('a level that is closed hides what is below it, not itself', () => {
  expect(drawn(['a/ST2', 'a/ST2/Y', 'a/ST3'], ['a/ST2'])).toEqual(['a/ (3)', ' ST2 (1)', ' ST3']);
});

test('the members that changed, came or went are told, and those that stayed are not', () => {
  expect(
    changedMembers('{"t":"1","values":{"A":1,"B":[2]},"x":0}', '{"t":"2","values":{"A":1,"B":[3],"C":{}}}'),
  ).toEqual([
    { path: 't', before: '"1"', now: '"2"' },
    { path: 'values.B.0', before: '2', now: '3' },
    { path: 'values.C', before: undefined, now: '{}' },
    { path: 'x', before: '0', now: undefined },
  ]);
  expect(changedMembers('{"a":1}', '{"a":1}')).toEqual([]);
});

test.each(['12', 'text', '{"a":'])('%s has no members', (payload) => {
  expect(changedMembers(payload, '{"a":1}')).toBeUndefined();
});

test('data of Sparkplug are read with the names and types of the birth before; without one the alias is shown', () => {
  const reader = new SparkplugReader();
  const metric = { alias: 5, name: 'Axis/X', timestampMs: 1000, type: DataType.Int32, value: -3 };
  const data = encodePayload({ timestampMs: 2000, seq: 1, metrics: [metric] }, false);
  const read = (kind: string, bytes: Uint8Array): unknown =>
    JSON.parse(reader.read(`spBv1.0/plant/${kind}/line1/ST03`, bytes) ?? 'null');
  expect(read('DDATA', data)).toMatchObject({ metrics: { 'alias 5': 4_294_967_293 } });
  expect(read('DBIRTH', encodePayload({ timestampMs: 1000, seq: 0, metrics: [metric] }, true))).toEqual({
    ...{ timestamp: '1970-01-01T00:00:01.000Z', seq: 0 },
    metrics: { 'Axis/X': { value: -3, type: 'Int32', alias: 5 } },
  });
  expect(read('DDATA', data)).toMatchObject({ seq: 1, metrics: { 'Axis/X': -3 } });
  expect(reader.read('spBv1.0/plant/NDATA/line2', data)).toContain('alias 5');
});

test('bytes that are no payload are said to be none, and other topics are left alone', () => {
  const reader = new SparkplugReader();
  expect(reader.read('spBv1.0/plant/NDATA/line1', Uint8Array.of(0x12, 0xff))).toMatch(
    /no Sparkplug B payload: 2 bytes/,
  );
  expect(reader.read('spBv1.0/STATE/host', Uint8Array.of(1))).toBeUndefined();
  expect(reader.read('lab/x', Uint8Array.of(1))).toBeUndefined();
});
