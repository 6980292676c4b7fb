import { expect, test } from 'vitest';
import { isFilter, matches } from '#web/live/topic.ts';

test.each([
  ['line1/ST03', 'line1/ST03', true],
  ['line1/+/State/Current', 'line1/ST03/State/Current', true],
  ['line1/+', 'line1/ST03/State', false],
  ['line1/#', 'line1', true],
  ['line1/#', 'line1/ST03/State', true],
  ['#', '$SYS/uptime', false],
  ['+/uptime', '$SYS/uptime', false],
  ['line1/ST03/State', 'line1/ST03', false],
])('%s and %s: %s', (filter, topic, matching) => {
  expect(matches(filter, topic)).toBe(matching);
});

test('a filter has wildcards for whole levels only, and # at the end', () => {
  expect(['a/b', '+', '#', 'a/+/b', 'a/#', 'a//b'].map(isFilter)).not.toContain(false);
  expect(['', 'a#', 'a/#/b', 'a+/b', 'x/+y'].map(isFilter)).not.toContain(true);
});
