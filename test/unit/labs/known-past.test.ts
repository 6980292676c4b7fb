import { expect, test } from 'vitest';
import { KnownPast } from '#server/labs/judge/known-past.ts';

const BEFORE = { station: 'ST03' };

test('what was asked of a window that was over stays, what was asked of the present goes with it', () => {
  const known = new KnownPast();
  known.at(100, BEFORE).set('mean ST03.Load 0-99', 1).set('mean ST03.Load 0-100', 2).set('config ST03.Feed', 3);
  expect([...known.at(101, BEFORE).keys()]).toEqual(['mean ST03.Load 0-99']);
});

test('what was derived goes when it is drawn anew, although the line stands still', () => {
  const known = new KnownPast();
  known.at(100, BEFORE).set('derive late', 1).set('mean ST03.Load 0-99', 2);
  expect(known.copy().at(100, BEFORE).has('derive late')).toBe(true);
  expect([...known.copy().at(100, { station: 'ST07' }).keys()]).toEqual(['mean ST03.Load 0-99']);
});
