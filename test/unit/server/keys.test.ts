import { expect, test } from 'vitest';
import { isSame, keyOf, newParticipantId } from '#server/classroom/keys.ts';

const secret = Buffer.alloc(32, 7);

test('a key has 100 bits in base32 and can be shown again', () => {
  const key = keyOf(secret, 'p-7k3f9q', 1);
  expect(key).toMatch(/^[a-z2-7]{20}$/);
  expect(keyOf(secret, 'p-7k3f9q', 1)).toBe(key);
});

test('each participant, version and server has another key', () => {
  const keys = [
    keyOf(secret, 'p-aaaaaa', 1),
    keyOf(secret, 'p-aaaaaa', 2),
    keyOf(secret, 'p-aaaaab', 1),
    keyOf(Buffer.alloc(32, 8), 'p-aaaaaa', 1),
  ];
  expect(new Set(keys).size).toBe(4);
});

test('every character of the alphabet comes up about equally often', () => {
  const count = new Map<string, number>();
  for (let n = 0; n < 2_000; n++) for (const c of keyOf(secret, `p-${n}`, 1)) count.set(c, (count.get(c) ?? 0) + 1);
  expect(count.size).toBe(32);
  for (const times of count.values()) expect(Math.abs(times - 1_250)).toBeLessThan(180);
});

test('texts are the same only if they are', () => {
  expect(isSame('abc', 'abc')).toBe(true);
  expect(isSame('abc', 'abd')).toBe(false);
  expect(isSame('abc', 'abcd')).toBe(false);
});

test('a participant id can be typed', () => expect(newParticipantId()).toMatch(/^p-[a-z2-7]{6}$/));
