import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Aedes } from 'aedes';
import type { IConnectPacket } from 'mqtt-packet';
import type { CellListener, LiveCell } from '#server/cells/live-cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Admitted } from './admission.ts';
import { followBroker, grantQos1AtMost } from './broker-events.ts';
import { brokerHooks } from './broker-hooks.ts';
import { type ConnectRefusal, refuseConnect } from './connect-rules.ts';
import { Connection } from './connection.ts';
import { News } from './evidence-log.ts';
import { guardReads } from './frame-guard.ts';
import { Inbox } from './inbox.ts';
import { Interest, type Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { LivePublisher } from './live-publisher.ts';
import { livePayloadOf, retainedOf } from './live-retained.ts';
import { Outgoing } from './outgoing.ts';
import { accountMessages, denialOf, expelledBy } from './posture-watch.ts';
import type { PublishRules } from './publish-rules.ts';
import { SessionStore } from './session-store.ts';
import { edgeNamesOf } from './sparkplug/edge-topics.ts';
import { TokenBucket } from './token-bucket.ts';
import { type TopicTable, topicTableOf } from './topic-table.ts';
import { isAnyHeard, wantedFilters } from './wanted-filters.ts';

const GOODBYE_MS = 1000;

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
  private readonly outgoing: Outgoing;
  private readonly refusals: TokenBucket;

  private constructor(
    private readonly options: CellBrokerOptions,
    /** There is nothing left to keep it for. */
    private readonly ended: () => void,
  ) {
    const { cell, limits, now } = options;
    this.cell = cell;
    this.run = cell.clock.run;
    this.leftMs = now();
    this.refusals = new TokenBucket(limits.refusalsPerSecond, 10 * limits.refusalsPerSecond, now);
    this.table = topicTableOf(cell.model, cell.model.definition.topicPrefix);
    this.interest = new Interest(this.table);
    this.publisher = this.makePublisher();
    this.store = new SessionStore({
      limits,
      now,
      live: (filters) => retainedOf(this.table, filters),
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
      livePayload: (topic) =>
        livePayloadOf({ cell: this.cell, table: this.table, limits, vehicles: this.publisher.vehicles }, topic),
      publication: (connection, packet) => this.inbox.receive(connection, packet),
      refused: (connection, what, reason) => this.refused(connection, what, reason),
    });
    this.aedes = new Aedes({ ...hooks, persistence: this.store });
    this.outgoing = new Outgoing(this.aedes, { connections: this.connections, stalledMs: limits.stalledMs, now });
    followBroker(this.aedes, {
      connectionOn: (conn) => this.connectionOn(conn),
      takeUnsent: (id) => this.store.takeUnsent(id),
      wantedChanged: () => this.refresh(),
      failed: ({ participant }, reason) =>
        options.log.info({ cell: this.cell.id, participant, reason }, 'an MQTT connection failed'),
    });
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
    const connection = new Connection({
      ...{ principal, who, clientId: clientId || `auto-${who.session}`, isClean: clean, news, limits, now },
      ...{ stream: conn, isProtected: client === 'pane' || isEncrypted(conn) },
    });
    const refusal =
      denialOf(this.cell, connection) ??
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
    guardReads(conn, limits, now, (reason) => {
      log.info({ participant, reason }, 'an MQTT connection is closed');
      this.refused(connection, 'connection', `It was closed: ${reason}.`);
    });
    grantQos1AtMost(this.aedes.handle(conn));
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
    const told = this.outgoing.sayLast(() => this.publisher.leave());
    this.rest();
    // Who takes nothing any more does not keep the others here.
    await Promise.race([told, setTimeout(GOODBYE_MS, undefined, { ref: false })]);
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
    // Who asks for what is refused over and over does not fill the lines of the others.
    if (!this.refusals.take()) return;
    const topic = `${this.table.prefix}/refusals`;
    this.publisher.sendIfWanted(topic, () => JSON.stringify({ what, reason }));
  }

  private refresh(): void {
    const connections = [...this.connections.values()];
    const { publisher, outgoing } = this;
    outgoing.broadcast.forgetReaders();
    publisher.wantedChanged(this.interest.update(wantedFilters(this.store, connections)));
    // Sparkplug is all or nothing: one filter that matches any topic of the edge node is enough.
    const { edge } = publisher;
    outgoing.broadcast.together(() => edge.want(isAnyHeard(edge.topics, connections)));
    this.listenOrRest();
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
    const { publisher, outgoing } = this;
    return {
      advanced: (nowUs) => {
        outgoing.broadcast.together(() => publisher.advanced(nowUs));
        // A queue that is full wants no more.
        if (this.connections.size === 0) this.refresh();
      },
      happened: (happening) => {
        publisher.happened(happening);
        this.holdPosture(happening);
      },
      commanded: () => publisher.commanded(),
      clockChanged: (clock) => publisher.clockChanged(clock),
      closed: (reason) => {
        this.options.log.info({ cell: this.cell.id, reason }, 'MQTT connections of a cell are closed');
        this.ended();
      },
    };
  }

  /** Hangs up on those that a new posture no longer lets in, and passes on what accounts of the cell publish. */
  private holdPosture(happening: Happening): void {
    for (const [connection, reason] of expelledBy(this.cell, happening, this.connections.values())) {
      this.refused(connection, 'connection', reason);
      connection.stream.destroy();
    }
    for (const { topic, payload } of accountMessages(this.cell, happening, this.table.prefix)) {
      this.publisher.sendIfWanted(topic, () => JSON.stringify(payload));
    }
  }

  private makePublisher(): LivePublisher {
    const { table, interest } = this;
    const { limits, now } = this.options;
    const publish = (topic: string, payload: string | Uint8Array, qos: Qos) => this.outgoing.tell(topic, payload, qos);
    return new LivePublisher({ cell: this.cell, table, interest, limits, now, publish });
  }

  private makeInbox(): Inbox {
    const { limits, log, now } = this.options;
    const { edge, vehicles } = this.publisher;
    return new Inbox({
      ...{ cell: this.cell, prefix: this.table.prefix, limits, store: this.store, now },
      ...{ rules: this.rules, edge, vehicles },
      publish: (topic, payload, qos, retain) => this.outgoing.pass(topic, payload, qos, retain),
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
