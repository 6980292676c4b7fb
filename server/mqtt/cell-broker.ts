import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Aedes, type Client, type Subscription } from 'aedes';
import type { IConnectPacket, Packet } from 'mqtt-packet';
import type { CellListener, LiveCell } from '#server/cells/live-cell.ts';
import { findAccess, findPosture, postureEvent, reasonOf } from '#server/cells/posture.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { refuseConnection } from '#simulator/plant/security/access.ts';
import type { Admitted } from './admission.ts';
import { brokerHooks } from './broker-hooks.ts';
import { messagesOf } from './cell-accounts.ts';
import { type ConnectRefusal, refuseConnect, returnCodes } from './connect-rules.ts';
import { Connection } from './connection.ts';
import { News } from './evidence-log.ts';
import { guardReads } from './frame-guard.ts';
import { Inbox } from './inbox.ts';
import { Interest, type Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { LivePublisher } from './live-publisher.ts';
import { retainedOf } from './live-retained.ts';
import type { PublishRules } from './publish-rules.ts';
import { SessionStore } from './session-store.ts';
import { edgeNamesOf } from './sparkplug/edge-topics.ts';
import { hasWildcard, matches } from './topic-filter.ts';
import { type TopicTable, topicTableOf } from './topic-table.ts';

const GOODBYE_MS = 1000;
/**
 * aedes 1.2 takes a message for one that came before if a later one of the same broker has overtaken it, and a QoS 0
 * message overtakes one of QoS 1: that would be lost. As if by many brokers in turn, each is compared with itself.
 */
const PUBLISHERS = 1024;

export interface BrokerLog {
  info(what: object, message: string): void;
  warn(what: object, message: string): void;
  error(what: object, message: string): void;
}

export interface CellBrokerOptions {
  readonly cell: LiveCell;
  readonly limits: MqttLimits;
  readonly now: () => number;
  readonly log: BrokerLog;
}

/** The MQTT broker of one cell. It listens to the cell only while someone is connected or a session waits for messages. */
export class CellBroker {
  readonly run: number;
  /** By client id inside the broker. */
  readonly connections = new Map<string, Connection>();
  readonly store: SessionStore;
  private cell: LiveCell;
  private publisher: LivePublisher;
  private inbox: Inbox;
  private readonly news = new Map<string, News>();
  private readonly byStream = new WeakMap<Duplex, Connection>();
  private readonly aedes: Aedes;
  private readonly table: TopicTable;
  private readonly interest: Interest;
  private readonly rules: PublishRules;
  private stopListening: (() => void) | undefined;
  private leftMs: number;
  private isClosed = false;
  /** What must be on its way before connections are closed. */
  private goodbyes: Promise<void>[] | undefined;
  private published = 0;

  private constructor(
    private readonly options: CellBrokerOptions,
    /** There is nothing left to keep it for. */
    private readonly ended: () => void,
  ) {
    const { cell, limits, now } = options;
    this.cell = cell;
    this.run = cell.clock.run;
    this.leftMs = now();
    this.table = topicTableOf(cell.model, cell.model.definition.topicPrefix);
    this.interest = new Interest(this.table);
    this.publisher = this.makePublisher();
    this.store = new SessionStore({
      limits,
      now,
      live: (filters) =>
        retainedOf({ cell: this.cell, table: this.table, limits, vehicles: this.publisher.vehicles }, filters),
      isGranted: (id, filter) => this.connections.get(id)?.filters.has(filter) ?? false,
    });
    const { prefix, vehicles } = this.table;
    const hasRoom = (topic: string, bytes: number) => this.store.hasRoomFor(topic, bytes);
    this.rules = { prefix, edge: edgeNamesOf(prefix), vehicles, limits, hasRoom };
    this.inbox = this.makeInbox();
    const hooks = brokerHooks({
      limits,
      connectionOn: (conn) => this.connectionOn(conn),
      topicsOf: (filter) => this.table.expand(filter).length,
      publication: (connection, packet) => this.inbox.receive(connection, packet),
      refused: (connection, what, reason) => this.refused(connection, what, reason),
    });
    this.aedes = new Aedes({ ...hooks, persistence: this.store });
    this.hear();
  }

  static async open(options: CellBrokerOptions, ended: () => void): Promise<CellBroker> {
    const broker = new CellBroker(options, ended);
    await broker.aedes.listen();
    return broker;
  }

  /** The same cell may have slept meanwhile: it is then another object. */
  adopt(cell: LiveCell): void {
    if (cell === this.cell) return;
    this.rest();
    this.cell = cell;
    this.publisher = this.makePublisher();
    this.inbox = this.makeInbox();
  }

  /** Takes over a stream whose next bytes are this CONNECT, unless there is a reason not to: then that is returned. */
  admit(conn: Duplex, connect: IConnectPacket, { principal, client }: Admitted): ConnectRefusal | undefined {
    const { limits, now, log } = this.options;
    const { clientId, clean = true } = connect;
    const { participant } = principal;
    const who = { participant, client, session: randomUUID().slice(0, 13) };
    const news = this.news.get(participant) ?? new News(now);
    this.news.set(participant, news);
    const connection = new Connection(principal, who, clientId || `auto-${who.session}`, clean, news, limits, now);
    connection.isProtected = client === 'pane' || isEncrypted(conn);
    const denial = this.deniedBy(connection);
    const refusal =
      denial ??
      refuseConnect(connect, participant, {
        limits,
        rules: this.rules,
        store: this.store,
        ids: this.connections.keys(),
      });
    if (refusal) {
      this.refused(connection, 'connect', refusal.reason);
      this.endIfIdle();
      return refusal;
    }
    this.take(conn, connection);
    if (connect.will) connection.evidence.will(connect.will.topic);
    connection.hangUp = () => conn.destroy();
    guardReads(conn, limits, now, (reason) => {
      log.info({ participant, reason }, 'an MQTT connection is closed');
      this.refused(connection, 'connection', `It was closed: ${reason}.`);
    });
    onPacket(this.aedes.handle(conn), (packet) => {
      // Granted in the SUBACK as QoS 1: nothing is sent at QoS 2.
      if (packet.cmd === 'subscribe') for (const one of packet.subscriptions) one.qos = one.qos > 0 ? 1 : 0;
    });
    conn.once('close', () => this.left(connection));
    return undefined;
  }

  /** Forgets sessions whose hour is over, and ends when there is nothing to keep any more. */
  sweep(): void {
    this.store.forgetExpired();
    this.refresh();
    const { now, limits } = this.options;
    const isStale = !this.store.hasSessions && now() - this.leftMs >= limits.sessionMs;
    if (this.connections.size === 0 && (this.store.isEmpty || isStale)) this.ended();
  }

  /** Says what there is to say when the line goes, and hangs up on everybody. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.goodbyes = [];
    this.publisher.leave();
    this.rest();
    // Who takes nothing any more does not keep the others here.
    await Promise.race([Promise.all(this.goodbyes), setTimeout(GOODBYE_MS, undefined, { ref: false })]);
    for (const connection of this.connections.values()) connection.evidence.closed();
    await new Promise<void>((resolve) => this.aedes.close(resolve));
  }

  private take(conn: Duplex, connection: Connection): void {
    this.stopListening ??= this.cell.listen(this.listener());
    this.cell.advance();
    this.byStream.set(conn, connection);
    this.connections.get(connection.id)?.evidence.closed();
    this.connections.set(connection.id, connection);
    if (!connection.isClean) this.store.begin(connection.id);
  }

  private hear(): void {
    this.aedes.on('client', (client) => {
      const { evidence, clientId, filters } = this.connectionOn(client.conn);
      evidence.opened(clientId);
      for (const [topic, qos] of filters) evidence.subscribe(topic, qos);
      this.refresh();
    });
    this.aedes.on('clientReady', (client) => {
      const connection = this.connectionOn(client.conn);
      connection.isCatchingUp = false;
      for (const filter of connection.filters.keys()) connection.heard.add(filter);
      this.refresh();
      for (const { topic, payload, qos } of this.store.takeUnsent(connection.id)) {
        client.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, () => {});
      }
    });
    this.aedes.on('subscribe', (subscriptions: Subscription[], client) => {
      const { evidence, heard } = this.connectionOn(client.conn);
      for (const { topic, qos } of subscriptions) {
        if ((qos as number) === 128) continue;
        evidence.subscribe(topic, qos);
        heard.add(topic);
      }
      this.refresh();
    });
    this.aedes.on('unsubscribe', (filters, client) => {
      if (client.closed) return;
      const connection = this.connectionOn(client.conn);
      for (const filter of filters) {
        connection.heard.delete(filter);
        if (connection.filters.delete(filter)) connection.evidence.unsubscribe(filter);
      }
      this.refresh();
    });
    for (const event of ['clientError', 'connectionError'] as const) {
      this.aedes.on(event, (client, { message: reason }) => {
        const connection = this.connectionOn(client.conn);
        // Every message that was still on its way fails too.
        if (connection.hasFailed) return;
        connection.hasFailed = true;
        const { participant } = connection;
        this.options.log.info({ cell: this.cell.id, participant, reason }, 'an MQTT connection failed');
      });
    }
  }

  private left(connection: Connection): void {
    connection.evidence.closed();
    if (this.connections.get(connection.id) !== connection) return;
    this.connections.delete(connection.id);
    this.store.leave(connection.id);
    this.leftMs = this.options.now();
    if (this.isClosed) return;
    this.refresh();
    this.endIfIdle();
  }

  /** Nothing is ignored in silence: it is evidence, and whoever listens to `refusals` reads why. */
  private refused(connection: Connection, what: string, reason: string): void {
    connection.evidence.refusal(what, reason);
    const topic = `${this.table.prefix}/refusals`;
    this.publisher.sendIfWanted(topic, () => JSON.stringify({ what, reason }));
  }

  private publish(topic: string, payload: Buffer, qos: Qos, retain = false): void {
    const brokerId = String(this.published++ % PUBLISHERS);
    const packet = { cmd: 'publish', topic, payload, qos, retain, dup: false, brokerId } as const;
    if (this.goodbyes) this.goodbyes.push(new Promise((resolve) => this.aedes.publish(packet, () => resolve())));
    else this.aedes.publish(packet, () => {});
  }

  /** Everything that is wanted, by those who are here and by the sessions of those who are not. */
  private refresh(): void {
    const filters = new Map<string, Qos>(this.store.awaited());
    for (const connection of this.connections.values()) {
      for (const [filter, qos] of connection.filters) {
        if (qos > 0 || !filters.has(filter)) filters.set(filter, qos > 0 ? 1 : 0);
      }
    }
    this.publisher.signals.beginWith(this.interest.update(filters));
    this.publisher.edge.want(this.isEdgeHeard());
    this.listenOrRest();
  }

  /** Sparkplug is all or nothing: one filter that matches any topic of the edge node is enough. */
  private isEdgeHeard(): boolean {
    const { topics } = this.publisher.edge;
    const isOne = (filter: string) =>
      hasWildcard(filter) ? topics.some((topic) => matches(filter, topic)) : topics.includes(filter);
    return [...this.connections.values()].some(({ heard }) => [...heard].some(isOne));
  }

  private endIfIdle(): void {
    if (this.connections.size === 0 && this.store.isEmpty) this.ended();
  }

  private listenOrRest(): void {
    const isNeeded = !this.isClosed && (this.connections.size > 0 || this.store.isAwaited);
    if (!isNeeded) this.rest();
    else this.stopListening ??= this.cell.listen(this.listener());
  }

  private rest(): void {
    this.publisher.close();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  private listener(): CellListener {
    const { publisher } = this;
    return {
      advanced: (nowUs) => {
        publisher.advanced(nowUs);
        // A queue that is full wants no more.
        if (this.connections.size === 0) this.refresh();
      },
      happened: (happening) => {
        publisher.happened(happening);
        this.holdPosture(happening);
      },
      clockChanged: (clock) => publisher.clockChanged(clock),
      closed: (reason) => {
        this.options.log.info({ cell: this.cell.id, reason }, 'MQTT connections of a cell are closed');
        this.ended();
      },
    };
  }

  private deniedBy({ isProtected }: Connection): ConnectRefusal | undefined {
    const posture = findPosture(this.cell);
    const denial = posture && refuseConnection(posture, isProtected);
    return denial && { returnCode: returnCodes.notAuthorized, reason: reasonOf(denial) };
  }

  /** Hangs up on those that a new posture no longer lets in, and passes on what accounts of the cell publish. */
  private holdPosture({ event, value }: Happening): void {
    if (event === postureEvent(this.cell)) {
      for (const connection of this.connections.values()) {
        const denial = this.deniedBy(connection);
        if (!denial) continue;
        this.refused(connection, 'connection', denial.reason);
        connection.hangUp();
      }
    }
    const access = findAccess(this.cell, event, value);
    if (!access) return;
    const isoOf = (tUs: number) => new Date(this.cell.epochMs(tUs)).toISOString();
    for (const { topic, payload } of messagesOf(access, this.table.prefix, isoOf)) {
      this.publisher.sendIfWanted(topic, () => JSON.stringify(payload));
    }
  }

  private makePublisher(): LivePublisher {
    const { table, interest } = this;
    const { limits, now } = this.options;
    const publish = (topic: string, payload: string | Uint8Array, qos: Qos) =>
      this.publish(topic, Buffer.from(payload), qos);
    return new LivePublisher({ cell: this.cell, table, interest, limits, now, publish });
  }

  private makeInbox(): Inbox {
    const { limits, log, now } = this.options;
    const { edge, vehicles } = this.publisher;
    return new Inbox({
      ...{ cell: this.cell, prefix: this.table.prefix, limits, store: this.store, now },
      ...{ rules: this.rules, edge, vehicles },
      publish: (topic, payload, qos, retain) => this.publish(topic, payload, qos, retain),
      answer: (topic, payload) => this.publisher.sendIfWanted(topic, payload),
      refused: (connection, what, reason) => this.refused(connection, what, reason),
      failed: (error) => log.error({ err: error, cell: this.cell.id }, 'an MQTT command failed'),
    });
  }

  private connectionOn(conn: Duplex): Connection {
    const connection = this.byStream.get(conn);
    if (!connection) throw new Error('This stream did not come through the door.');
    return connection;
  }
}

const isEncrypted = (conn: Duplex): boolean => 'encrypted' in conn && conn.encrypted === true;

/** aedes 1.2 shows packets to nobody before it acts on them, but for this parser of a client. */
function onPacket(client: Client, heard: (packet: Packet) => void): void {
  (client as unknown as { _parser: EventEmitter })._parser.prependListener('packet', heard);
}
