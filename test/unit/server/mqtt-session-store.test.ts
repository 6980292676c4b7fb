import type { AedesPublishPacket } from 'aedes';
import { expect, test } from 'vitest';
import { mqttLimits } from '#server/mqtt/limits.ts';
import { SessionStore } from '#server/mqtt/session-store.ts';

test.each(['forgotten', 'expired'])(
  'of a session that is %s nothing is left, nor what was on its way in',
  async (how) => {
    let nowMs = 0;
    const store = new SessionStore({
      ...{ limits: mqttLimits, now: () => nowMs, live: () => [], isGranted: () => true },
    });
    const packet: AedesPublishPacket = {
      ...{ cmd: 'publish', topic: 'lab/x', payload: Buffer.alloc(0), qos: 2, retain: false, dup: false, messageId: 7 },
      ...{ brokerId: '', brokerCounter: 0 },
    };
    store.begin('p-ann/kept');
    await store.incomingStorePacket({ id: 'p-ann/kept' }, packet);
    expect(store.isIncoming('p-ann/kept', 7)).toBe(true);
    store.leave('p-ann/kept');
    nowMs += mqttLimits.sessionMs;
    if (how === 'expired') store.forgetExpired();
    else store.forget('p-ann/kept');
    expect([store.isIncoming('p-ann/kept', 7), store.isEmpty]).toEqual([false, true]);
  },
);

test.each([
  ['messages', { sessionMessages: 5 }, 5],
  ['bytes', { sessionBytes: 700 }, 7],
])('the queue of a session is bounded in %s', async (_, bound, kept) => {
  const limits = { ...mqttLimits, ...bound };
  const store = new SessionStore({ limits, now: () => 0, live: () => [], isGranted: () => true });
  store.begin('p-ann/kept');
  for (let k = 0; k < 20; k++) {
    await store.outgoingEnqueue(
      { clientId: 'p-ann/kept' },
      {
        ...{ cmd: 'publish', topic: 'lab/x', payload: Buffer.alloc(100), qos: 1, retain: false, dup: false },
        ...{ brokerId: '', brokerCounter: k },
      },
    );
  }
  expect(store.takeUnsent('p-ann/kept')).toHaveLength(kept);
});
