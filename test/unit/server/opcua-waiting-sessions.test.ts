import type { ServerSession } from 'node-opcua';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WaitingSessions } from '#server/opcua/waiting-sessions.ts';

function waitingSessions() {
  vi.useFakeTimers();
  const closed: object[] = [];
  const waiting = new WaitingSessions((session) => {
    closed.push(session);
    waiting.remove(session);
  });
  onTestFinished(() => {
    waiting.clear();
    vi.useRealTimers();
  });
  return { waiting, closed };
}
const sessionOf = (channel: object): ServerSession => ({ channel }) as unknown as ServerSession;

test('of a thousand sessions that wait, each on a channel of its own, the oldest gives way to the next', () => {
  const { waiting, closed } = waitingSessions();
  const sessions = Array.from({ length: 1002 }, () => sessionOf({}));
  for (const session of sessions.slice(0, 1000)) waiting.add(session);
  expect(closed).toEqual([]);
  for (const session of sessions.slice(1000)) waiting.add(session);
  expect(closed).toEqual(sessions.slice(0, 2));
});

test('a session that is not activated within half a minute is closed, one that was activated is not', () => {
  const { waiting, closed } = waitingSessions();
  const [left, activated] = [sessionOf({}), sessionOf({})];
  waiting.add(left);
  waiting.add(activated);
  waiting.remove(activated);
  vi.advanceTimersByTime(29_000);
  expect(closed).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(closed).toEqual([left]);
  vi.advanceTimersByTime(60_000);
  expect(closed).toEqual([left]);
});
