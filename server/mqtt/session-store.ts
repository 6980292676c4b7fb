import { Readable } from 'node:stream';
import type { AedesPublishPacket, Client, Subscription } from 'aedes';
import type { MqttLimits } from './limits.ts';
import type { Qos } from './interest.ts';
import { matches } from './topic-filter.ts';

type WithId = Pick<Client, 'id'>;

interface Session {
  readonly filters: Map<string, Subscription>;
  readonly queue: AedesPublishPacket[];
  /** Of the payloads in the queue. */
  bytes: number;
  /** Wall time at which its client left; absent while connected. */
  leftMs?: number;
}

export interface SessionStoreOptions {
  readonly limits: MqttLimits;
  readonly now: () => number;
  /** Messages of the line that answer a new subscription, made when they are sent. */
  readonly live: (filters: readonly string[]) => Iterable<AedesPublishPacket>;
  /** Which filters a client was really granted. */
  readonly isGranted: (clientId: string, filter: string) => boolean;
}

/**
 * What the broker of one cell keeps: sessions that outlive their connection with at most 1,000 messages (2 MB) each, messages
 * retained by participants, wills, and QoS 2 messages on their way in. Retained messages of the line are not kept but
 * made from live state. The methods are those that aedes 1.2 calls on a persistence. Nothing above QoS 1 goes out, so
 * that PUBREC and PUBREL of outgoing messages do not occur.
 */
export class SessionStore {
  private readonly sessions = new Map<string, Session>();
  private readonly retained = new Map<string, AedesPublishPacket>();
  private readonly incoming = new Map<string, Map<number, AedesPublishPacket>>();
  private readonly wills = new Map<string, AedesPublishPacket>();
  private retainedBytes = 0;

  constructor(private readonly options: SessionStoreOptions) {}

  async setup(): Promise<void> {}

  /** Sessions of a participant, whose ids begin with `prefix`: those without a connection first, the oldest first. */
  sessionsOf(prefix: string): { id: string; leftMs: number | undefined }[] {
    return [...this.sessions]
      .flatMap(([id, { leftMs }]) => (id.startsWith(prefix) ? [{ id, leftMs }] : []))
      .sort((a, b) => (a.leftMs ?? Infinity) - (b.leftMs ?? Infinity));
  }

  begin(id: string): void {
    const session: Session = this.sessions.get(id) ?? { filters: new Map(), queue: [], bytes: 0 };
    delete session.leftMs;
    this.sessions.set(id, session);
  }

  leave(id: string): void {
    const session = this.sessions.get(id);
    if (session) session.leftMs = this.options.now();
  }

  /** With all that belongs to it: messages on their way in too. */
  forget(id: string): void {
    this.sessions.delete(id);
    this.incoming.delete(id);
  }

  forgetExpired(): void {
    const oldest = this.options.now() - this.options.limits.sessionMs;
    for (const [id, { leftMs = Infinity }] of this.sessions) if (leftMs <= oldest) this.forget(id);
  }

  /** What waits for those who are away: their filters above QoS 0, as long as there is room for more. */
  *awaited(): Iterable<readonly [filter: string, qos: Qos]> {
    for (const session of this.sessions.values()) {
      if (!this.isAwaiting(session)) continue;
      for (const { topic, qos } of session.filters.values()) if (qos > 0) yield [topic, 1];
    }
  }

  /** How many of those who are away take more. */
  get awaitingSessions(): number {
    let count = 0;
    for (const session of this.sessions.values()) if (this.isAwaiting(session)) count += 1;
    return count;
  }

  get hasSessions(): boolean {
    return this.sessions.size > 0;
  }

  get isEmpty(): boolean {
    return this.sessions.size === 0 && this.retained.size === 0;
  }

  /** Whether one more retained message of a participant fits in. */
  hasRoomFor(topic: string, bytes: number): boolean {
    const { retainedTopics, retainedBytes } = this.options.limits;
    const replaced = this.retained.get(topic);
    const count = this.retained.size + (replaced ? 0 : 1);
    return count <= retainedTopics && this.retainedBytes - (replaced?.payload.length ?? 0) + bytes <= retainedBytes;
  }

  async storeRetained(packet: AedesPublishPacket): Promise<void> {
    this.retainedBytes -= this.retained.get(packet.topic)?.payload.length ?? 0;
    this.retained.delete(packet.topic);
    if (packet.payload.length === 0) return;
    this.retained.set(packet.topic, { ...packet });
    this.retainedBytes += packet.payload.length;
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.retainedFor(filters), { highWaterMark: 1 });
  }

  async addSubscriptions({ id }: WithId, subscriptions: readonly Subscription[]): Promise<void> {
    const session = this.sessions.get(id);
    for (const subscription of subscriptions) {
      if (this.options.isGranted(id, subscription.topic)) session?.filters.set(subscription.topic, { ...subscription });
    }
  }

  async removeSubscriptions({ id }: WithId, filters: readonly string[]): Promise<void> {
    for (const filter of filters) this.sessions.get(id)?.filters.delete(filter);
  }

  async subscriptionsByClient({ id }: WithId): Promise<Subscription[]> {
    return [...(this.sessions.get(id)?.filters.values() ?? [])].map((subscription) => ({ ...subscription }));
  }

  async cleanSubscriptions({ id }: WithId): Promise<void> {
    this.forget(id);
  }

  async subscriptionsByTopic(topic: string): Promise<Subscription[]> {
    if (topic.startsWith('$')) return [];
    return [...this.sessions].flatMap(([clientId, { filters }]) => {
      const found = [...filters.values()].find((one) => one.qos > 0 && matches(one.topic, topic));
      return found ? [{ ...found, clientId }] : [];
    });
  }

  async outgoingEnqueue({ clientId }: { clientId: string }, packet: AedesPublishPacket): Promise<void> {
    const session = this.sessions.get(clientId);
    if (!session || !this.hasRoomIn(session)) return;
    session.queue.push({ ...packet });
    session.bytes += packet.payload.length;
  }

  async outgoingEnqueueCombi(
    subscriptions: readonly { clientId: string }[],
    packet: AedesPublishPacket,
  ): Promise<void> {
    for (const subscription of subscriptions) await this.outgoingEnqueue(subscription, packet);
  }

  /** Gives a queued message its packet id. What found no room in the queue is sent all the same, once. */
  async outgoingUpdate({ id }: WithId, packet: AedesPublishPacket): Promise<void> {
    const queued = this.sessions.get(id)?.queue.find((one) => one.brokerCounter === packet.brokerCounter);
    if (queued && packet.messageId !== undefined) queued.messageId = packet.messageId;
  }

  async outgoingClearMessageId(
    { id }: WithId,
    { messageId }: { messageId?: number },
  ): Promise<AedesPublishPacket | undefined> {
    const session = this.sessions.get(id);
    const at = messageId === undefined ? -1 : (session?.queue.findIndex((one) => one.messageId === messageId) ?? -1);
    return session && at >= 0 ? takeOut(session, at) : undefined;
  }

  outgoingStream({ id }: WithId): Readable {
    return Readable.from([...(this.sessions.get(id)?.queue ?? [])]);
  }

  /** Takes out what came while the queue was being sent. */
  takeUnsent(id: string): AedesPublishPacket[] {
    const session = this.sessions.get(id);
    if (!session) return [];
    const unsent = session.queue.filter(({ messageId }) => messageId === undefined);
    for (const packet of unsent) takeOut(session, session.queue.indexOf(packet));
    return unsent;
  }

  async incomingStorePacket({ id }: WithId, packet: AedesPublishPacket): Promise<void> {
    const ofClient = this.incoming.get(id) ?? new Map<number, AedesPublishPacket>();
    this.incoming.set(id, ofClient.set(packet.messageId ?? 0, { ...packet }));
  }

  isIncoming(id: string, messageId: number | undefined): boolean {
    return this.incoming.get(id)?.has(messageId ?? 0) ?? false;
  }

  async incomingGetPacket({ id }: WithId, { messageId }: { messageId?: number }): Promise<AedesPublishPacket> {
    const found = this.incoming.get(id)?.get(messageId ?? 0);
    if (!found) throw new Error('no such packet');
    return found;
  }

  async incomingDelPacket(client: WithId, packet: { messageId?: number }): Promise<void> {
    await this.incomingGetPacket(client, packet);
    this.incoming.get(client.id)?.delete(packet.messageId ?? 0);
  }

  async cleanIncoming({ id }: WithId): Promise<void> {
    this.incoming.delete(id);
  }

  async putWill({ id }: WithId, will: AedesPublishPacket): Promise<void> {
    this.wills.set(id, will);
  }

  async delWill({ id }: WithId): Promise<AedesPublishPacket | undefined> {
    const will = this.wills.get(id);
    this.wills.delete(id);
    return will;
  }

  /** Wills of a server that died: there are none, since nothing of this outlives the process. */
  streamWill(): Readable {
    return Readable.from([]);
  }

  /** Whether it waits for messages while its client is away. */
  private isAwaiting(session: Session): boolean {
    if (session.leftMs === undefined || !this.hasRoomIn(session)) return false;
    for (const { qos } of session.filters.values()) if (qos > 0) return true;
    return false;
  }

  private hasRoomIn({ queue, bytes }: Session): boolean {
    const { sessionMessages, sessionBytes } = this.options.limits;
    return queue.length < sessionMessages && bytes < sessionBytes;
  }

  private *retainedFor(filters: readonly string[]): Iterable<AedesPublishPacket> {
    yield* this.options.live(filters);
    for (const [topic, packet] of this.retained) {
      if (filters.some((filter) => matches(filter, topic))) yield packet;
    }
  }
}

function takeOut(session: Session, at: number): AedesPublishPacket {
  const [packet] = session.queue.splice(at, 1);
  session.bytes -= packet.payload.length;
  return packet;
}
