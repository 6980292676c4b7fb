import type { ServerSession } from 'node-opcua';

/** A session that is created but not activated is dropped after this time. */
const ACTIVATE_WITHIN_MS = 30_000;
/** So many of one channel may wait, and of all channels together. */
const MOST_OF_A_CHANNEL = 5;
const MOST = 1000;

/**
 * Sessions that were created and not activated yet: whoever made them has shown no key. Of too many the oldest gives way,
 * so that nobody takes up the places of others by creating sessions.
 */
export class WaitingSessions {
  private readonly timers = new Map<ServerSession, NodeJS.Timeout>();

  constructor(private readonly close: (session: ServerSession, reason: string) => void) {}

  add(session: ServerSession): void {
    this.timers.set(session, setTimeout(this.close, ACTIVATE_WITHIN_MS, session, 'It was not activated.'));
    const all = [...this.timers.keys()];
    const ofChannel = all.filter(({ channel }) => channel === session.channel);
    const oldest = ofChannel.length > MOST_OF_A_CHANNEL ? ofChannel[0] : all.length > MOST ? all[0] : undefined;
    if (oldest) this.close(oldest, 'Too many sessions were created and not activated.');
  }

  remove(session: ServerSession): void {
    clearTimeout(this.timers.get(session));
    this.timers.delete(session);
  }

  clear(): void {
    for (const session of this.timers.keys()) this.remove(session);
  }
}
