import { expect, test } from 'vitest';
import { Watchers } from '#web/live/watchers.ts';

test('whoever watches a name is told once of all its changes, and of no other name', () => {
  const watchers = new Watchers();
  const told: string[] = [];
  const leave = watchers.watch('a', () => told.push('first of a'));
  watchers.watch('a', () => told.push('second of a'));
  watchers.watch('b', () => told.push('b'));
  expect([watchers.note('a'), watchers.note('a'), watchers.note('c')]).toEqual([true, true, false]);
  expect(told).toEqual([]);
  watchers.tell();
  expect(told).toEqual(['first of a', 'second of a']);
  leave();
  watchers.noteAll();
  watchers.tell();
  expect(told.slice(2)).toEqual(['second of a', 'b']);
});

test('leaving twice takes nobody else away who came meanwhile', () => {
  const watchers = new Watchers();
  const leave = watchers.watch('a', () => undefined);
  leave();
  let told = 0;
  watchers.watch('a', () => (told += 1));
  leave();
  expect(watchers.note('a')).toBe(true);
  watchers.tell();
  expect(told).toBe(1);
});
